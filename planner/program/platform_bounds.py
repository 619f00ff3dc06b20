"""The relaxation platform by platform: fractions of platforms would share what only one of them offers.

Half of a platform that costs nothing by the seat would hold a few people, and half of one that only a vendor
may use would let everybody work. So each platform is tried whole, and the least of their bounds is a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.build import Program
from planner.program.found import Found
from planner.solver.linear import LinearSession, LinearSolution
from planner.solver.matrix import Matrix, Rows, stacked, with_bounds, with_rows
from planner.solver.relaxation import NoPointHolds, Relaxation, verified

Separate = Callable[[Floats], tuple[Rows, bool]]


def platform_by_platform(
    program: Program, done: Relaxation, separate: Separate, linear: LinearSession
) -> tuple[Relaxation, Mapping[int, float]]:
    """The relaxation with the platform that is cheapest there, whole, and every platform's bound.

    Without a choice the relaxation is unchanged, and there are no such bounds.

    The platform with the least bound is solved again with the rows it misses, until the least one misses
    none. All bounds of columns are given back at the end.

    Parameters
    ----------
    done : the relaxation, as the session holds it

    Raises
    ------
    NoPointHolds
        If no platform can do.
    """
    places = program.decide.platforms.chosen
    if places.size < 2:
        return done, {}
    state = _Trial(done, linear, places)
    try:
        while True:
            cheapest = state.cheapest()
            rows, content = separate(state.points[cheapest].values)
            if content or not len(rows):
                return state.relaxation(cheapest), state.bounds
            state.add(rows)
            state.solve(cheapest)
    finally:
        matrix = program.matrix
        linear.change_bounds(places, matrix.lower[places], matrix.upper[places])


class _Trial:
    """The program and the platforms' bounds as they become."""

    def __init__(self, done: Relaxation, linear: LinearSession, places: Counts) -> None:
        self._done, self._linear, self._places = done, linear, places
        self._held: Matrix = done.held
        self._added = done.rows
        self._rounds = done.rounds
        self.bounds: dict[int, float] = {}
        self.points: dict[int, LinearSolution] = {}
        for platform in range(places.size):
            self.solve(platform)

    def cheapest(self) -> int:
        """The platform with the least bound."""
        least = min(self.bounds, key=lambda platform: self.bounds[platform])
        if self.bounds[least] == float("inf"):
            raise NoPointHolds("no platform lets anybody keep every rule")
        return least

    def add(self, rows: Rows) -> None:
        """Add rows that a point misses."""
        self._linear.add_rows(rows)
        self._held = with_rows(self._held, rows)
        self._added = stacked(self._added, rows)

    def solve(self, platform: int) -> None:
        """Solve with this platform alone; the bound of one that cannot do is infinite."""
        whole = (np.arange(self._places.size) == platform).astype(np.float64)
        self._linear.change_bounds(self._places, whole, whole)
        solution = self._linear.solve()
        self._rounds += 1
        if solution.status == "infeasible":
            self.bounds[platform] = float("inf")
            return
        bound = verified(with_bounds(self._held, self._places, whole, whole), solution)
        self.bounds[platform], self.points[platform] = bound, solution

    def relaxation(self, platform: int) -> Relaxation:
        """The relaxation at this platform, the cheapest."""
        point = self.points[platform]
        return replace(
            self._done,
            bound=max(self._done.bound, self.bounds[platform]),
            values=point.values,
            reduced_costs=point.reduced_costs,
            rows=self._added,
            basis=self._done.basis.with_more(len(self._added) - len(self._done.rows)),
            rounds=self._rounds,
            held=self._held,
        )


def without_dear_platforms(program: Program, matrix: Matrix, found: Found) -> Matrix:
    """The program without the platforms that cannot be part of a plan cheaper than the best one."""
    places, best = program.decide.platforms.chosen, found.best
    if best is None or not found.by_platform:
        return matrix
    worth = np.array([found.by_platform[o] <= best.cost for o in range(places.size)], dtype=np.float64)
    return with_bounds(matrix, places, np.zeros(places.size), worth)
