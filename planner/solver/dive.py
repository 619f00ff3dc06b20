"""A first plan from the relaxation's point: round up a few columns at a time and let the rest settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Counts, Floats
from planner.solver.linear import LinearSession, LinearSolution
from planner.solver.matrix import Matrix

_WHOLE = 1e-5


@dataclass(frozen=True, slots=True)
class Settling:
    """The order in which a dive settles whole columns.

    dear : columns of which one more costs more than much rounding elsewhere
    groups : places of the other whole columns, group after group; each is held once it is whole
    """

    dear: Counts
    groups: Sequence[Counts]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a dive goes about it; no one way is best on every program, and each takes seconds.

    held : whether dear columns stay at the whole number above where they start, raised by one only where
        nothing else helps; otherwise they follow the others and are rounded last
    share : of a group's fractions that are rounded up at once
    """

    held: bool
    share: float


class _GivenUp(Exception):
    """The dive was told that it is not worth going on."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where a dive starts, how it goes, and when it is over.

    start : the linear program's optimum
    hopeless : asked after every linear program, with its cost in money; true ends the dive
    """

    start: LinearSolution
    manner: Manner
    hopeless: Callable[[float], bool] = lambda cost: False


def dive(session: LinearSession, matrix: Matrix, order: Settling, course: Course) -> Floats | None:
    """Whole numbers for every column of the order, found by solving ever tighter linear programs.

    Group after group, the columns with the largest fractions get their next whole number as lower bound; the
    linear program is solved again from its basis, and what was rounded up makes other fractions fall. Where
    rounding up leads nowhere, fewer columns are tried, then one is rounded down, then the dear column that
    holds the others back most is raised. All bounds are given back at the end.

    Parameters
    ----------
    session : holds the linear program at its optimum, where the course starts
    matrix : the program, for bounds

    Returns
    -------
    (C,) a point that keeps every row of the session's program, or None where rounding led nowhere or the
    course was given up
    """
    state = _Dive(session, matrix, order.dear, course, matrix.lower.copy(), matrix.upper.copy(), course.start)
    try:
        return state.run(order.groups)
    except _GivenUp:
        return None
    finally:
        every = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *state.touched]))
        session.change_bounds(every, matrix.lower[every], matrix.upper[every])


@dataclass(slots=True)
class _Dive:
    """The bounds as they have become, and the best point within them."""

    session: LinearSession
    matrix: Matrix
    dear: Counts
    course: Course
    lower: Floats
    upper: Floats
    best: LinearSolution
    touched: list[Counts] = field(default_factory=list)

    def run(self, groups: Sequence[Counts]) -> Floats | None:
        """Settle the dear columns, then group after group, then what the dear ones have left over."""
        if self.course.manner.held and not self._hold_dear():
            return None
        for group in groups:
            while (up := _largest_fractions(self.best.values, group, self.course.manner.share)).size:
                if not self._rounded(up) and not self._raised_dear():
                    return None
            whole = np.round(self.best.values[group])
            self._set(group, whole, whole)
        left = np.ceil(self.best.values[self.dear] - _WHOLE)
        return self.best.values if self._try(self.dear, left, left) else None

    def _hold_dear(self) -> bool:
        whole = np.ceil(self.best.values[self.dear] - _WHOLE)
        return self._try(self.dear, whole, whole)

    def _rounded(self, up: Counts) -> bool:
        """Round these up, or fewer of them, or the first one down; false where nothing helps."""
        while True:
            values, lower, upper = self.best.values[up], self.lower[up].copy(), self.upper[up].copy()
            if self._try(up, np.ceil(values - _WHOLE), upper):
                return True
            if up.size == 1 and self._try(up, lower, np.floor(values + _WHOLE)):
                return True
            self._set(up, lower, upper)
            if up.size == 1:
                return False
            up = up[: max(1, up.size // 4)]

    def _raised_dear(self) -> bool:
        """Allow one more of the dear column that the last point would most like to have more of."""
        room = self.upper[self.dear] < self.matrix.upper[self.dear]
        while room.any():
            wish = np.where(room, self.best.reduced_costs[self.dear], np.inf)
            chosen = int(np.argmin(wish))
            at = self.dear[[chosen]]
            if self._try(at, self.lower[at], self.upper[at] + 1):
                return True
            room[chosen] = False
        return False

    def _try(self, at: Counts, lower: Floats, upper: Floats) -> bool:
        self._set(at, np.minimum(lower, upper), upper)
        solution = self.session.solve()
        known = solution.cost if solution.status == "optimal" else self.best.cost
        if self.course.hopeless(known):
            raise _GivenUp
        if solution.status != "optimal":
            return False
        self.best = solution
        return True

    def _set(self, at: Counts, lower: Floats, upper: Floats) -> None:
        self.lower[at], self.upper[at] = lower, upper
        self.touched.append(at)
        self.session.change_bounds(at, lower, upper)


def _largest_fractions(values: Floats, group: Counts, share: float) -> Counts:
    """The share of a group's fractional columns that are nearest below a whole number; at least one."""
    part = values[group] - np.floor(values[group] + _WHOLE)
    fractional = np.flatnonzero(part > _WHOLE)
    count = max(1, int(share * fractional.size)) if fractional.size else 0
    return group[fractional[np.argsort(-part[fractional], kind="stable")[:count]]]
