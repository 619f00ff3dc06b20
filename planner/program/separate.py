"""Loss rows on demand: (M4).

(M4)  V[t,q] >= s n[t,q] + sum_k beta[t,q,k](s) z[q,k]   for slopes s <= 0, added where violated
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np
from scipy import sparse

from planner.arrays import Counts, Floats
from planner.program.build import Program
from planner.program.decisions import NOWHERE
from planner.program.instance import Measured, QueueInstance
from planner.program.tangents import intercepts, nearby, steepest
from planner.solver.matrix import Rows, no_rows, stacked


@dataclass(frozen=True, slots=True)
class Separated:
    """Violated rows, and by how much the point misses.

    violation : largest, over queues, of what is missing in total / contacts offered in total
    """

    rows: Rows
    violation: float


@dataclass(frozen=True, slots=True)
class _Part:
    """One measured thing of one queue, with its places among the columns."""

    queue: QueueInstance
    measured: Measured
    intervals: Counts
    agents: Counts
    counted: Counts
    level: Counts

    @property
    def scale(self) -> Floats:
        """(T, K) what the tables' unit counts in the program."""
        return np.ascontiguousarray(self.queue.demand.contacts * self.measured.unit)

    @property
    def table(self) -> tuple[Floats, Counts, Counts, Counts]:
        """Tables as the compiled functions read them."""
        tables = self.measured.tables
        return tables.values, tables.first, tables.offsets, tables.which

    def weights(self, values: Floats) -> Floats:
        """(K,) weight of each level at a point."""
        return np.ones(1) if self.queue.levels == 1 else np.maximum(values[self.level], 0.0)


def violated(program: Program, values: Floats, tolerance: float) -> Separated:
    """The highest tangent of every interval where the point lies below it.

    Parameters
    ----------
    values : (C,) a point, fractional levels allowed
    tolerance : contacts (or minutes) that may be missing in an interval, per contact offered there
    """
    found, worst = [], 0.0
    for part in _parts(program):
        agents = values[part.agents[part.intervals]]
        slopes = np.zeros(part.intervals.size)
        weights = part.weights(values)
        steepest(agents, weights, part.intervals, part.scale, part.table, slopes)
        beta = _beta(part, slopes, part.intervals)
        missing = slopes * agents + beta @ weights - values[part.counted[part.intervals]]
        offered = part.queue.demand.contacts[part.intervals] @ weights
        worst = max(worst, float(np.maximum(missing, 0.0).sum() / offered.sum() / part.measured.unit))
        take = missing > tolerance * part.measured.unit * np.maximum(offered, 1e-9)
        found.append(_rows(part, slopes[take], beta[take], part.intervals[take]))
    return Separated(reduce(stacked, found, no_rows()), worst)


def first_rows(program: Program, spread: int = 3) -> Rows:
    """A few tangents to start with: around each level's floor, at the ends and the middle of the levels."""
    found = []
    for part in _parts(program):
        for k in sorted({0, part.queue.levels // 2, part.queue.levels - 1}):
            middle = np.maximum(part.queue.floor[part.intervals, k], part.queue.demand.contacts[part.intervals, k] * 0)
            for step in range(spread):
                slopes = np.zeros((part.intervals.size, 1))
                agents = middle * (1.0 + 0.08 * step) + step
                nearby(agents, k, 0, part.intervals, part.scale, part.table, slopes)
                found.append(_at(part, slopes, part.intervals))
    return reduce(stacked, found, no_rows())


def rows_around(program: Program, values: Floats, reach: int) -> Rows:
    """Every segment within `reach` agents of the point, at the level with the most weight of each queue.

    With these a program whose levels are fixed there counts exactly what the tables count nearby.
    """
    found = []
    for part in _parts(program):
        k = int(np.argmax(part.weights(values)))
        slopes = np.zeros((part.intervals.size, 2 * reach + 1))
        nearby(values[part.agents[part.intervals]], k, reach, part.intervals, part.scale, part.table, slopes)
        found.append(_at(part, slopes, part.intervals))
    return reduce(stacked, found, no_rows())


def _parts(program: Program) -> Iterator[_Part]:
    for queue, columns in zip(program.on.queues, program.decide.queues, strict=True):
        for measured, counted in zip(queue.measured, columns.counted, strict=True):
            intervals = np.flatnonzero(counted != NOWHERE)
            if intervals.size:
                yield _Part(queue, measured, intervals, columns.agents, counted, columns.level)


def _at(part: _Part, slopes: Floats, intervals: Counts) -> Rows:
    """Rows of all slopes that are there."""
    width = slopes.shape[1]
    flat, at = slopes.ravel(), np.repeat(intervals, width)
    there = ~np.isnan(flat)
    return _rows(part, flat[there], _beta(part, flat[there], at[there]), at[there])


def _beta(part: _Part, slopes: Floats, at: Counts) -> Floats:
    beta = np.zeros((slopes.size, part.queue.levels))
    intercepts(slopes, at, part.scale, part.table, beta)
    return beta


def _rows(part: _Part, slopes: Floats, beta: Floats, at: Counts) -> Rows:
    """V - s n - sum_k beta_k z_k >= 0; with one level V - s n >= beta."""
    count, levels = slopes.size, part.level.size
    columns = np.empty((count, 2 + levels), dtype=np.int64)
    values = np.empty((count, 2 + levels))
    columns[:, 0], columns[:, 1] = part.counted[at], part.agents[at]
    values[:, 0], values[:, 1] = 1.0, -slopes
    if levels:
        columns[:, 2:], values[:, 2:] = part.level, -beta
    lower = np.zeros(count) if levels else beta[:, 0]
    matrix = sparse.csr_array(
        (values.ravel(), columns.ravel(), np.arange(0, columns.size + 1, 2 + levels)),
        shape=(count, int(columns.max(initial=0)) + 1),
    )
    matrix.eliminate_zeros()
    return Rows((), matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data, lower, np.full(count, np.inf))
