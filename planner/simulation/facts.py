"""What was counted in every replication; no rates, no means."""

from __future__ import annotations

from dataclasses import dataclass

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
    repeats : (R, T, Q) offered contacts that are not first attempts
    taken : (R, T, P) contacts answered in the interval
    contained, handed_over, wrongly_contained : (R, T, Q) sessions with AI that ended for good, that went on
        with a person, and that came back to one; only the first are not among the offered
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
    repeats: Floats
    present: Floats
    busy: Floats
    taken: Floats
    contained: Floats
    handed_over: Floats
    wrongly_contained: Floats

    def __post_init__(self) -> None:
        shape = self.offered.shape
        require(len(shape) == 3, "contacts are counted by replication, interval and queue")
        require(shape == self.answered.shape == self.abandoned.shape == self.handled.shape, "one shape")
        require(shape == self.waited.shape == self.waited_answered.shape, "one shape")
        require(self.in_time.shape == (shape[0], len(self.within), *shape[1:]), "a table per time")
        require(self.in_time.shape == self.virtually_in_time.shape, "a table per time")
        require(self.present.shape == self.busy.shape == self.taken.shape, "one shape for pools")
        require(shape == self.contained.shape == self.handed_over.shape, "one shape")
        require(shape == self.wrongly_contained.shape == self.repeats.shape, "one shape")

    @property
    def replications(self) -> int:
        """R."""
        return int(self.offered.shape[0])

    @property
    def sessions(self) -> Floats:
        """(R, T, Q) contacts offered to AI."""
        return frozen(self.contained + self.handed_over + self.wrongly_contained)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of one replication, tables as compiled/count.py orders them.

    contacts : (7, T, Q) offered, answered, abandoned, waited, waited_answered, handled, repeats
    in_time : (2, W, T, Q) in_time, virtually_in_time
    seconds : (3, T, P) present, busy, taken
    sessions : (3, T, Q) contained, handed_over, wrongly_contained
    """

    contacts: Floats
    in_time: Floats
    seconds: Floats
    sessions: Floats
