"""The time a replay walks through: the calendar, and a day before it if it is cyclic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts
from planner.calendar import Calendar
from planner.simulation.shifts import Shifts

_DAY = 86400


@dataclass(frozen=True, slots=True)
class Timeline:
    """K slots, each of them an interval of the calendar; those before the calendar's start warm up.

    interval : (K,) the calendar's interval that each slot repeats
    day : (K,) number of the local day, counted from 0
    warm_up : how many slots come before the calendar's start; their contacts are not counted
    length : seconds of a slot
    """

    interval: Counts
    day: Counts
    warm_up: int
    length: float

    @property
    def slots(self) -> int:
        """K."""
        return int(self.interval.size)

    @property
    def start(self) -> float:
        """Seconds after the calendar's start at which the first slot begins: 0 or less."""
        return -self.warm_up * self.length

    @property
    def edges(self) -> Floats:
        """(K,) seconds after the calendar's start at which each slot begins."""
        return frozen(self.start + self.length * np.arange(self.slots))


def timeline(calendar: Calendar) -> Timeline:
    """The slots of a calendar: its own, and its last day's before them if it is cyclic."""
    warm_up = min(_DAY // calendar.interval, calendar.intervals) if calendar.cyclic else 0
    interval = np.arange(-warm_up, calendar.intervals) % calendar.intervals
    day = calendar.day[interval].copy()
    day[:warm_up] -= len(calendar.days)
    return Timeline(
        frozen_counts(interval), frozen_counts(day - day.min()), warm_up, float(calendar.interval)
    )


def laid_out(shifts: Shifts, calendar: Calendar) -> Shifts:
    """The shifts that a replay meets: a cyclic calendar's again before it and after it.

    Those after it serve whoever still waits when the calendar ends.
    """
    if not calendar.cyclic:
        return shifts
    span = float(calendar.end - int(calendar.epoch[0]))
    copies = [moved(shifts, lap * span) for lap in (-2, -1, 0, 1)]
    kept = [(copy.end > -_DAY) & (copy.start < span + _DAY) for copy in copies]

    def joined(name: str) -> Floats:
        parts = [getattr(copy, name)[keep] for copy, keep in zip(copies, kept, strict=True)]
        return np.concatenate(parts)

    return Shifts(
        pool=frozen_counts(joined("pool")),
        people=frozen_counts(joined("people")),
        start=frozen(joined("start")),
        end=frozen(joined("end")),
        break_start=frozen(joined("break_start")),
        break_length=frozen(joined("break_length")),
    )


def moved(shifts: Shifts, seconds: float) -> Shifts:
    """The same shifts so many seconds later."""
    return Shifts(
        shifts.pool,
        shifts.people,
        frozen(shifts.start + seconds),
        frozen(shifts.end + seconds),
        frozen(shifts.break_start + seconds),
        shifts.break_length,
    )
