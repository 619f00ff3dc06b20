"""Who has to stay idle for whom, as it changes over the calendar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen, frozen_counts, require
from planner.simulation.centre import Centre
from planner.simulation.timeline import Timeline

NOT_SERVED = -1


@dataclass(frozen=True, slots=True)
class Reserves:
    """L tables of reserves, one after the other.

    until : (L,) seconds after the calendar's start to which each holds; the last is infinite
    people : (L, P, Q) idle people of a pool whom no contact of a queue may take; NOT_SERVED if it serves none
    """

    until: Floats
    people: Counts

    def __post_init__(self) -> None:
        require(self.until.shape == self.people.shape[:1], "a table per stretch of time")
        require(bool(np.isposinf(self.until[-1])), "the last table holds for ever")


def reserves(centre: Centre, slots: Timeline, priority: Counts, kept: Counts) -> Reserves:
    """The tables of all slots, those in a row with the same queues open taken together.

    When the calendar has ended nobody arrives any more, and no reserve is kept.

    Parameters
    ----------
    priority : (Q,) queues of a lower one go first
    kept : (Q,) people whom each queue reserves in every pool that serves it
    """
    asking = (centre.accepts & (kept > 0))[slots.interval]
    asking = np.concatenate((asking, np.zeros((1, kept.size), dtype=np.bool_)))
    last = np.flatnonzero((asking[1:] != asking[:-1]).any(axis=1))
    until = np.append(slots.start + slots.length * (last + 1), np.inf)
    tables = in_force(asking[np.append(last, -1)], centre.crew.serves, priority, kept)
    return Reserves(frozen(until), frozen_counts(tables))


def in_force(opened: Flags, serves: Flags, priority: Counts, kept: Counts) -> Counts:
    """(S9)  (L, P, Q) the largest reserve of the open queues that a pool serves and that go before a queue.

    Parameters
    ----------
    opened : (L, Q) whether a queue is open
    serves : (P, Q) whether a pool serves a queue
    """
    before = priority[:, None] < priority[None, :]
    asked = opened[:, None, :, None] & serves[None, :, :, None] & before[None, None]
    most = np.where(asked, kept[:, None], 0).max(axis=2, initial=0)
    return np.where(serves, most, NOT_SERVED)
