"""A promise of a plan in the counts of a replay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require
from planner.calendar import Calendar
from planner.certificate.beforehand import Beforehand
from planner.plan import ServiceRow
from planner.simulation import Facts
from planner.simulation.statistics import summed


@dataclass(frozen=True, slots=True)
class Spans:
    """The intervals, days or weeks in each of which a promise has to hold: R replications of G spans.

    above, below : (R, G) what is counted, such as answered, and out of what, such as offered
    controls : (R, G, K) by how much more came than was expected, in K respects
    first : (G,) interval with which each span begins
    """

    above: Floats
    below: Floats
    controls: Floats
    first: Counts

    def __post_init__(self) -> None:
        require(self.above.shape == self.below.shape, "as much above as below")
        require(self.controls.shape[:2] == self.above.shape, "controls of every replication and span")
        require(self.above.shape[1:] == self.first.shape, "a first interval per span")

    @property
    def together(self) -> Spans:
        """All spans as one."""
        return Spans(
            frozen(self.above.sum(axis=1, keepdims=True)),
            frozen(self.below.sum(axis=1, keepdims=True)),
            frozen(self.controls.sum(axis=1, keepdims=True)),
            frozen_counts(self.first[:1]),
        )


def spans(row: ServiceRow, facts: Facts, known: Beforehand) -> Spans:
    """(V1)  What a promise counts, in each span that expects contacts and met any."""
    above, below = (summed(facts, table, row.period) for table in _counted(row, facts, known))
    first = _first(row, facts.calendar)
    expected = np.add.reduceat(known.contacts[:, facts.queues.index(row.queue)], first)
    met = (below.sum(axis=0) > 0) & (expected > 0)
    if row.period == "day" and row.start is not None:
        starts = np.array([facts.calendar.text(int(facts.calendar.epoch[at])) for at in first])
        met &= starts == row.start
    controls = _controls(row, facts, known)
    return Spans(
        frozen(above[:, met]), frozen(below[:, met]), frozen(controls[:, met]), frozen_counts(first[met])
    )


def _controls(row: ServiceRow, facts: Facts, known: Beforehand) -> Floats:
    """(V2)  (R, G, K) contacts of the queue beyond the expected, and work of those that share its people.

    None for an interval: who comes in it explains little of what happens in it. None either where contacts
    come again: how many do depends on the service.
    """
    queue = facts.queues.index(row.queue)
    more = facts.offered - known.contacts
    helped = known.helped_by(queue)
    work = (more * known.handle_time)[..., helped].sum(axis=-1)
    none = row.period == "interval" or not known.all_come_once
    taken = [] if none else [more[..., queue], *([work] if helped.any() else [])]
    return summed(facts, np.stack(taken, axis=-1) if taken else more[..., :0], row.period)


def _first(row: ServiceRow, calendar: Calendar) -> Counts:
    if row.period == "interval":
        return frozen_counts(np.arange(calendar.intervals))
    group = calendar.day if row.period == "day" else calendar.week
    return frozen_counts(np.flatnonzero(np.diff(group, prepend=-1)))


def _counted(row: ServiceRow, facts: Facts, known: Beforehand) -> tuple[Floats, Floats]:
    """(R, T) each: what is counted, and out of what."""
    queue = facts.queues.index(row.queue)
    offered, answered = facts.offered[..., queue], facts.answered[..., queue]
    if row.measure == "answer_rate":
        return answered, offered
    if row.measure == "average_wait":
        if row.over == "answered":
            return facts.waited_answered[..., queue], answered
        return facts.waited[..., queue], offered
    if row.measure == "service_level":
        table = facts.virtually_in_time if row.over == "virtual" else facts.in_time
        in_time = table[:, facts.within.index(row.within_seconds or 0.0), :, queue]
        return in_time, answered if row.over == "answered" else offered
    if row.measure == "occupancy":
        mine = known.only_for(queue)
        require(mine is not None, "people of several queues are not counted by queue")
        return facts.busy[..., mine].sum(axis=-1), facts.present[..., mine].sum(axis=-1)
    return frozen(offered - facts.virtually_in_time[:, facts.within.index(0.0), :, queue]), offered


def times(rows: tuple[ServiceRow, ...]) -> tuple[float, ...]:
    """Seconds of the service levels that are promised, for `Conditions.within_seconds`.

    Whoever is answered within 0 s did not wait: that is how the waiting probability is counted.
    """
    levels = {row.within_seconds or 0.0 for row in rows if row.measure == "service_level"}
    waits = {0.0 for row in rows if row.measure == "waiting_probability"}
    return tuple(sorted(levels | waits)) or (0.0,)
