"""A pool's shifts on the days of a calendar, and the part of every interval they work."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.arrays import Floats
from planner.calendar import Calendar, grid
from planner.scenario.pools import Pool
from planner.shifts import Patterns, patterns
from planner.shifts.patterns import overlaps

MONDAY = date(2026, 3, 2)
UTC = ZoneInfo("UTC")
BERLIN = ZoneInfo("Europe/Berlin")


def pool(*rules: dict[str, Any]) -> Pool:
    pay = {"by": "hour", "wage": 20.0}
    return Pool.model_validate({"kind": "remote", "queues": "calls", "pay": pay, "shifts": rules})


def rule(starts: str | list[str], lengths: float, **given: Any) -> dict[str, Any]:
    return {"starts": starts, "lengths_hours": lengths, **given}


def allowed(
    calendar: Calendar, *rules: dict[str, Any], open_: np.ndarray[Any, Any] | None = None
) -> Patterns:
    opened = np.ones(calendar.intervals, dtype=np.bool_) if open_ is None else open_
    return patterns(pool(*rules), calendar, opened)


def worked(found: Patterns, pattern: int = 0) -> Floats:
    """(T,) share of every interval that a pattern works."""
    return np.asarray(found.work.toarray()[:, pattern])


def names(found: Patterns) -> list[str]:
    return [found.shapes[number].name for number in found.shape]


def test_a_shift_fills_the_intervals_from_its_start_to_its_end() -> None:
    found = allowed(grid(MONDAY, 1, 60, UTC), rule("08:00", 3.0))
    assert np.flatnonzero(worked(found)).tolist() == [8, 9, 10]
    assert worked(found).sum() == 3.0


def test_a_break_of_a_quarter_takes_half_of_a_half_hour() -> None:
    pause = {"minutes": 15, "from_hours": 1.0, "to_hours": 1.0}
    found = allowed(grid(MONDAY, 1, 30, UTC), rule("08:00", 2.0, breaks=pause))
    assert worked(found)[16:20].tolist() == [1.0, 1.0, 0.5, 1.0]


def test_a_shift_that_starts_off_the_grid_works_part_of_its_first_and_last_interval() -> None:
    found = allowed(grid(MONDAY, 1, 60, UTC), rule("08:15", 2.0))
    assert worked(found)[8:11].tolist() == [0.75, 1.0, 0.25]


def test_shifts_start_on_their_days_alone() -> None:
    found = allowed(grid(MONDAY, 7, 60, UTC), rule("08:00", 8.0, days="sat-sun"))
    assert found.day.tolist() == [5, 6]


def test_a_pattern_keeps_its_id_whatever_the_day() -> None:
    found = allowed(grid(MONDAY, 3, 60, UTC), rule("08:00", 8.0), rule("22:00", 8.0, days="mon"))
    assert names(found) == ["08:00-16:00", "08:00-16:00", "08:00-16:00", "22:00-06:00"]
    assert found.shape.tolist() == [0, 0, 0, 1]
    assert found.day.tolist() == [0, 1, 2, 0]


def test_two_rules_that_allow_the_same_shift_give_it_once() -> None:
    found = allowed(grid(MONDAY, 1, 60, UTC), rule(["08:00", "09:00"], 8.0), rule("09:00", 8.0))
    assert names(found) == ["08:00-16:00", "09:00-17:00"]


def test_a_night_shift_works_into_the_next_day() -> None:
    found = allowed(grid(MONDAY, 2, 60, UTC), rule("22:00", 8.0, days="mon"))
    assert np.flatnonzero(worked(found)).tolist() == list(range(22, 30))


def test_the_last_night_of_a_cyclic_calendar_runs_into_the_first_day() -> None:
    found = allowed(grid(MONDAY, 1, 60, UTC, cyclic=True), rule("22:00", 8.0))
    assert np.flatnonzero(worked(found)).tolist() == [0, 1, 2, 3, 4, 5, 22, 23]
    assert found.paid_hours.tolist() == [8.0]


def test_otherwise_cover_ends_with_the_calendar_and_the_shift_is_paid_in_full() -> None:
    found = allowed(grid(MONDAY, 1, 60, UTC), rule("22:00", 8.0))
    assert np.flatnonzero(worked(found)).tolist() == [22, 23]
    assert found.paid_hours.tolist() == [8.0]


@pytest.mark.parametrize("day, last_hour", [(date(2026, 3, 28), "07:00"), (date(2026, 10, 24), "05:00")])
def test_a_night_of_changing_clocks_keeps_its_hours(day: date, last_hour: str) -> None:
    calendar = grid(day, 2, 60, BERLIN)
    found = allowed(calendar, rule("22:00", 8.0, days="sat"))
    assert worked(found).sum() == 8.0
    assert calendar.text(int(found.end[0]))[11:16] == last_hour
    assert found.paid_hours.tolist() == [8.0]


@pytest.mark.parametrize("day, hours", [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_shift_after_the_change_starts_by_the_new_clock(day: date, hours: int) -> None:
    calendar = grid(day, 1, 60, BERLIN)
    found = allowed(calendar, rule("08:00", 2.0))
    assert calendar.intervals == hours
    assert calendar.text(int(found.start[0]))[11:16] == "08:00"
    assert np.flatnonzero(worked(found)).tolist() == [hours - 16, hours - 15]


def opened(calendar: Calendar, first: int, last: int) -> np.ndarray[Any, Any]:
    hour = np.arange(calendar.intervals) % 24
    return np.asarray((hour >= first) & (hour < last))


def test_shifts_that_reach_outside_the_opening_hours_are_left_out() -> None:
    calendar = grid(MONDAY, 1, 60, UTC)
    found = allowed(calendar, rule(["07:00", "08:00", "12:00", "13:00"], 8.0), open_=opened(calendar, 8, 20))
    assert names(found) == ["08:00-16:00", "12:00-20:00"]


def test_a_rule_may_let_its_shifts_reach_outside() -> None:
    calendar = grid(MONDAY, 1, 60, UTC)
    early = rule("07:00", 8.0, outside_opening_hours=True)
    assert names(allowed(calendar, early, open_=opened(calendar, 8, 20))) == ["07:00-15:00"]


def test_a_least_number_of_people_stands_with_every_pattern_of_its_rule() -> None:
    found = allowed(grid(MONDAY, 2, 60, UTC), rule("08:00", 8.0, minimum_people=3), rule("09:00", 8.0))
    assert found.minimum_people.tolist() == [3, 3, 1, 1]


@given(st.integers(0, 23), st.sampled_from([2.5, 8.0, 11.25]), st.sampled_from([15, 30, 60]), st.booleans())
def test_hours_worked_are_the_length_less_the_break(
    hour: int, length: float, interval: int, cyclic: bool
) -> None:
    pause = {"minutes": 20, "from_hours": 1.0, "to_hours": 1.0}
    calendar = grid(MONDAY, 3, interval, UTC, cyclic)
    found = allowed(calendar, rule(f"{hour:02d}:10", length, breaks=pause, days="mon"))
    assert worked(found).sum() * interval / 60 == pytest.approx(length - 1 / 3)
    assert worked(found).max() <= 1.0 + 1e-12


def test_a_stretch_within_one_interval_fills_its_share() -> None:
    calendar = grid(MONDAY, 1, 60, UTC)
    begin = int(calendar.epoch[5])
    at, part = overlaps(begin + 600, begin + 1500, calendar)
    assert (at.tolist(), part.tolist()) == ([5], [0.25])
