"""Days without rows of their own, from a typical week; and promotions over all days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from planner.arrays import Flags
from planner.calendar import Calendar
from planner.errors import Mistake
from planner.forecast.rows import Rows
from planner.forecast.table import Column
from planner.forecast.times import UNREAD
from planner.scenario.clock import hours_span
from planner.scenario.promotions import Promotion

_WEEK = timedelta(days=7)


def from_typical_week(rows: Rows, week: date, calendar: Calendar, opened: Flags) -> Rows:
    """Rows for every day of the calendar: a queue's own, or else those of its weekday in a typical week.

    Rows of the typical week need not lie in the calendar, nor in the window asked for. Where a queue is
    closed on a holiday, rows are left out; so is a time that clocks skip.

    Parameters
    ----------
    week : the typical week's first day
    opened : (T, Q) whether each queue is open
    """
    edges = calendar.at(week, 0), calendar.at(week + _WEEK, 0)
    typical = (rows.epoch != UNREAD) & (rows.queue >= 0) & (rows.epoch >= edges[0]) & (rows.epoch < edges[1])
    if not typical.any():
        problem = f"has no row in the typical week from {week}; change forecast.typical_week"
        return replace(rows, mistakes=(*rows.mistakes, Mistake(rows.table.file, "", problem)))
    here = (rows.epoch >= calendar.epoch[0]) & (rows.epoch < calendar.end)
    kept = np.flatnonzero(~typical | (here & rows.inside))
    copies = list(_copies(rows, np.flatnonzero(typical), calendar, opened))
    source = np.concatenate([kept, np.array([row for row, _ in copies], dtype=np.int64)])
    epoch = np.concatenate([rows.epoch[kept], np.array([start for _, start in copies], dtype=np.int64)])
    inside = np.concatenate([rows.inside[kept], np.ones(len(copies), dtype=np.bool_)])
    return _taken(rows, source, epoch, inside)


def _copies(
    rows: Rows, typical: Sequence[int] | np.ndarray, calendar: Calendar, opened: Flags
) -> Iterator[tuple[int, int]]:
    """Rows of the typical week and the instants for which each stands."""
    own = _own_days(rows, calendar)
    for row in typical:
        local = calendar.local(int(rows.epoch[row]))
        minute, queue = 60 * local.hour + local.minute, int(rows.queue[row])
        for number, day in enumerate(calendar.days):
            if day.weekday() != local.weekday() or (number, queue) in own:
                continue
            start = calendar.at(day, minute)
            at = (start - int(calendar.epoch[0])) // calendar.interval
            shut = day in calendar.holidays and not opened[at, queue]
            if calendar.local(start).time() == local.time() and not shut:
                yield int(row), start


def _own_days(rows: Rows, calendar: Calendar) -> set[tuple[int, int]]:
    """Days of the calendar and queues that have rows of their own."""
    index = (rows.epoch - int(calendar.epoch[0])) // calendar.interval
    here = rows.placed & (index >= 0) & (index < calendar.intervals)
    pairs = zip(calendar.day[index[here]], rows.queue[here], strict=True)
    return {(int(day), int(queue)) for day, queue in pairs}


def _taken(rows: Rows, source: np.ndarray, epoch: np.ndarray, inside: Flags) -> Rows:
    """The rows at these places, some of them several times, at these instants."""
    columns = tuple(Column(column.codes[source], column.values) for column in rows.table.columns)
    return replace(
        rows,
        table=replace(rows.table, columns=columns, row=rows.table.row[source]),
        epoch=epoch,
        queue=rows.queue[source],
        inside=inside,
        contacts=rows.contacts[source],
        handle_time=rows.handle_time[source],
        agents=None if rows.agents is None else rows.agents[source],
    )


def promoted(rows: Rows, promotions: Sequence[Promotion], queues: Sequence[str], calendar: Calendar) -> Rows:
    """(G7)  contacts[t,q] = contacts of the day's rows × the factors of all promotions that hold at t for q

    Where the forecast gives agents, these are multiplied.
    """
    factor = np.ones(rows.epoch.size)
    for promotion in promotions:
        named = promotion.queues or queues
        of = np.isin(rows.queue, [place for place, name in enumerate(queues) if name in named])
        factor[of & _during(promotion, rows, calendar)] *= promotion.factor
    return replace(
        rows,
        contacts=rows.contacts * factor,
        agents=None if rows.agents is None else rows.agents * factor,
    )


def _during(promotion: Promotion, rows: Rows, calendar: Calendar) -> Flags:
    begin, end = hours_span(f"{promotion.from_}-{promotion.to}")
    spans = [(calendar.at(day, begin), calendar.at(day, end)) for day in promotion.dates]
    inside: Flags = np.any([(rows.epoch >= first) & (rows.epoch < last) for first, last in spans], axis=0)
    return inside
