"""A first plan from the relaxation's point: round up a few columns at a time and let the rest settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Counts, Floats
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix

_WHOLE = 1e-5
_SHARE = 0.1
_MOST_SOLVES = 300


@dataclass(frozen=True, slots=True)
class Group:
    """Whole columns that are settled together.

    places : indices of columns
    held : whether they stay as they are once settled; otherwise they may still rise
    """

    places: Counts
    held: bool


def dive(session: LinearSession, matrix: Matrix, groups: Sequence[Group], start: Floats) -> Floats | None:
    """Whole numbers for every column of the groups, found by solving ever tighter linear programs.

    Group after group, the tenth of the columns with the largest fractions get their next whole number as
    lower bound; the linear program is solved again from its basis, and what was rounded up makes other
    fractions fall. A group without fractions is held where it is, if it asks for that. Where rounding up
    leads nowhere, fewer columns are tried, and at last one is rounded down. All bounds are given back.

    Parameters
    ----------
    session : holds the linear program at its optimum
    matrix : the program, for bounds
    groups : whole columns in the order in which they are settled
    start : (C,) the optimum

    Returns
    -------
    (C,) a point that keeps every row of the session's program, or None where rounding led nowhere
    """
    state = _Dive(session, matrix.lower.copy(), matrix.upper.copy(), start)
    try:
        for group in groups:
            while (up := _largest_fractions(state.values, group.places)).size:
                if not state.rounded(up):
                    return None
            if group.held:
                state.hold(group.places)
        return state.values
    finally:
        every = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *state.touched]))
        session.change_bounds(every, matrix.lower[every], matrix.upper[every])


@dataclass(slots=True)
class _Dive:
    """The bounds as they have become, and the point that is best within them."""

    session: LinearSession
    lower: Floats
    upper: Floats
    values: Floats
    touched: list[Counts] = field(default_factory=list)
    solves: int = 0

    def rounded(self, up: Counts) -> bool:
        """Round these up, or fewer of them, or the first one down; false where nothing helps."""
        while up.size:
            before = self.lower[up].copy()
            if self._try(up, np.ceil(self.values[up] - _WHOLE), self.upper[up]):
                return True
            self._set(up, before, self.upper[up])
            if up.size == 1:
                return self._try(up, before, np.floor(self.values[up] + _WHOLE))
            up = up[: up.size // 4 + 1] if up.size > 2 else up[:1]
        return False

    def hold(self, group: Counts) -> None:
        """Keep these columns where they are."""
        whole = np.round(self.values[group])
        self._set(group, whole, whole)

    def _try(self, at: Counts, lower: Floats, upper: Floats) -> bool:
        self._set(at, np.minimum(lower, upper), upper)
        solution = self.session.solve()
        self.solves += 1
        if solution.status != "optimal" or self.solves > _MOST_SOLVES:
            return False
        self.values = solution.values
        return True

    def _set(self, at: Counts, lower: Floats, upper: Floats) -> None:
        self.lower[at], self.upper[at] = lower, upper
        self.touched.append(at)
        self.session.change_bounds(at, lower, upper)


def _largest_fractions(values: Floats, group: Counts) -> Counts:
    """The tenth of a group's fractional columns that are nearest above to a whole number; at least one."""
    part = values[group] - np.floor(values[group] + _WHOLE)
    fractional = np.flatnonzero(part > _WHOLE)
    count = max(1, int(_SHARE * fractional.size)) if fractional.size else 0
    return group[fractional[np.argsort(-part[fractional], kind="stable")[:count]]]
