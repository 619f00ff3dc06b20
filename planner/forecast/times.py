"""Times in a table's cells as instants: ISO 8601, local where no offset is given."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from planner.arrays import Counts
from planner.forecast.table import Column
from planner.scenario.words import shown

UNREAD = np.iinfo(np.int64).min
"""Stands in an array of instants where a cell holds no time; never leaves this room."""

_PLAIN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?)?")
_YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant; for a local time that comes twice, the instants of both passes."""

    first: int
    second: int


def written_time(value: object) -> datetime | None:
    """The time that a cell holds, with its offset if it has one; None if it holds none."""
    if isinstance(value, datetime):
        # Excel keeps times as fractions of a day, a few microseconds off
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if isinstance(value, date):
        return _midnight(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    plain = _PLAIN.fullmatch(text)
    try:
        if plain:
            year, month, day, hour, minute, second = (int(part or 0) for part in plain.groups())
            return _midnight(date(year, month, day)).replace(hour=hour, minute=minute, second=second)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def moment_of(value: object, zone: ZoneInfo) -> Moment | str:
    """The instant that a cell holds, or what is wrong with it."""
    read = written_time(value)
    if read is None:
        return f"must be a time such as 2026-03-02T08:00 (got {shown(value)})"
    if read.year not in _YEARS:
        return f"must lie between 1970 and 2199 (got {shown(value)})"
    if read.tzinfo is not None:
        return Moment(int(read.timestamp()), int(read.timestamp()))
    passes = [int(read.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)]
    if datetime.fromtimestamp(passes[0], UTC).astimezone(zone).replace(tzinfo=None) != read:
        return (
            f"does not exist in {zone.key}: clocks go forward over {read:%Y-%m-%d %H:%M}; leave the row out"
        )
    return Moment(*passes)


def instants(column: Column, queue: Counts, zone: ZoneInfo) -> tuple[Counts, dict[int, str]]:
    """When each row starts.

    The hour that clocks repeat comes twice per queue: its first row is the first pass, its second the second.

    Returns
    -------
    (N,) seconds since 1970 UTC, UNREAD where a cell holds no time; problems by index of the distinct value
    """
    distinct = np.full(len(column.values) + 1, UNREAD, dtype=np.int64)
    second: dict[int, int] = {}
    problems: dict[int, str] = {}
    for index, value in enumerate(column.values):
        moment = moment_of(value, zone)
        if isinstance(moment, str):
            problems[index] = moment
            continue
        distinct[index] = moment.first
        if moment.second != moment.first:
            second[index] = moment.second
    epoch = distinct[column.codes]
    seen: dict[tuple[int, int], int] = defaultdict(int)
    for row in np.flatnonzero(np.isin(column.codes, list(second))) if second else ():
        key = (int(column.codes[row]), int(queue[row]))
        if seen[key]:
            epoch[row] = second[key[0]]
        seen[key] += 1
    return epoch, problems


def boundary(moment: date | None, zone: ZoneInfo) -> int | None:
    """The instant of a date's midnight or of a time; local where no offset is given."""
    if moment is None:
        return None
    edge = moment if isinstance(moment, datetime) else _midnight(moment)
    return int((edge if edge.tzinfo else edge.replace(tzinfo=zone)).timestamp())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)
