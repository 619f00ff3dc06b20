"""When the rows of a history happened, on the wall clock of the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from planner.arrays import Counts, Flags
from planner.errors import InvalidInput, Mistake
from planner.forecast.columns import row_mistakes
from planner.forecast.table import Column, Table
from planner.forecast.times import UNREAD, instants, written_time

DAY = 86400
_EPOCH = datetime(1970, 1, 1).toordinal()  # noqa: DTZ001 - a date, in no zone


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for, on the wall clock; None where there is no end.

    since, until : seconds since 1970, half-open
    zone : whose wall clock, None for times as they are written
    """

    since: int | None = None
    until: int | None = None
    zone: ZoneInfo | None = None

    def holds(self, wall: Counts) -> Flags:
        """(N,) whether a time lies in the window."""
        inside = np.ones(wall.size, dtype=np.bool_)
        if self.since is not None:
            inside &= wall >= self.since
        if self.until is not None:
            inside &= wall < self.until
        return inside


@dataclass(frozen=True, slots=True)
class Moments:
    """When each row happened.

    epoch : (N,) seconds since 1970 UTC, UNREAD where a cell holds no time
    ahead : (N,) seconds by which the wall clock is ahead of UTC
    """

    epoch: Counts
    ahead: Counts

    @property
    def wall(self) -> Counts:
        """(N,) seconds since 1970 on the wall clock."""
        return self.epoch + self.ahead

    @property
    def day(self) -> Counts:
        """(N,) ordinal of the local date."""
        return self.wall // DAY + _EPOCH

    @property
    def second(self) -> Counts:
        """(N,) local seconds since midnight."""
        return self.wall % DAY


def window(since: str | None, until: str | None, zone: str | None) -> Window:
    """The window that options ask for.

    Raises
    ------
    InvalidInput
        With every option that is wrong.
    """
    mistakes: list[Mistake] = []
    ends = [_end(option, text, mistakes) for option, text in (("--from", since), ("--to", until))]
    found = None
    try:
        found = None if zone is None else ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        mistakes.append(Mistake("--time-zone", "", f"must be a zone such as Asia/Shanghai (got {zone!r})"))
    if None not in ends and ends[0] >= ends[1]:  # type: ignore[operator]  # both are there
        mistakes.append(Mistake("--to", "", f"must lie after --from (got {since} and {until})"))
    if mistakes:
        raise InvalidInput(mistakes)
    return Window(ends[0], ends[1], found)


def moments(column: Column, queue: Counts, zone: ZoneInfo | None) -> tuple[Moments, dict[int, str]]:
    """When each row happened, and what is wrong with times by index of the distinct value."""
    epoch, problems = instants(column, queue, zone or ZoneInfo("UTC"))
    return Moments(epoch, _written(column) if zone is None else _in_zone(epoch, zone)), problems


def time_mistakes(
    table: Table, column: Column, found: Moments, problems: dict[int, str]
) -> Iterator[Mistake]:
    """A line for each row without a time."""
    empty = "start is empty; write a time such as 2026-03-02T08:00"
    yield from row_mistakes(
        table,
        np.flatnonzero(found.epoch == UNREAD),
        lambda row: f"start {problems[code]}" if (code := int(column.codes[row])) >= 0 else empty,
        "without a start that can be read",
    )


def _end(option: str, text: str | None, mistakes: list[Mistake]) -> int | None:
    if text is None:
        return None
    moment = written_time(text)
    if moment is None or moment.tzinfo is not None or not 1970 <= moment.year < 2200:
        example = "a local date or time such as 2026-03-02 or 2026-03-02T08:00"
        mistakes.append(Mistake(option, "", f"must be {example} (got {text!r})"))
        return None
    return int(moment.replace(tzinfo=UTC).timestamp())


def _written(column: Column) -> Counts:
    """Seconds ahead of UTC that the cells themselves say, 0 where they say nothing."""
    ahead = np.zeros(len(column.values) + 1, dtype=np.int64)
    for index, value in enumerate(column.values):
        moment = written_time(value)
        offset = None if moment is None else moment.utcoffset()
        ahead[index] = 0 if offset is None else int(offset.total_seconds())
    return ahead[column.codes]


def _in_zone(epoch: Counts, zone: ZoneInfo) -> Counts:
    """Seconds that a zone is ahead of UTC; it changes on quarter hours only."""
    quarters, where = np.unique(epoch // 900, return_inverse=True)
    ahead = [_ahead(int(quarter) * 900, zone) for quarter in quarters]
    return np.array(ahead, dtype=np.int64)[where]


def _ahead(epoch: int, zone: ZoneInfo) -> int:
    if epoch < 0:
        return 0
    offset = datetime.fromtimestamp(epoch, UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
