"""A roster that the user already has: who works when, and what AI takes, read from seats.csv and options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from planner.calendar import Calendar
from planner.errors import InvalidInput, Mistake
from planner.forecast.columns import MOST_LISTED, name_of, number_in
from planner.forecast.reading import bytes_of, table_in
from planner.forecast.table import Column, Table
from planner.forecast.times import moment_of
from planner.plan import Pause, Seat
from planner.problem import Problem
from planner.scenario.clock import hours_span, minute_of_day
from planner.scenario.words import shown, suggestion
from planner.shifts.shape import Pause as Stretch
from planner.shifts.shape import Shape

_NEEDED = ("pool", "start", "end", "people")
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
_KNOWN = (*_NEEDED, "pattern", "breaks")
_MOST_PEOPLE = 1_000_000
_BREAK = re.compile(r"(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s+(paid|unpaid)")
_SAME = 1e-9


def read_roster(path: str | Path, problem: Problem) -> tuple[Seat, ...]:
    """The seats of a roster's file: columns pool, start, end, people, and if it has them pattern and breaks.

    Times are ISO 8601, local where they have no offset. Breaks are local times such as
    `12:00-12:30 unpaid; 15:00-15:15 paid`; times before the shift's start lie on the day after.

    Raises
    ------
    InvalidInput
        With every mistake of the file.
    """
    file = Path(path).name or str(path)
    table = table_in(bytes_of(Path(path), file), file)
    columns = _columns(table)
    shifts = [_Shift(problem, columns, index) for index in range(table.rows)]
    seats = [shift.seat() for shift in shifts]
    wrong = [
        (int(row), found) for row, found in zip(table.row, seats, strict=True) if not isinstance(found, Seat)
    ]
    mistakes = [Mistake(file, f"row {row}", problem) for row, problems in wrong for problem in problems]
    mistakes += [
        Mistake(file, f"row {row}", f"has {cells} cells, row 1 has {len(table.names)}")
        for row, cells in table.ragged
    ]
    if mistakes:
        more = [Mistake(file, "", f"and {len(mistakes) - MOST_LISTED:,} more mistakes")]
        raise InvalidInput(mistakes[:MOST_LISTED] + (more if len(mistakes) > MOST_LISTED else []))
    return tuple(seat for seat in seats if isinstance(seat, Seat))


def parse_shares(options: Sequence[str], problem: Problem) -> dict[str, float]:
    """AI shares such as `presales=0.3`, by queue.

    Raises
    ------
    InvalidInput
        With every option that is no share of a queue that AI may serve.
    """
    shares: dict[str, float] = {}
    mistakes: list[Mistake] = []
    for option in options:
        queue, _, written = option.rpartition("=")
        found = _share(queue.strip(), written.strip(), problem)
        if queue.strip() in shares:
            found = f"{queue.strip()} is given twice; keep one"
        if isinstance(found, str):
            mistakes.append(Mistake("--automation", option, found))
        else:
            shares[queue.strip()] = found
    if mistakes:
        raise InvalidInput(mistakes)
    return shares


def _share(queue: str, written: str, problem: Problem) -> float | str:
    """The share, or what is wrong with it."""
    if not queue:
        return "must be a queue and its share, such as presales=0.3"
    share = number_in(written.removesuffix("%"))
    if share is None and queue in problem.scenario.queues:
        return f"the share must be a number between 0 and 1 (got {written!r})"
    if share is not None and (written.endswith("%") or 1 < share <= 100) and queue in problem.scenario.queues:
        return f"the share must be between 0 and 1 (got {written}; write {queue}={share / 100:g})"
    return share_mistake(queue, share or 0.0, problem) or share or 0.0


def share_mistake(queue: str, share: float, problem: Problem) -> str | None:
    """What is wrong with an AI share of a queue; None if nothing is."""
    if queue not in problem.scenario.queues:
        return f"{queue!r} is no queue ({suggestion(queue, [*problem.scenario.queues])})"
    automation = problem.scenario.queues[queue].automation
    intents = automation.intents if automation is not None else ()
    most = sum(intent.share for intent in intents if intent.automatable)
    if share < 0:
        return f"must be at least 0 (got {share:g})"
    if share > most + _SAME:
        allowed = (
            f"at most {most:g}, the share of its intents that AI may take" if most else "0, it has no AI"
        )
        return f"the share must be {allowed} (got {share:g})"
    return None


def _columns(table: Table) -> dict[str, Column]:
    """The columns by our names.

    Raises
    ------
    InvalidInput
        If one is missing or stands twice, or there is no row.
    """
    names = [name.casefold() for name in table.names]
    has = f"it has {', '.join(table.names[:20])}"
    problems = [f"has no column {name} ({has})" for name in _NEEDED if name not in names]
    problems += [f"has the column {name} twice; keep one" for name in _KNOWN if names.count(name) > 1]
    if not problems and table.rows == 0 and not table.ragged:
        problems = ["has no row below the names of its columns"]
    if problems:
        raise InvalidInput([Mistake(table.file, "", problem) for problem in problems])
    return {name: table.columns[names.index(name)] for name in _KNOWN if name in names}


@dataclass(frozen=True, slots=True)
class _Shift:
    """One row of a roster."""

    problem: Problem
    columns: dict[str, Column]
    index: int

    def seat(self) -> Seat | list[str]:
        """The seat, or everything that is wrong with the row."""
        pool, people = unguarded(name_of(self._cell("pool") or "")), self._people()
        ends = [self._instant("start"), self._instant("end")]
        problems = [
            *self._pool_problems(pool),
            *(found for found in (people, *ends) if isinstance(found, str)),
        ]
        first, last = (end for end in ends) if not problems else (None, None)
        if not isinstance(first, int) or not isinstance(last, int) or not isinstance(people, int):
            return problems
        problems = list(self._span_problems(first, last))
        breaks = [] if problems else self._breaks(first, last)
        if problems or isinstance(breaks, str):
            return problems or [str(breaks)]
        calendar = self.problem.calendar
        return Seat(
            pool=pool,
            pattern=unguarded(str(self._cell("pattern") or ""))
            or str(_pattern(calendar, first, last, breaks)),
            start=calendar.text(first),
            end=calendar.text(last),
            breaks=tuple(
                Pause(start=calendar.text(a), end=calendar.text(b), paid=paid) for a, b, paid in breaks
            ),
            people=people,
        )

    def _cell(self, name: str) -> object:
        column = self.columns.get(name)
        code = int(column.codes[self.index]) if column is not None else -1
        return column.values[code] if column is not None and code >= 0 else None

    def _pool_problems(self, pool: str) -> Iterator[str]:
        known = [*self.problem.scenario.pools]
        if pool not in known:
            yield f"pool is none of the scenario (got {pool!r}; {suggestion(pool, known)})"

    def _people(self) -> int | str:
        given = self._cell("people")
        people = number_in(given)
        if people is None or people != int(people) or not 0 <= people <= _MOST_PEOPLE:
            return f"people must be a whole number of at least 0 (got {shown(given)})"
        return int(people)

    def _instant(self, name: str) -> int | str:
        moment = moment_of(self._cell(name), self.problem.calendar.zone)
        return f"{name} {moment}" if isinstance(moment, str) else moment.first

    def _span_problems(self, first: int, last: int) -> Iterator[str]:
        calendar = self.problem.calendar
        if not 0 < last - first <= 86400:
            yield f"end must come after start, by at most 24 hours (got {self._cell('end')})"
        if not calendar.epoch[0] <= first < calendar.end:
            days = f"{calendar.days[0]} to {calendar.days[-1]}"
            yield f"start must lie in the calendar, {days} (got {self._cell('start')})"

    def _breaks(self, first: int, last: int) -> list[tuple[int, int, bool]] | str:
        """Start, end and whether paid of every break, in order; or what is wrong with one."""
        found: list[tuple[int, int, bool]] = []
        parts = [part.strip() for part in str(self._cell("breaks") or "").split(";")]
        for part in filter(None, parts):
            read = _BREAK.fullmatch(part)
            if read is None:
                return f"breaks must be written as 12:00-12:30 unpaid; 15:00-15:15 paid (got {part!r})"
            try:
                minutes = hours_span(f"{read[1]}-{read[2]}")
            except ValueError as failure:
                return f"breaks {failure}"
            start, end = self._within(first, minutes)
            if not first <= start < end <= last:
                return f"the break {part!r} must lie inside the shift"
            found.append((start, end, read[3] == "paid"))
        found.sort()
        if any(before[1] > after[0] for before, after in pairwise(found)):
            return f"breaks must not overlap (got {self._cell('breaks')!r})"
        return found

    def _within(self, first: int, minutes: tuple[int, int]) -> tuple[int, int]:
        """Instants of wall-clock minutes, on the shift's day or, where that is before its start, the next."""
        calendar = self.problem.calendar
        day = calendar.local(first).date()
        if calendar.at(day, minutes[0]) < first:
            day += timedelta(days=1)
        return calendar.at(day, minutes[0]), calendar.at(day, minutes[1])


def unguarded(name: str) -> str:
    """The name without the apostrophe that seats.csv puts before what a spreadsheet takes for a formula."""
    return name[1:] if name[:1] == "'" and name[1:2] in _GUARDED else name


def _pattern(calendar: Calendar, first: int, last: int, breaks: list[tuple[int, int, bool]]) -> str:
    """The id that our own patterns of the same start, length and breaks have."""
    at = minute_of_day(f"{calendar.local(first):%H:%M}")

    def minute(instant: int) -> int:
        return at + (instant - first) // 60

    return Shape(at, minute(last), tuple(Stretch(minute(a), minute(b), paid) for a, b, paid in breaks)).name
