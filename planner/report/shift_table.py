"""Seats turned into what people read: patterns as rows, days as columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from planner.arrays import Counts, frozen_counts, require
from planner.plan import Pause, Plan, Seat
from planner.scenario.scenario import CalendarRules


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """The people of one pool.

    patterns : J rows, earliest start first
    days : D local dates
    people : (J, D) people who start the pattern on the day
    """

    pool: str
    patterns: tuple[str, ...]
    days: tuple[date, ...]
    people: Counts

    def __post_init__(self) -> None:
        require(
            self.people.shape == (len(self.patterns), len(self.days)), "a row per pattern, a column per day"
        )

    @property
    def weeks(self) -> tuple[ShiftTable, ...]:
        """The table cut into blocks of seven days, rows without people left out."""
        return tuple(self._part(first, first + 7) for first in range(0, len(self.days), 7))

    def _part(self, first: int, last: int) -> ShiftTable:
        people = self.people[:, first:last]
        used = people.sum(axis=1) > 0
        patterns = tuple(name for name, worked in zip(self.patterns, used, strict=True) if worked)
        return ShiftTable(self.pool, patterns, self.days[first:last], frozen_counts(people[used]))


def shift_tables(plan: Plan, with_breaks: bool = True) -> tuple[ShiftTable, ...]:
    """One table per pool, in the order of the scenario; pools without a seat have no rows.

    with_breaks : false adds up the patterns that differ in their breaks alone
    """
    return tuple(_table(plan, pool, with_breaks) for pool in pools(plan))


def pools(plan: Plan) -> tuple[str, ...]:
    """The plan's pools, in the order of its headcount."""
    listed = [entry.pool for entry in plan.headcount] + [seat.pool for seat in plan.seats]
    return tuple(dict.fromkeys(listed))


def calendar_of(plan: Plan) -> CalendarRules:
    """The calendar the plan was made for."""
    return CalendarRules.model_validate(plan.inputs.scenario["calendar"])


def _table(plan: Plan, pool: str, with_breaks: bool) -> ShiftTable:
    days = _days(plan)
    seats = [seat for seat in plan.seats if seat.pool == pool and seat.people > 0]
    names = _in_order_of_start(seats, with_breaks)
    people = np.zeros((len(names), len(days)), dtype=np.int64)
    for seat in seats:
        day = days.index(datetime.fromisoformat(seat.start).date())
        people[names.index(_name(seat, with_breaks)), day] += seat.people
    return ShiftTable(pool, names, days, frozen_counts(people))


def _days(plan: Plan) -> tuple[date, ...]:
    """The calendar's days, and any other on which a seat starts."""
    calendar = calendar_of(plan)
    planned = {calendar.start + timedelta(days=day) for day in range(calendar.days)}
    worked = {datetime.fromisoformat(seat.start).date() for seat in plan.seats}
    return tuple(sorted(planned | worked))


def _in_order_of_start(seats: list[Seat], with_breaks: bool) -> tuple[str, ...]:
    first: dict[str, tuple[str, str]] = {}
    for seat in seats:
        first.setdefault(_name(seat, with_breaks), (clock(seat.start), clock(seat.end)))
    return tuple(sorted(first, key=lambda name: (first[name], name)))


def _name(seat: Seat, with_breaks: bool) -> str:
    return seat.pattern if with_breaks else f"{clock(seat.start)}-{clock(seat.end)}"


def clock(instant: str) -> str:
    """The wall-clock time of an ISO 8601 instant: `08:30`."""
    return datetime.fromisoformat(instant).strftime("%H:%M")


def breaks_text(breaks: tuple[Pause, ...]) -> str:
    """Breaks on one line: `10:00-10:15 paid; 12:00-13:00 unpaid`, local times."""
    return "; ".join(
        f"{clock(pause.start)}-{clock(pause.end)} {'paid' if pause.paid else 'unpaid'}" for pause in breaks
    )
