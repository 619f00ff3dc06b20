"""The planned days, cut into intervals on the UTC grid; local days and weeks as indices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from planner.arrays import Counts, frozen_counts, require


@dataclass(frozen=True, slots=True)
class Calendar:
    """The grid of a plan: T half-open intervals of equal length.

    epoch : (T,) seconds since 1970 UTC at which each interval starts
    interval : seconds of one interval
    zone : the time zone people read
    days : D local dates
    day : (T,) index of the local date on which the interval starts
    week : (T,) index of the block of seven days, counted from the first day
    cyclic : whether the last night runs into the first day
    holidays : local dates that are holidays, whether they lie in the calendar or not
    """

    epoch: Counts
    interval: int
    zone: ZoneInfo
    days: tuple[date, ...]
    day: Counts
    week: Counts
    cyclic: bool
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        require(self.epoch.ndim == 1 and self.epoch.size > 0, "a calendar has at least one interval")
        require(self.day.shape == self.epoch.shape == self.week.shape, "day and week name each interval's")
        require(bool(np.all(np.diff(self.epoch) == self.interval)), "intervals follow one another")

    @property
    def intervals(self) -> int:
        """T, how many intervals there are."""
        return int(self.epoch.size)

    @property
    def end(self) -> int:
        """Seconds since 1970 UTC at which the last interval ends."""
        return int(self.epoch[-1]) + self.interval

    @property
    def months(self) -> float:
        """The calendar's length in months: 12 / 365 of its days."""
        return len(self.days) * 12.0 / 365.0

    def at(self, day: date, minutes: float) -> int:
        """Seconds since 1970 UTC of a wall-clock time, minutes after midnight of a local date.

        Minutes past 1440 lie on the days after; a time that a clock change skips is read as if
        the change had not come yet.
        """
        whole_days, minute = divmod(minutes, 1440)
        return local_epoch(day + timedelta(days=int(whole_days)), minute, self.zone)

    def local(self, epoch: int) -> datetime:
        """The wall-clock time of an instant, with its offset."""
        return datetime.fromtimestamp(epoch, UTC).astimezone(self.zone)

    def text(self, epoch: int) -> str:
        """An instant in ISO 8601, local time with offset."""
        return self.local(epoch).isoformat()


def local_epoch(day: date, minutes: float, zone: ZoneInfo) -> int:
    """Seconds since 1970 UTC of so many minutes after midnight on a local date."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return int((midnight + timedelta(minutes=minutes)).timestamp())


def grid(start: date, days: int, interval_minutes: int, zone: ZoneInfo, cyclic: bool = False) -> Calendar:
    """The calendar of so many local days from a date.

    A day on which clocks change has 23 or 25 hours.

    Raises
    ------
    ValueError
        If a clock change leaves a day that intervals of this length do not fill.
    """
    dates = tuple(start + timedelta(days=count) for count in range(days))
    edges = [local_epoch(day, 0, zone) for day in (*dates, start + timedelta(days=days))]
    interval = interval_minutes * 60
    if any((last - first) % interval for first, last in pairwise(edges)):
        raise ValueError(f"a day in {zone.key} is no multiple of {interval_minutes} minutes long")
    epoch = np.arange(edges[0], edges[-1], interval, dtype=np.int64)
    day = np.searchsorted(np.array(edges), epoch, side="right") - 1
    return Calendar(
        frozen_counts(epoch), interval, zone, dates, frozen_counts(day), frozen_counts(day // 7), cyclic
    )
