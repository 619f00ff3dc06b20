"""Seats that whole people need of their vendor's contract, and what those cost."""

from __future__ import annotations

from planner.arrays import Counts
from planner.program.headcount import desks_needed
from planner.program.instance import PoolInstance


def seats_needed(pool: PoolInstance, people: Counts, headcount: int) -> int:
    """(M30) for whole people: everybody on the books, or the most at work at once, the absent too."""
    if pool.offer is None:
        return 0
    if pool.offer.counts_people:
        return headcount
    return desks_needed(pool, people, absence=0.0)


def seats_ordered(pool: PoolInstance, people: Counts, headcount: int) -> int:
    """Seats that a plan with these people orders; 0 where pay is not by the seat."""
    return 0 if pool.offer is None else pool.offer.ordered(seats_needed(pool, people, headcount))


def seats_fee(pool: PoolInstance, people: Counts, headcount: int) -> float:
    """Money over the calendar for those seats."""
    return 0.0 if pool.offer is None else pool.offer.fee(seats_ordered(pool, people, headcount))
