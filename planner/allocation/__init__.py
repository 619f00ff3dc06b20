"""Cost allocation: a plan's whole cost over business lines, by a driver or by Shapley value.

    plan, lines -> work -> weights -> exact shares -> whole cents -> what contacts cost and are worth

docs/explanation/allocation.md holds every equation, once, with its number; the code cites the numbers.
"""

from __future__ import annotations

from planner.allocation.allocate import allocate
from planner.allocation.allocation import Allocation, Cell, Coalition, DearContacts, DearHour, LineCost, Way
from planner.allocation.coalitions import Progress, Terms
from planner.allocation.lines import BusinessLine, Lines
from planner.allocation.reading import lines_from, lines_in

__all__ = [
    "Allocation",
    "BusinessLine",
    "Cell",
    "Coalition",
    "DearContacts",
    "DearHour",
    "LineCost",
    "Lines",
    "Progress",
    "Terms",
    "Way",
    "allocate",
    "lines_from",
    "lines_in",
]
