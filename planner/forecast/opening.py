"""When a queue is open, on the calendar's grid."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from planner.arrays import Flags, frozen_flags
from planner.calendar import Calendar
from planner.scenario.clock import holiday_spans, opening_spans
from planner.scenario.scenario import Queue

_ONE_DAY = timedelta(days=1)


def opening(calendar: Calendar, queue: Queue) -> Flags:
    """Whether a queue is open in each interval.

    A night's hours belong to the day they start on. Holidays have their weekday's hours, unless the queue has
    hours of its own for them, or is closed. Where the calendar is cyclic the last night runs into
    the first day; else the night before the first day does.

    Returns
    -------
    (T,) yes and no
    """
    opened = np.zeros(calendar.intervals, dtype=np.bool_)
    before = () if calendar.cyclic else (calendar.days[0] - _ONE_DAY,)
    spans, on_holidays = opening_spans(queue.open), holiday_spans(queue.open)
    for day in (*before, *calendar.days):
        usual = tuple((first, last) for weekday, first, last in spans if weekday == day.weekday())
        other = on_holidays is not None and day in calendar.holidays
        for first, last in (on_holidays or ()) if other else usual:
            opened[_covered(calendar, calendar.at(day, first), calendar.at(day, last))] = True
    return frozen_flags(opened)


def _covered(calendar: Calendar, first: int, last: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Indices of the intervals that lie, wholly or in part, between two instants."""
    low, high = first - int(calendar.epoch[0]), last - int(calendar.epoch[0])
    span = np.arange(low // calendar.interval, -(-high // calendar.interval))
    if calendar.cyclic:
        return span % calendar.intervals
    return span[(span >= 0) & (span < calendar.intervals)]
