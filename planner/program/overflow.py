"""What overflows to vendors: (M18), and its rows on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.cover import of_vendors
from planner.program.decisions import NOWHERE, Decisions, VendorColumns
from planner.program.instance import Instance, Measured, QueueInstance
from planner.program.overflow_surface import Surface, intercepts, steepest
from planner.program.rows import Row, total
from planner.program.service import by_level
from planner.solver.matrix import Rows, no_rows, stacked

_ACTIVE = 1e-6


def overflow(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M18)  sum_c b[t,c,q] >= r (n[t,q] - sum_c o[t,c,q]) + s n[t,q] + d V[t,q]
             + sum_k gamma[t,q,k](r,s,d) z[q,k]

    for slopes r, s and d, added where violated, the sums over a queue's vendors from any one on. Here stands
    what holds beside: b[t,c,q] <= o[t,c,q], sum_q o[t,c,q] <= most[c] sum_i P[c,i], sum_c o[t,c,q] <= n[t,q]
    and sum_c b[t,c,q] <= sum_k load[t,q,k] z[q,k].
    """
    yield from _vendor_rows(on, decide)
    v = decide.variables
    for q, queue in enumerate(on.queues):
        vendors = decide.vendors_of(q)
        for t in np.flatnonzero(vendors[0].agents[q] != NOWHERE) if vendors else ():
            n, supplied = (v[decide.queues[q].agents[t]], 1.0), of_vendors(decide, q, int(t))
            yield f"own_{q}_{t}", total([n, *supplied]) >= 0
            load = queue.demand.contacts[t] * queue.demand.handle_time[t] / on.calendar.interval
            levels, constant = by_level(queue, decide.queues[q], decide, -load)
            carried = [(v[vendor.busy[q][t]], 1.0) for vendor in vendors]
            yield f"offered_{q}_{t}", total([*carried, *levels]) <= -constant


def _vendor_rows(on: Instance, decide: Decisions) -> Iterator[Row]:
    """Agents are busy only if they are there, and there only within the contract."""
    v = decide.variables
    for c, (vendor, columns) in enumerate(zip(on.vendors, decide.vendors, strict=True)):
        for q, agents in columns.agents.items():
            for t in np.flatnonzero(agents != NOWHERE):
                pair = [(v[columns.busy[q][t]], 1.0), (v[agents[t]], -1.0)]
                yield f"busy_{c}_{q}_{t}", total(pair) <= 0
        ceiling = np.sum([on.queues[q].ceiling for q in vendor.serves], axis=0)
        for at in range(on.calendar.intervals):
            there = [(v[agents[at]], 1.0) for agents in columns.agents.values() if agents[at] != NOWHERE]
            if there:
                most = -float(min(ceiling[at], vendor.most))
                signed = [(v[place], most) for place in columns.piece]
                yield f"room_{c}_{at}", total([*there, *signed]) <= 0


@dataclass(frozen=True, slots=True)
class Overflowing:
    """A queue that vendors help, with its surface and the places of its columns.

    counted : (T,) what the surface counts; empty where nothing is counted
    vendors : from one of them on; those before take contacts first, as own agents do
    """

    queue: QueueInstance
    surface: Surface
    intervals: Counts
    agents: Counts
    counted: Counts
    level: Counts
    vendors: tuple[VendorColumns, ...]
    number: int

    def where(self, values: Floats) -> Floats:
        """(R, 4) own agents, agents, what is counted, and the vendors' busy agents at a point."""
        at = self.intervals
        supplied, busy = (
            np.sum([values[places[at]] for places in every], axis=0)
            for every in (
                [vendor.agents[self.number] for vendor in self.vendors],
                [vendor.busy[self.number] for vendor in self.vendors],
            )
        )
        agents = values[self.agents[at]]
        counted = values[self.counted[at]] if self.counted.size else np.zeros(at.size)
        return np.column_stack([np.maximum(agents - supplied, 0.0), agents, counted, busy])

    def weights(self, values: Floats) -> Floats:
        """(K,) weight of each level at a point."""
        return np.ones(1) if self.queue.levels == 1 else np.maximum(values[self.level], 0.0)


def overflowing(on: Instance, decide: Decisions) -> Iterator[Overflowing]:
    """Every queue that vendors help, with all of them, without the first, and so on."""
    for q, queue in enumerate(on.queues):
        vendors = tuple(decide.vendors_of(q))
        if not vendors:
            continue
        columns = decide.queues[q]
        intervals = np.flatnonzero(vendors[0].agents[q] != NOWHERE)
        counted = columns.counted[0] if columns.counted else np.zeros(0, dtype=np.int64)
        surface = surface_of(on, q)
        for first in range(len(vendors)):
            part = vendors[first:]
            yield Overflowing(queue, surface, intervals, columns.agents, counted, columns.level, part, q)


def surface_of(on: Instance, number: int) -> Surface:
    """What the compiled functions read; of what is counted, the first thing."""
    queue, tables = on.queues[number], on.overflow[number]
    part: Measured | None = queue.measured[0] if queue.measured else None
    empty = np.zeros(0, dtype=np.int64)
    scale = np.zeros(queue.demand.contacts.shape)
    return Surface(
        tables.carried,
        tables.alone,
        tables.waiting,
        tables.which,
        np.ascontiguousarray(queue.floor),
        np.ceil(queue.ceiling).astype(np.int64),
        np.zeros(0) if part is None else part.tables.values,
        empty if part is None else part.tables.first,
        empty if part is None else part.tables.offsets,
        empty if part is None else part.tables.which,
        np.ascontiguousarray(scale if part is None else queue.demand.contacts * part.unit),
    )


def overflow_rows(on: Instance, decide: Decisions, values: Floats, tolerance: float) -> tuple[Rows, float]:
    """(M18)  The plane of every interval and queue that a point misses most, and by how much it does.

    Parameters
    ----------
    values : (C,) a point, fractional levels allowed
    tolerance : busy agents that may be missing, as a share of the load

    Returns
    -------
    rows, and the largest over queues of busy agents missing in total / load in total
    """
    found = [_missed(part, values, tolerance, on.calendar.interval) for part in overflowing(on, decide)]
    rows: Rows = reduce(stacked, (rows for rows, _ in found), no_rows())
    return rows, max((worst for _, worst in found), default=0.0)


def overflow_rows_at(on: Instance, decide: Decisions, values: Floats) -> Rows:
    """(M18)  All planes that are tried at a point, whether it misses them or not."""
    found = []
    for part in overflowing(on, decide):
        where, weights = part.where(values), part.weights(values)
        slopes = steepest(part.surface, part.intervals, where[:, :3], int(np.argmax(weights)))
        at = np.repeat(part.intervals, slopes.shape[1])
        flat = slopes.reshape(-1, 3)
        found.append(planes(part, at, flat))
    return reduce(stacked, found, no_rows())


def planes(part: Overflowing, at: Counts, slopes: Floats) -> Rows:
    """(M18)  A row for each three slopes (R, 3) at interval at[r]."""
    return _rows(part, at, slopes, intercepts(part.surface, at, slopes))


def _missed(part: Overflowing, values: Floats, tolerance: float, interval: int) -> tuple[Rows, float]:
    where, weights = part.where(values), part.weights(values)
    if weights.max() <= _ACTIVE:
        return no_rows(), 0.0
    tried = [
        steepest(part.surface, part.intervals, where[:, :3], int(k))
        for k in np.flatnonzero(weights > _ACTIVE)[np.argsort(-weights[weights > _ACTIVE])][:2]
    ]
    slopes = np.concatenate(tried, axis=1)
    count = slopes.shape[1]
    at, flat = np.repeat(part.intervals, count), slopes.reshape(-1, 3)
    gamma = intercepts(part.surface, at, flat)
    asked = np.einsum("rc,rc->r", flat, np.repeat(where[:, :3], count, axis=0)) + gamma @ weights
    missing = asked.reshape(-1, count) - where[:, 3:]
    best = np.arange(part.intervals.size) * count + np.argmax(missing, axis=1)
    demand = part.queue.demand
    load = (demand.contacts * demand.handle_time)[part.intervals] @ weights / interval
    most = missing.max(axis=1)
    take = best[most > tolerance * np.maximum(load, 1e-9) + 1e-9]
    worst = float(np.maximum(most, 0.0).sum() / max(float(load.sum()), 1e-9))
    return _rows(part, at[take], flat[take], gamma[take]), worst


def _rows(part: Overflowing, at: Counts, slopes: Floats, gamma: Floats) -> Rows:
    """sum b - (r + s) n + r sum o - d V - sum_k gamma_k z_k >= 0; with one level >= gamma."""
    vendors, levels = len(part.vendors), part.level.size
    agents, busy = (
        np.column_stack([places[at] for places in every])
        for every in (
            [vendor.agents[part.number] for vendor in part.vendors],
            [vendor.busy[part.number] for vendor in part.vendors],
        )
    )
    own, every, counted = slopes.T
    columns = [busy, part.agents[at][:, None], agents]
    values = [np.ones((at.size, vendors)), -(own + every)[:, None], np.repeat(own[:, None], vendors, axis=1)]
    if part.counted.size:
        columns.append(part.counted[at][:, None])
        values.append(-counted[:, None])
    if levels:
        columns.append(np.repeat(part.level[None, :], at.size, axis=0))
        values.append(-gamma)
    places, entries = np.column_stack(columns), np.column_stack(values)
    kept = entries != 0.0
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    lower = np.zeros(at.size) if levels else gamma[:, 0]
    return Rows((), ends, places[kept], entries[kept], lower, np.full(at.size, np.inf))
