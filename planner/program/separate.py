"""Loss rows on demand: (M4).

(M4)  V[t,q] >= s n[t,q] + sum_k beta[t,q,k](s) z[q,k]   for slopes s <= 0, added where violated
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.program.build import Program
from planner.program.decisions import NOWHERE
from planner.program.instance import Measured, QueueInstance
from planner.program.overflow import overflow_rows, overflow_rows_at
from planner.program.tangents import Curves, Points, intercepts, nearby, steepest
from planner.solver.matrix import Rows, no_rows, stacked

_NOBODY = 1e-9  # contacts; none at all are left where AI keeps every one


@dataclass(frozen=True, slots=True)
class Separated:
    """Violated rows, and by how much the point misses.

    violation : largest, over queues, of what is missing in total / contacts offered in total, and of a
        vendor's busy agents missing / load
    """

    rows: Rows
    violation: float


@dataclass(frozen=True, slots=True)
class TangentPart:
    """One measured thing of one queue, with its places among the columns."""

    queue: QueueInstance
    measured: Measured
    intervals: Counts
    agents: Counts
    counted: Counts
    level: Counts

    @property
    def curves(self) -> Curves:
        """The tables as the compiled functions read them."""
        tables, scale = self.measured.tables, self.queue.demand.contacts * self.measured.unit
        return Curves(tables.values, tables.first, tables.offsets, tables.which, np.ascontiguousarray(scale))

    def points(self, values: Floats) -> Points:
        """Where a solution of the program stands on the tables."""
        return Points(self.intervals, values[self.agents[self.intervals]])

    def weights(self, values: Floats) -> Floats:
        """(K,) weight of each level at a point."""
        return np.ones(1) if self.queue.levels == 1 else np.maximum(values[self.level], 0.0)


def violated(program: Program, values: Floats, tolerance: float) -> Separated:
    """The highest tangent, and the highest plane of what overflows, where the point lies below it."""
    losses = violated_losses(program, values, tolerance)
    rows, overflowing = overflow_rows(program.on, program.decide, values, tolerance)
    return Separated(stacked(losses.rows, rows), max(losses.violation, overflowing))


def violated_losses(program: Program, values: Floats, tolerance: float) -> Separated:
    """The highest tangent of every interval where the point lies below it; planes of overflow apart.

    Parameters
    ----------
    values : (C,) a point, fractional levels allowed
    tolerance : contacts (or minutes) that may be missing in an interval, per contact offered there
    """
    found, worst = [], 0.0
    for part in tangent_parts(program):
        points, weights, unit = part.points(values), part.weights(values), part.measured.unit
        slopes = steepest(part.curves, points, weights)
        beta = intercepts(part.curves, points.at, slopes)
        missing = slopes * points.agents + beta @ weights - values[part.counted[points.at]]
        offered = part.queue.demand.contacts[points.at] @ weights
        everyone = max(float(offered.sum()), 1e-9)  # AI may keep every contact
        worst = max(worst, float(np.maximum(missing, 0.0).sum() / everyone / unit))
        take = missing > tolerance * unit * np.maximum(offered, 1e-9)
        found.append(_rows(part, slopes[take], beta[take], points.at[take]))
    return Separated(reduce(stacked, found, no_rows()), worst)


def first_rows(program: Program) -> Rows:
    """One tangent per interval to start with: a little above the floor of the queue's middle level.

    More of them make the first linear program dearer than the rounds they save (solving.md).
    """
    found = []
    for part in tangent_parts(program):
        k = part.queue.levels // 2
        points = Points(part.intervals, 1.16 * part.queue.floor[part.intervals, k] + 2.0)
        found.append(_at(part, nearby(part.curves, points, k, 0)))
    return reduce(stacked, found, no_rows())


def rows_around(program: Program, values: Floats, reach: int, where: Flags | None = None) -> Rows:
    """Every segment within `reach` agents of the point, at the level with the most weight of each queue.

    With these a program whose levels are fixed there counts exactly what the tables count nearby.

    where : (T,) the intervals wanted; None takes all
    """
    found = []
    for whole in tangent_parts(program):
        part = whole if where is None else replace(whole, intervals=whole.intervals[where[whole.intervals]])
        k = int(np.argmax(part.weights(values)))
        found.append(_at(part, nearby(part.curves, part.points(values), k, reach)))
    found.append(overflow_rows_at(program.below, program.decide, values))
    return reduce(stacked, found, no_rows())


def tangent_parts(program: Program) -> Iterator[TangentPart]:
    """Everything that tangents are laid on."""
    for queue, columns in zip(program.below.queues, program.decide.queues, strict=True):
        for measured, counted in zip(queue.measured, columns.counted, strict=True):
            intervals = np.flatnonzero(counted != NOWHERE)
            if intervals.size:
                yield TangentPart(queue, measured, intervals, columns.agents, counted, columns.level)


def _at(part: TangentPart, slopes: Floats) -> Rows:
    """Rows of all slopes (R, N) that are there, R the part's intervals."""
    flat, at = slopes.ravel(), np.repeat(part.intervals, slopes.shape[1])
    there = ~np.isnan(flat)
    return tangents(part, at[there], flat[there])


def tangents(part: TangentPart, at: Counts, slopes: Floats) -> Rows:
    """(M4)  A row for each slope (R,) at interval at[r]."""
    return _rows(part, slopes, intercepts(part.curves, at, slopes), at)


def _rows(part: TangentPart, slopes: Floats, beta: Floats, at: Counts) -> Rows:
    """V - s n - sum_k beta_k z_k >= 0; with one level V - s n >= beta."""
    count, levels = slopes.size, part.level.size
    columns = np.empty((count, 2 + levels), dtype=np.int64)
    values = np.empty((count, 2 + levels))
    columns[:, 0], columns[:, 1] = part.counted[at], part.agents[at]
    values[:, 0], values[:, 1] = 1.0, -slopes
    if levels:
        columns[:, 2:], values[:, 2:] = part.level, -beta
    lower = np.zeros(count) if levels else beta[:, 0]
    kept = values.ravel() != 0.0
    ends = np.concatenate([[0], np.cumsum((values != 0.0).sum(axis=1))])
    return Rows((), ends, columns.ravel()[kept], values.ravel()[kept], lower, np.full(count, np.inf))
