"""First plans, seconds after the bound: the relaxation's point rounded in one manner after another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.program.build import Program
from planner.program.decisions import NOWHERE
from planner.program.found import Found
from planner.program.piecewise import contract_columns
from planner.solver.dive import Course, Manner, Settling, dive
from planner.solver.linear import LinearSession, LinearSolution

MANNERS = (
    Manner(held=False, share=0.2),
    Manner(held=True, share=0.05),
    Manner(held=False, share=0.1),
    Manner(held=True, share=0.1),
)
"""The quickest first; which of the others is best differs from program to program (solving.md)."""
_SHARE = 0.15
"""Of the time left, for dives after the first plan."""
_WORTH = 1e-4
"""Share of the best plan's cost that a dive must still be able to save."""


@dataclass(frozen=True, slots=True)
class Dives:
    """What dives need.

    linear : holds the program with AI levels fixed, at its optimum `start`
    deadline : in time.monotonic terms
    steady : whether they end by what they find alone, never by the clock
    over : asked after every linear program; true ends them all
    """

    program: Program
    linear: LinearSession
    start: LinearSolution
    deadline: float
    steady: bool
    over: Callable[[], bool]


def first_plans(dives: Dives, found: Found) -> Iterator[Floats]:
    """(C,) points with whole numbers, each to be counted before the next dive begins."""
    begun = time.monotonic()
    enough = np.inf if dives.steady else begun + _SHARE * (dives.deadline - begun)

    def hopeless(cost: float) -> bool:
        if dives.over():
            return True
        best = found.best
        return best is not None and (cost > (1 - _WORTH) * best.cost or time.monotonic() > enough)

    for manner in MANNERS:
        if dives.over() or (found.best is not None and time.monotonic() > enough):
            return
        course = Course(dives.start, manner, hopeless)
        point = dive(dives.linear, dives.program.matrix, settling(dives.program), course)
        if point is not None:
            yield point


def settling(program: Program) -> Settling:
    """The order in which a dive settles whole columns; people on the books, desks, seats are the dear ones.

    Platforms themselves are held by the caller, as AI levels are. Which piece the fee of seats is on follows
    from the people, and need not be whole.
    """
    pools = program.decide.pools
    books = [place for pool in pools for place in (pool.headcount, pool.desks) if place != NOWHERE]
    books += program.decide.platforms.seats.tolist()
    places = (p for p, one in enumerate(program.on.pools) if one.offer and not one.offer.counts_people)
    books += [seats.ordered for p in places if (seats := pools[p].seats) is not None]
    return Settling(
        dear=np.array(books, dtype=np.int64),
        groups=(
            contract_columns(program),
            np.concatenate([pool.used for pool in pools]),
            np.concatenate([pool.on for pool in pools]),
            np.concatenate([pool.people for pool in pools]),
            np.concatenate([pool.cycles for pool in pools]),
        ),
    )
