"""What was counted in every replication; no rates, no means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Facts:
    """Counts of R replications, by interval of arrival (T) and queue (Q), or by interval and pool (P).

    calendar, queues, pools : what was replayed
    within : (W,) seconds, the times of service levels
    offered, answered, abandoned : (R, T, Q) contacts; who still waited when the last person left for good
        has abandoned, however patient
    in_time : (R, W, T, Q) contacts answered within the time
    virtually_in_time : (R, W, T, Q) contacts that would have been, had nobody left
    waited, waited_answered : (R, T, Q) seconds of waiting, of all and of the answered
    handled : (R, T, Q) seconds people spent on them
    present, busy : (R, T, P) seconds in the interval on the queue, on contacts
    taken : (R, T, P) contacts answered in the interval
    """

    calendar: Calendar
    queues: tuple[str, ...]
    pools: tuple[str, ...]
    within: tuple[float, ...]
    offered: Floats
    answered: Floats
    abandoned: Floats
    in_time: Floats
    virtually_in_time: Floats
    waited: Floats
    waited_answered: Floats
    handled: Floats
    present: Floats
    busy: Floats
    taken: Floats

    def __post_init__(self) -> None:
        shape = self.offered.shape
        require(len(shape) == 3, "contacts are counted by replication, interval and queue")
        require(shape == self.answered.shape == self.abandoned.shape == self.handled.shape, "one shape")
        require(shape == self.waited.shape == self.waited_answered.shape, "one shape")
        require(self.in_time.shape == (shape[0], len(self.within), *shape[1:]), "a table per time")
        require(self.in_time.shape == self.virtually_in_time.shape, "a table per time")
        require(self.present.shape == self.busy.shape == self.taken.shape, "one shape for pools")

    @property
    def replications(self) -> int:
        """R."""
        return int(self.offered.shape[0])


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one replication, tables as compiled/count.py orders them.

    contacts : (6, T, Q) offered, answered, abandoned, waited, waited_answered, handled
    in_time : (2, W, T, Q) in_time, virtually_in_time
    seconds : (3, T, P) present, busy, taken
    """

    contacts: Floats
    in_time: Floats
    seconds: Floats


def gathered(
    calendar: Calendar,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    within: tuple[float, ...],
    counted: Sequence[Counted],
) -> Facts:
    """Replications put together, in their order."""
    contacts = np.stack([one.contacts for one in counted], axis=1)
    in_time = np.stack([one.in_time for one in counted], axis=1)
    seconds = np.stack([one.seconds for one in counted], axis=1)
    offered, answered, abandoned, waited, waited_answered, handled = (frozen(table) for table in contacts)
    present, busy, taken = (frozen(table) for table in seconds)
    return Facts(
        calendar=calendar,
        queues=names[0],
        pools=names[1],
        within=within,
        offered=offered,
        answered=answered,
        abandoned=abandoned,
        in_time=frozen(in_time[0]),
        virtually_in_time=frozen(in_time[1]),
        waited=waited,
        waited_answered=waited_answered,
        handled=handled,
        present=present,
        busy=busy,
        taken=taken,
    )
