"""A pool's patterns on the days of the calendar, and the part of every interval they work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from planner.arrays import Counts, Flags, Floats, frozen, frozen_counts, require
from planner.calendar import Calendar
from planner.scenario.pools import Pool
from planner.shifts.shape import Shape, shapes, start_days


@dataclass(frozen=True, slots=True)
class Patterns:
    """J patterns of one pool, each on one day.

    shapes : the S distinct shapes
    shape : (J,) index of each pattern's shape
    day : (J,) index of the local day it starts on
    start, end : (J,) seconds since 1970 UTC
    paid_hours : (J,) hours
    minimum_people : (J,) people, where it is used at all
    work : (T, J) sparse, share of the interval worked
    by_interval : the same, stored interval by interval
    at_starts : (S, J) sparse, 1 where a pattern's shift is going on at one of the S moments at which shifts
        start; the number of people at work rises at no other moment
    """

    shapes: tuple[Shape, ...]
    shape: Counts
    day: Counts
    start: Counts
    end: Counts
    paid_hours: Floats
    minimum_people: Counts
    work: sparse.csc_array
    at_starts: sparse.csr_array
    by_interval: sparse.csr_array = field(init=False)

    def __post_init__(self) -> None:
        count = self.shape.shape
        require(self.day.shape == count == self.start.shape == self.end.shape, "an entry per pattern")
        require(self.work.shape[1] == count[0], "work has a column per pattern")
        object.__setattr__(self, "by_interval", self.work.tocsr())

    @property
    def count(self) -> int:
        """J, how many patterns there are."""
        return int(self.shape.size)


def patterns(pool: Pool, calendar: Calendar, open_: Flags) -> Patterns:
    """Every pattern the pool's rules allow on every day.

    Parameters
    ----------
    pool : the pool and its shift rules
    calendar : the grid
    open_ : (T,) whether any queue the pool serves is open; a shift reaching outside is left out,
        unless its rule says otherwise
    """
    chosen: dict[tuple[str, int], tuple[Shape, int, int]] = {}
    for shape, day, minimum, anywhere in _candidates(pool, calendar):
        inside = anywhere or bool(open_[_span(shape, day, calendar)].all())
        if inside and (shape.name, day) not in chosen:
            chosen[shape.name, day] = (shape, day, minimum)
    return placed(list(chosen.values()), calendar)


def _candidates(pool: Pool, calendar: Calendar) -> Iterator[tuple[Shape, int, int, bool]]:
    for rule in pool.shifts:
        allowed, days = shapes(rule), start_days(rule)
        for day, date in enumerate(calendar.days):
            if date.weekday() in days:
                for shape in allowed:
                    yield shape, day, rule.minimum_people, rule.outside_opening_hours


def placed(chosen: list[tuple[Shape, int, int]], calendar: Calendar) -> Patterns:
    """Shapes on days of the calendar, each with its least number of people, as patterns."""
    distinct = {shape.name: shape for shape, _, _ in chosen}
    number = {name: index for index, name in enumerate(distinct)}
    start = [calendar.at(calendar.days[day], shape.start) for shape, day, _ in chosen]
    length = [60 * (shape.end - shape.start) for shape, _, _ in chosen]
    end = np.array(start, dtype=np.int64) + np.array(length, dtype=np.int64)
    return Patterns(
        shapes=tuple(distinct.values()),
        shape=frozen_counts([number[shape.name] for shape, _, _ in chosen]),
        day=frozen_counts([day for _, day, _ in chosen]),
        start=frozen_counts(start),
        end=frozen_counts(end),
        paid_hours=frozen([shape.paid_hours for shape, _, _ in chosen]),
        minimum_people=frozen_counts([minimum for _, _, minimum in chosen]),
        work=_work([(shape, first) for (shape, _, _), first in zip(chosen, start, strict=True)], calendar),
        at_starts=_at_starts(np.array(start, dtype=np.int64), end, calendar),
    )


def _at_starts(start: Counts, end: Counts, calendar: Calendar) -> sparse.csr_array:
    """Who is at work whenever a shift starts."""
    return sparse.csr_array(at_work(start, end, np.unique(start), calendar).astype(np.float64))


def at_work(start: Counts, end: Counts, moments: Counts, calendar: Calendar) -> Flags:
    """(M, J) whether shifts from `start` to `end` (J,) are at work at M moments; a cyclic calendar wraps."""
    at = moments[:, None]
    present = (start <= at) & (at < end)
    if calendar.cyclic:
        span = calendar.end - int(calendar.epoch[0])
        present |= (start - span <= at) & (at < end - span)
    return np.asarray(present)


def _span(shape: Shape, day: int, calendar: Calendar) -> Counts:
    """Indices of the intervals between a shape's start and end; what lies past the end is left out."""
    first = calendar.at(calendar.days[day], shape.start)
    return overlaps(first, first + 60 * (shape.end - shape.start), calendar)[0]


def _work(placed: list[tuple[Shape, int]], calendar: Calendar) -> sparse.csc_array:
    rows, columns, values = [], [], []
    for column, (shape, first) in enumerate(placed):
        for begin, end in shape.stretches():
            offset = first - 60 * shape.start
            at, part = overlaps(offset + 60 * begin, offset + 60 * end, calendar)
            rows.append(at)
            columns.append(np.full(at.size, column))
            values.append(part)
    shape_ = (calendar.intervals, len(placed))
    if not rows:
        return sparse.csc_array(shape_)
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.csc_array(sparse.coo_array(entries, shape=shape_))


def overlaps(begin: int, end: int, calendar: Calendar) -> tuple[Counts, Floats]:
    """Intervals that [begin, end) touches, and the share of each it fills.

    Instants are seconds since 1970 UTC. Past the calendar's end a cyclic calendar starts again;
    otherwise cover ends with it.
    """
    first = (begin - int(calendar.epoch[0])) / calendar.interval
    last = (end - int(calendar.epoch[0])) / calendar.interval
    at = np.arange(int(np.floor(first)), int(np.ceil(last)), dtype=np.int64)
    part = np.minimum(at + 1, last) - np.maximum(at, first)
    if calendar.cyclic:
        return at % calendar.intervals, part
    inside = (at >= 0) & (at < calendar.intervals)
    return at[inside], part[inside]
