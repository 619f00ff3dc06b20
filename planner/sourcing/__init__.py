"""Ways to source the work over daily volumes: who is cheapest where, and at which price that changes."""

from planner.sourcing.asking import Answer, Ask, Terms
from planner.sourcing.document import Lead, Never, Point, PriceChange, Sourcing
from planner.sourcing.sweep import sourcing

__all__ = [
    "Answer",
    "Ask",
    "Lead",
    "Never",
    "Point",
    "PriceChange",
    "Sourcing",
    "Terms",
    "sourcing",
]
