"""The relaxation way by way: a fee that is not convex on some of its pieces, and one platform.

Relaxed, such a fee lies on the lowest straight lines below its curve, and fractions of platforms share what
only one of them offers: half of one that costs nothing by the seat would hold a few people, and half of one
that only a vendor may use would let everybody work. A plan goes one way, so the least bound over all ways
holds. It is always the way with the least bound that is looked at. There rows on demand are added first; then
the fee that is underpriced most is taken apart at the volume of the point: pieces below, its piece, pieces
above; then the platforms.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from planner.arrays import Counts, Floats
from planner.errors import SolverFailed
from planner.program.build import Program
from planner.program.found import Found
from planner.program.piecewise import PiecewiseFee, piecewise_fees
from planner.program.way import OFF, Way
from planner.solver.basis import NamedBasis
from planner.solver.linear import LinearSession, LinearSolution, checked_bound
from planner.solver.matrix import Matrix, Rows, selected, with_bounds, with_rows
from planner.solver.relaxation import NoPointHolds, Relaxation, spare, without

MOST_PROGRAMS = 40
"""Linear programs; each takes about as long as a late round of the relaxation."""
_EXACT = 2e-5
"""Share of the cost; a fee that is underpriced by less is left as it is."""
_WHOLE = 1e-6
_IDLE = 4
"""Linear programs after one another at whose points a row on demand has room to spare; then it goes."""

Separate: TypeAlias = Callable[[Floats], tuple[Rows, bool]]


@dataclass(frozen=True, slots=True)
class Begun:
    """Where it begins.

    done : the relaxation, as the session holds it; where there are ways to begin with, of the least of them
    ways : known to be all there are, with bounds; none where nothing is known
    separate : gives the rows that a point misses, and whether it is near enough
    """

    done: Relaxation
    ways: Sequence[Way]
    separate: Separate


def way_by_way(
    program: Program,
    begun: Begun,
    linear: LinearSession,
    over: Callable[[int, float], bool] = lambda tried, bound: tried >= MOST_PROGRAMS,
) -> tuple[Relaxation, tuple[Way, ...]]:
    """The relaxation of the way with the least bound, which holds for every plan; and all ways that are open.

    Without a choice the relaxation is unchanged, and there are no ways. All bounds of columns are the
    program's own at the end.

    Parameters
    ----------
    over : asked before every linear program with how many were solved and the bound; true ends it

    Raises
    ------
    NoPointHolds
        If there is no way.
    """
    fees, platforms = piecewise_fees(program), program.decide.platforms.chosen
    if not fees and platforms.size < 2:
        return begun.done, ()
    tree = _Tree(program, begun, linear)
    try:
        while not over(tree.rounds - begun.done.rounds, tree.bound) and tree.stepped():
            pass
        return tree.relaxation(), tree.ways
    finally:
        places = tree.places
        linear.change_bounds(places, program.matrix.lower[places], program.matrix.upper[places])


def held_at(program: Program, way: Way) -> Matrix:
    """The program with the columns that a way decides on held."""
    fees, platforms = piecewise_fees(program), program.decide.platforms.chosen
    lower, upper = program.matrix.lower.copy(), program.matrix.upper.copy()
    for number, (first, last) in way.pieces.items():
        mine = fees[number].piece
        upper[mine] = [float(first <= piece <= last) for piece in range(mine.size)]
        if first == last and first != OFF:
            lower[mine] = upper[mine]
    if way.platform is not None:
        upper[platforms] = lower[platforms] = (np.arange(platforms.size) == way.platform).astype(float)
    return replace(program.matrix, lower=lower, upper=upper)


def least_by_platform(program: Program, ways: Sequence[Way]) -> dict[int, float]:
    """Money that no plan with a platform can undercut; empty without a choice."""
    count = program.decide.platforms.chosen.size
    return {
        o: min((way.bound for way in ways if way.platform in (None, o)), default=float("inf"))
        for o in range(count if count > 1 else 0)
    }


def without_dear_platforms(program: Program, matrix: Matrix, found: Found) -> Matrix:
    """The program without the platforms that cannot be part of a plan cheaper than the best one."""
    places, best = program.decide.platforms.chosen, found.best
    if best is None or not found.by_platform:
        return matrix
    worth = np.array([found.by_platform[o] <= best.cost for o in range(places.size)], dtype=np.float64)
    return with_bounds(matrix, places, np.zeros(places.size), worth)


@dataclass(frozen=True, slots=True, order=True)
class _Open:
    """A way, and the relaxation's point there; None before it is solved."""

    way: Way
    values: Floats | None = field(compare=False)
    reduced_costs: Floats = field(compare=False, default_factory=lambda: np.zeros(0))


class _Tree:
    """The ways that are open, and the program with the rows added so far."""

    def __init__(self, program: Program, begun: Begun, linear: LinearSession) -> None:
        done = begun.done
        self._program, self._done, self._linear, self._separate = program, done, linear, begun.separate
        self._fees, self._platforms = piecewise_fees(program), program.decide.platforms.chosen
        self._held, self.rounds = done.held, done.rounds
        self._idle = np.zeros(len(done.held.rows), dtype=np.int64)
        self.places: Counts = np.concatenate([self._platforms, *(one.piece for one in self._fees)])
        least, *others = sorted(begun.ways) or [Way(done.bound, None, {})]
        least = replace(least, bound=max(least.bound, done.bound))
        self._settled = _Open(least, done.values, done.reduced_costs)
        self._open = [self._settled, *(_Open(way, None) for way in others)]
        heapq.heapify(self._open)

    @property
    def bound(self) -> float:
        """Money that no plan can undercut, in whatever way."""
        return self._open[0].way.bound if self._open else float("inf")

    @property
    def ways(self) -> tuple[Way, ...]:
        """All that are open."""
        return tuple(sorted(one.way for one in self._open))

    def stepped(self) -> bool:
        """One linear program where the bound is least; false once all is exact there, or nothing is left."""
        while self._open:
            one = heapq.heappop(self._open)
            if one.values is None:
                self._solve(one.way)
                return True
            rows, content = self._separate(one.values)
            if len(rows) and not content:
                self._add(rows)
                self._solve(one.way)
                return True
            self._settled = one
            parts = list(self._parts(one.way, one.values))
            if not parts:
                heapq.heappush(self._open, one)
                return False
            for way in parts:
                heapq.heappush(self._open, _Open(way, None))
        return False

    def relaxation(self) -> Relaxation:
        """The bound of all ways, and the point of the last that missed no row: its bound was the least."""
        if not self._open:
            raise NoPointHolds("no platform, and no piece of a fee, lets anybody keep every rule")
        values, reduced_costs = self._settled.values, self._settled.reduced_costs
        assert values is not None
        stands = self._linear.basis() if self.rounds > self._done.rounds else self._done.basis.basis
        names, rows = (self._done.basis.column_names, self._done.basis.row_names), self._held.rows
        return replace(
            self._done,
            bound=self.bound,
            values=values,
            reduced_costs=reduced_costs,
            rows=selected(rows, np.arange(len(self._program.matrix.rows), len(rows))),
            basis=NamedBasis(*names, stands),
            rounds=self.rounds,
            held=self._held,
        )

    def _add(self, rows: Rows) -> None:
        """Add rows on demand, and let those go that were of no use for a while."""
        away = self._idle >= _IDLE
        away[: len(self._program.matrix.rows)] = False
        self._held = with_rows(without(self._held, away, self._linear), rows)
        self._linear.add_rows(rows)
        self._idle = np.concatenate([self._idle[~away], np.zeros(len(rows), dtype=np.int64)])

    def _solve(self, way: Way) -> None:
        """Give a way its point and its bound; one that cannot be is left out."""
        at = held_at(self._program, way)
        lower, upper = at.lower[self.places], at.upper[self.places]
        self._linear.change_bounds(self.places, lower, upper)
        solution = self._linear.solve()
        self.rounds += 1
        if solution.status == "infeasible":
            return
        self._idle = np.where(spare(self._held.rows, solution.values), self._idle + 1, 0)
        bound = _bound(with_bounds(self._held, self.places, lower, upper), solution)
        better = replace(way, bound=max(bound, way.bound))
        heapq.heappush(self._open, _Open(better, solution.values, solution.reduced_costs))

    def _parts(self, way: Way, values: Floats) -> Iterator[Way]:
        """Narrower ways that are together as wide; none where the point goes one way already."""
        worst = self._underpriced(way, values)
        if worst is not None:
            for part in _around(self._fees[worst], values, way.pieces.get(worst)):
                yield replace(way, pieces={**way.pieces, worst: part})
        elif way.platform is None and self._platforms.size and values[self._platforms].max() < 1 - _WHOLE:
            yield from (replace(way, platform=platform) for platform in range(self._platforms.size))

    def _underpriced(self, way: Way, values: Floats) -> int | None:
        """The fee that is furthest below its curve; None where all are near it."""
        missing = {
            number: _missing(one, values)
            for number, one in enumerate(self._fees)
            if len(set(way.pieces.get(number, _every(one)))) > 1
        }
        worst = max(missing, key=lambda number: missing[number], default=None)
        enough = _EXACT * max(1.0, abs(way.bound))
        return None if worst is None or missing[worst] < enough else worst


def _bound(matrix: Matrix, solution: LinearSolution) -> float:
    if solution.status != "optimal":
        raise SolverFailed(f"a relaxation with a fee or a platform held ended {solution.status}")
    return min(checked_bound(matrix, solution.row_duals), solution.cost)


def _every(one: PiecewiseFee) -> tuple[int, int]:
    """First and last piece that a fee may be on."""
    return (0 if one.signed else OFF), one.piece.size - 1


def _around(one: PiecewiseFee, values: Floats, among: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """The pieces below that of the point's volume, this piece, and those above."""
    first, last = among or _every(one)
    volume = min(float(values[one.volume].sum()), one.curve.most)
    here = int(np.clip(np.searchsorted(one.curve.upper, volume), max(first, 0), last))
    every = [(first, here - 1), (here, here), (here + 1, last)]
    yield from (part for part in every if part[0] <= part[1])


def _missing(one: PiecewiseFee, values: Floats) -> float:
    curve, pieces, billed = one.curve, values[one.piece], values[one.volume]
    paid = float((curve.fee - curve.slope * curve.lower) @ pieces + curve.slope @ billed)
    total = min(float(billed.sum()), curve.most)
    if total < _EXACT and not one.signed:
        return 0.0
    return float(curve.at(max(total, 0.0))) - paid
