"""How busy the days of a queue may be beside their forecast."""

from __future__ import annotations

from planner.queueing import Busyness
from planner.scenario.customers import Uncertainty
from planner.scenario.scenario import Queue


def busyness_of(queue: Queue, shared: Uncertainty) -> Busyness:
    """A queue's own factor times the one that all queues share."""
    factors = (queue.customers.day_cv, shared.day_cv)
    return Busyness(tuple(variation for variation in factors if variation > 0))
