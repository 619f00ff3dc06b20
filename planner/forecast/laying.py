"""A table laid on the calendar's grid, with everything that does not fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen, frozen_flags
from planner.calendar import Calendar
from planner.errors import Mistake
from planner.forecast.columns import layout_of, row_mistakes
from planner.forecast.forecast import Forecast
from planner.forecast.opening import opening
from planner.forecast.rows import Rows, rows_of
from planner.forecast.table import Table
from planner.forecast.typical import from_typical_week, promoted
from planner.scenario.scenario import ForecastFile, Queue

_LONGEST_STEP = 4 * 3600


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a forecast is read for; None stands for what the scenario does not say rightly.

    rules : how the table is to be read
    calendar : the grid to fill
    queues : the scenario's queues, for their names and opening hours
    """

    rules: ForecastFile
    calendar: Calendar | None
    queues: Mapping[str, Queue | None]

    @property
    def zone(self) -> ZoneInfo:
        """Whose wall clock naive times are read on."""
        return ZoneInfo("UTC") if self.calendar is None else self.calendar.zone


def forecast_of(table: Table, wanted: Wanted) -> tuple[Forecast | None, list[Mistake]]:
    """The forecast that a table holds, or every mistake in it."""
    layout = layout_of(table, wanted.rules)
    if isinstance(layout, list):
        return None, layout
    if table.rows == 0 and not table.ragged:
        return None, [Mistake(table.file, "", "has no row below the names of its columns")]
    rows = rows_of(table, layout, wanted.rules, tuple(wanted.queues), wanted.zone)
    if wanted.calendar is None:
        return None, list(rows.mistakes)
    rows = _by_date(rows, wanted, wanted.calendar)
    if not rows.inside.any():
        ends = f"{wanted.rules.from_ or 'the beginning'} to {wanted.rules.to or 'the end'}"
        return None, [
            Mistake(table.file, "", f"has no row from {ends}; change forecast.from and forecast.to")
        ]
    laying = _Laying(rows, wanted.calendar, wanted.queues)
    mistakes = [*rows.mistakes, *laying.mistakes()]
    return (None, mistakes) if mistakes else (laying.forecast(layout.notes), [])


def _by_date(rows: Rows, wanted: Wanted, calendar: Calendar) -> Rows:
    """The rows with a typical week spread over the calendar's days, and promotions over all of them."""
    rules, queues = wanted.rules, wanted.queues
    if rules.typical_week is not None:
        rows = from_typical_week(rows, rules.typical_week, calendar, _opened(calendar, queues))
    return promoted(rows, rules.promotions, tuple(queues), calendar) if rules.promotions else rows


def _opened(calendar: Calendar, queues: Mapping[str, Queue | None]) -> Flags:
    """(T, Q) whether each queue is open; never, where its hours are not understood."""
    never = np.zeros(calendar.intervals, dtype=np.bool_)
    return np.column_stack(
        [never if queue is None else opening(calendar, queue) for queue in queues.values()]
    )


class _Laying:
    """Rows against a calendar.

    here : rows that are on the grid and in the calendar
    slot : their interval and queue in one number
    first : of those, whether the row is the first of its interval and queue
    """

    def __init__(self, rows: Rows, calendar: Calendar, queues: Mapping[str, Queue | None]) -> None:
        self.rows, self.calendar, self.queues = rows, calendar, queues
        self.names = tuple(queues)
        since = rows.epoch - np.where(rows.placed, calendar.epoch[0], 0)
        index = since // calendar.interval
        self.outside = rows.placed & ((index < 0) | (index >= calendar.intervals))
        self.off = rows.placed & ~self.outside & (since % calendar.interval != 0)
        self.here = np.flatnonzero(rows.placed & ~self.outside & ~self.off)
        self.slot: Counts = rows.queue[self.here] * calendar.intervals + index[self.here]
        self.unique, self.first, self.same = np.unique(self.slot, return_index=True, return_inverse=True)
        self.open = _opened(calendar, queues)

    def mistakes(self) -> Iterator[Mistake]:
        """Everything about the rows together: outside, off the grid, twice, closed, missing."""
        yield from self._outside()
        step = self._other_step()
        if step is not None:
            yield step
            return
        yield from self._off_grid()
        yield from self._twice()
        yield from self._closed()
        yield from self._missing()

    def forecast(self, notes: tuple[str, ...]) -> Forecast:
        """The rows as arrays (T, Q)."""
        rows = self.rows
        return Forecast(
            queues=self.names,
            contacts=self._laid(rows.contacts),
            handle_time=self._laid(rows.handle_time),
            agents=None if rows.agents is None else self._laid(rows.agents),
            open=frozen_flags(self.open),
            ignored_rows=int((~rows.inside).sum()),
            notes=notes,
        )

    def _laid(self, values: Floats) -> Floats:
        grid = np.zeros(len(self.names) * self.calendar.intervals)
        grid[self.slot] = values[self.here]
        return frozen(grid.reshape(len(self.names), self.calendar.intervals).T)

    def _text(self, row: int) -> str:
        return self._time(int(self.rows.epoch[row]))

    def _time(self, epoch: int) -> str:
        return self.calendar.local(epoch).strftime("%Y-%m-%dT%H:%M")

    def _row(self, row: int) -> int:
        return int(self.rows.table.row[row])

    def _name(self, row: int) -> str:
        return self.names[int(self.rows.queue[row])]

    def _outside(self) -> Iterator[Mistake]:
        days = self.calendar.days
        remedy = (
            f"outside the calendar, {days[0]} to {days[-1]}; take a window with forecast.from and forecast.to"
        )
        yield from row_mistakes(
            self.rows.table,
            np.flatnonzero(self.outside),
            lambda row: f"start {self._text(row)} lies {remedy}",
            "outside the calendar",
        )

    def _other_step(self) -> Mistake | None:
        """Rows that lie closer or further apart than the calendar's intervals, told once."""
        step = self._step()
        interval = self.calendar.interval
        if step is None or step == interval:
            return None
        theirs, ours = step // 60, interval // 60
        if step < interval:
            remedy = "add the rows up" + (
                f", or write interval_minutes: {theirs}" if theirs in (15, 30) else ""
            )
        else:
            remedy = "split the rows" + (
                f", or write interval_minutes: {theirs}" if theirs in (30, 60) else ""
            )
        problem = f"rows lie {theirs} minutes apart, the calendar's intervals are {ours} minutes; {remedy}"
        return Mistake(self.rows.table.file, "", problem)

    def _step(self) -> int | None:
        """Seconds that most neighbouring rows lie apart, where no two lie the calendar's interval apart."""
        starts = np.unique(self.rows.epoch[self.rows.placed & ~self.outside])
        apart = np.diff(starts)
        apart = apart[(apart <= _LONGEST_STEP) & (apart % 60 == 0)]
        if apart.size < 2 or (apart == self.calendar.interval).any():
            return None
        steps, counts = np.unique(apart, return_counts=True)
        return int(steps[counts.argmax()]) if counts.max() * 2 > apart.size else None

    def _off_grid(self) -> Iterator[Mistake]:
        minutes = self.calendar.interval // 60
        yield from row_mistakes(
            self.rows.table,
            np.flatnonzero(self.off),
            lambda row: f"start {self._text(row)} lies off the grid of {minutes} minutes from midnight",
            "off the grid",
        )

    def _twice(self) -> Iterator[Mistake]:
        again = np.setdiff1d(np.arange(self.slot.size), self.first)
        original = self.here[self.first[self.same]]
        before = dict(zip(self.here[again].tolist(), original[again].tolist(), strict=True))
        yield from row_mistakes(
            self.rows.table,
            self.here[again],
            lambda row: (
                f"{self._name(row)} {self._text(row)} stands in row {self._row(before[row])} already; "
                "leave one out"
            ),
            "that stand twice",
        )

    def _closed(self) -> Iterator[Mistake]:
        """Volume while the queue is closed, where its opening hours are known."""
        rows = self.rows
        known = np.array([queue is not None for queue in self.queues.values()])
        asked = rows.contacts if rows.agents is None else rows.agents
        opened: Flags = self.open[self.slot % self.calendar.intervals, self.slot // self.calendar.intervals]
        wrong = self.here[~opened & known[rows.queue[self.here]] & (asked[self.here] > 0)]
        what = "contacts" if rows.agents is None else "agents"
        yield from row_mistakes(
            rows.table,
            wrong,
            lambda row: (
                f"{self._name(row)} is closed at {self._text(row)}, so {what} must be 0 "
                f"(got {asked[row]:g}); or widen queues.{self._name(row)}.open"
            ),
            f"with {what} while the queue is closed",
        )

    def _missing(self) -> Iterator[Mistake]:
        present = np.zeros(len(self.names) * self.calendar.intervals, dtype=np.bool_)
        present[self.slot] = True
        lacking = self.open & ~present.reshape(len(self.names), self.calendar.intervals).T
        file = self.rows.table.file
        for column, name in enumerate(self.names):
            gaps = np.flatnonzero(lacking[:, column])
            if not (self.rows.queue == column).any() and self.queues[name] is not None:
                yield Mistake(file, "", f"{name}: has no row; every queue of the scenario needs its rows")
            elif gaps.size:
                first = self._time(int(self.calendar.epoch[gaps[0]]))
                some = "1 interval" if gaps.size == 1 else f"{gaps.size:,} intervals"
                yield Mistake(file, "", f"{name}: {some} missing, first {first}; write 0 contacts for none")
