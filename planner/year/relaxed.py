"""The relaxation of one season, asked again and again at other numbers of people: (Y6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts
from planner.problem import Problem
from planner.program.build import Program, build
from planner.program.instance import instance
from planner.program.search import first_method
from planner.program.separate import first_rows, violated
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, stacked, with_rows
from planner.solver.relaxation import relaxation, verified
from planner.year.known import Cut
from planner.year.question import Linked

_MISSING_SHARE = 1e-4
"""Of the contacts offered, as in the search for a plan."""
_ROW_TOLERANCE = 1e-5
_MOST_ROUNDS = 30
_OnOff: TypeAlias = tuple[Sequence[int], Sequence[int | None], Sequence[int]]

_DEAR = 20.0
"""Times the pay of a person, or what one more saves at most: people beyond a limit cost so much, so that a
relaxation without enough of them still has a price. What cannot be planned is found by planning it."""


class SeasonRelaxation:
    """A season's linear program with limits that change; kept in a process until it is closed.

    Parameters
    ----------
    problem : without what the year pays
    linked : what the limits are about, in their order
    pay : (P,) money for a person on the books over the calendar
    deadline : in time.monotonic terms
    """

    def __init__(
        self, problem: Problem, linked: Linked, deadline: float,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        self.program = build(instance(problem))
        pools = [list(problem.scenario.pools).index(name) for name in linked.pools]
        queues = [list(problem.scenario.queues).index(name) for name in linked.ai]
        vendors = [_place(name, problem.scenario.vendors) for name in linked.vendors]
        platforms = [list(problem.scenario.technologies).index(name) for name in linked.platforms]
        self.pay = frozen([self.program.on.pools[p].person_cost for p in pools])
        self.limited = _limited(self.program, pools, (queues, vendors, platforms))
        self.useful = frozen([_useful(self.program, p) for p in pools])
        self._size = linked.size
        method = first_method(self.program.matrix)
        self._session = LinearSession(deadline, method, stopped=stopped)
        self._held: Matrix | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End its process."""
        self._session.close()

    def cut(self, limits: Floats) -> tuple[Cut, float]:
        """A cut (Y6): V(x) >= V(limits) + slope (x - limits), slope = duals of the rows of the limits.

        Returns
        -------
        the cut, and what the relaxation costs at these limits

        Raises
        ------
        NoPointHolds
            If no number of people keeps every rule.
        OutOfTime, Interrupted
            If the deadline or the user came first.
        """
        first = len(self.program.matrix.rows)
        places = np.arange(first, first + self._size)
        if self._held is None:
            return self._first(places, limits)
        free = np.full(self._size, -np.inf)
        self._session.change_row_bounds(places, free, limits)
        self._held = _with_limits(self._held, places, limits)
        for _ in range(_MOST_ROUNDS):
            solution = self._session.solve()
            rows, content = self._missing(solution.values)
            if content or not len(rows):
                break
            self._session.add_rows(rows)
            self._held = with_rows(self._held, rows)
        else:
            solution = self._session.solve()
        return _cut(verified(self._held, solution), solution.row_duals[places], limits)

    def _first(self, places: Counts, limits: Floats) -> tuple[Cut, float]:
        start = _with_limits(self.limited, places, limits)
        done = relaxation((start, first_rows(self.program)), self._missing, self._session, lambda bound: None)
        self._held = done.held
        solution = self._session.solve()
        return _cut(verified(done.held, solution), solution.row_duals[places], limits)

    def _missing(self, values: Floats) -> tuple[Rows, bool]:
        found = violated(self.program, values, _ROW_TOLERANCE)
        return found.rows, found.violation < _MISSING_SHARE


def _place(name: str, names: Iterable[str]) -> int | None:
    """Where a name stands; None where it does not."""
    return next((place for place, other in enumerate(names) if other == name), None)


def _cut(bound: float, duals: Floats, limits: Floats) -> tuple[Cut, float]:
    slope = np.where(np.isfinite(limits), np.minimum(duals, 0.0), 0.0)
    there = np.where(np.isfinite(limits), limits, 0.0)
    return Cut(bound - float(slope @ there), frozen(slope)), bound


def _with_limits(matrix: Matrix, places: Counts, limits: Floats) -> Matrix:
    upper = matrix.rows.upper.copy()
    upper[places] = limits
    return replace(matrix, rows=replace(matrix.rows, upper=upper))


def _limited(program: Program, pools: Sequence[int], on_off: _OnOff) -> Matrix:
    """The program with a row for each limit, people on the books for nothing, and dear ones beyond.

    (Y9)  W[p] <= N[p] + dear people;   sum of z[q,k] over levels with AI <= u[q];   c[o] <= u[o]

    and sum_i P[c,i] <= u[c] for vendors.
    """
    matrix, decide, on = program.matrix, program.decide, program.on
    count, cost = len(matrix.cost), np.array(matrix.cost)
    places = [decide.pools[p].headcount for p in pools]
    dear = [_DEAR * max(_worth(matrix), float(cost[place])) for place in places]
    cost[places] = 0.0
    useful = np.array([_useful(program, p) for p in pools])
    terms: list[list[int]] = [[place, count + at] for at, place in enumerate(places)]
    values: list[list[float]] = [[1.0, -1.0] for _ in places]
    for q in on_off[0]:
        with_ai = decide.queues[q].level[np.flatnonzero(on.queues[q].demand.share > 0)]
        terms.append([int(level) for level in with_ai])
        values.append([1.0] * with_ai.size)
    for v in on_off[1]:
        pieces = [] if v is None else [int(piece) for piece in decide.vendors[v].piece]
        terms.append(pieces)
        values.append([1.0] * len(pieces))
    for o in on_off[2]:
        terms.append([int(decide.platforms.chosen[o])])
        values.append([1.0])
    limits = len(terms)
    rows = Rows(
        tuple(f"limit_{d}" for d in range(limits)),
        frozen_counts(np.cumsum([0, *map(len, terms)])),
        frozen_counts([column for row in terms for column in row]),
        frozen([value for row in values for value in row]),
        np.full(limits, -np.inf),
        np.full(limits, np.inf),
    )
    more, upper = len(places), np.array(matrix.upper)
    upper[places] = np.minimum(upper[places], useful)
    return Matrix(
        (*matrix.column_names, *(f"dear_{p}" for p in pools)),
        np.concatenate([cost, dear]),
        matrix.offset,
        np.concatenate([matrix.lower, np.zeros(more)]),
        np.concatenate([upper, useful]),
        np.concatenate([matrix.integer, np.zeros(more, dtype=np.bool_)]),
        stacked(matrix.rows, rows),
    )


def _useful(program: Program, p: int) -> float:
    """People beyond which no more could be of use; a round number above it, as a bound that is finite."""
    contract, found = program.on.pools[p].rules.contract, program.on.pools[p].patterns
    shifts = float(program.matrix.upper[program.decide.pools[p].people].sum())
    longest = float(found.paid_hours.max(initial=0.0)) / contract.hours_per_week
    return float(1.0 + np.ceil(shifts * max(1.0, longest)))


def _worth(matrix: Matrix) -> float:
    """The dearest whole column: no person can save much more than that."""
    return float(np.max(matrix.cost[matrix.integer], initial=1.0))
