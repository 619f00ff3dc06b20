"""Questions asked about several plans: seasons side by side, what they share, why one costs more.

    plans, scenarios -> plans -> figures side by side -> plans in between -> the change by cause, to the cent

docs/explanation/seasons.md holds every equation, once, with its number; the code cites the numbers.
"""

from __future__ import annotations

from planner.seasons.causes import ORDER, Cause
from planner.seasons.compare import Given, compare
from planner.seasons.differences import (
    Between,
    Difference,
    Differences,
    Move,
    Part,
    PoolPatterns,
    SidePlan,
    Way,
)
from planner.seasons.mixing import unlike

__all__ = [
    "ORDER",
    "Between",
    "Cause",
    "Difference",
    "Differences",
    "Given",
    "Move",
    "Part",
    "PoolPatterns",
    "SidePlan",
    "Way",
    "compare",
    "unlike",
]
