"""The bound of the whole year: the seasons' relaxations, joined by the people that they share."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from planner.arrays import Floats
from planner.year.groups import Groups
from planner.year.master import Answer, Question, Solving, bound_below

_NEAR = 2e-4
"""Share of the cost; rounds end once the cuts are so near to the relaxations."""
_MOST_ROUNDS = 60


def bounded(asked: Question, groups: Groups, how: Solving, tell: Callable[[float], None]) -> Answer:
    """The year's linear program, solved by parts: (Y6) in rounds.

    Every round asks each season's relaxation at the people that the year's program would like, and adds what
    it answers as a cut. The cuts are exact there and never too high elsewhere. So the bound is valid from the
    first round on; after the last it lacks at most a trifle of that of one program of all seasons.
    """
    best = bound_below(asked, how, whole=False)
    tell(best.bound)
    for _ in range(_MOST_ROUNDS):
        if time.monotonic() >= how.deadline or how.stopped():
            break
        missing = _missing(asked, groups, best)
        if missing <= _NEAR * abs(best.cost):
            break
        best = bound_below(asked, how, whole=False)
        tell(best.bound)
    return best


def _missing(asked: Question, groups: Groups, at: Answer) -> float:
    """Money by which the year's program takes its seasons for cheaper than their relaxations."""
    values: Floats = groups.learn(at.limits)
    return float(np.maximum(values - at.season, 0.0) @ asked.repeats)
