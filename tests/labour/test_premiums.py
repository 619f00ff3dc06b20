"""Hours that are paid better, against counts by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.labour import premium_hours
from planner.shifts import patterns
from tests.labour.people import NIGHT, better_paid, days, pool
from tests.program.enumeration import paid_better

MEAL = {"minutes": 60, "from_hours": 4, "to_hours": 4}
WEEKEND = {"share": 0.5, "days": "sat-sun"}


def shares(*premiums: dict[str, Any], start: str, hours: float, **rules: Any) -> list[float]:
    """Premium hours of one shift on each day of a week that begins on a Monday."""
    return list(map(float, better_paid(pool(start, hours, premiums=premiums, **rules), days())))


def test_a_night_shift_earns_from_ten_in_the_evening_to_six_in_the_morning() -> None:
    # 22:00 to 07:00 holds eight hours of the night.
    assert shares(NIGHT, start="22:00", hours=9) == pytest.approx([8 * 0.3] * 7)


def test_an_unpaid_break_at_night_earns_nothing() -> None:
    assert shares(NIGHT, start="22:00", hours=9, breaks=MEAL) == pytest.approx([7 * 0.3] * 7)


def test_a_paid_break_at_night_earns_like_work() -> None:
    assert shares(NIGHT, start="22:00", hours=9, breaks=MEAL | {"paid": True}) == pytest.approx([8 * 0.3] * 7)


def test_an_unpaid_break_by_day_takes_nothing_from_the_night() -> None:
    # 16:00 to 24:00 with a meal from 20:00 to 21:00: two hours of the night are left.
    assert shares(NIGHT, start="16:00", hours=8, breaks=MEAL) == pytest.approx([2 * 0.3] * 7)


def test_time_is_taken_by_the_minute() -> None:
    # 20:15 to 23:15 holds 65 minutes after 22:10.
    late = {"share": 0.6, "from": "22:10", "to": "05:00"}
    assert shares(late, start="20:15", hours=3) == pytest.approx([65 / 60 * 0.6] * 7)


def test_an_early_shift_on_the_first_day_earns_the_night_that_began_before_the_calendar() -> None:
    assert shares(NIGHT, start="04:00", hours=4) == pytest.approx([2 * 0.3] * 7)


def test_a_weekend_begins_and_ends_at_midnight() -> None:
    # Nights from 22:00 to 06:00: Friday's has six hours on Saturday, Sunday's two hours on Sunday.
    assert shares(WEEKEND, start="22:00", hours=8) == pytest.approx([0, 0, 0, 0, 3, 4, 1])


def test_a_night_of_saturday_ends_on_sunday_morning() -> None:
    saturday = {"share": 1.0, "days": "sat", "from": "22:00", "to": "06:00"}
    assert shares(saturday, start="22:00", hours=8) == pytest.approx([0, 0, 0, 0, 0, 8, 0])
    assert shares(saturday, start="00:00", hours=4) == pytest.approx([0, 0, 0, 0, 0, 0, 4])


def test_a_holiday_is_paid_on_its_dates_alone() -> None:
    holiday = {"share": 2.0, "dates": [date(2026, 3, 4), "2026-04-05"]}
    assert shares(holiday, start="08:00", hours=8) == pytest.approx([0, 0, 16, 0, 0, 0, 0])


def test_overlapping_premiums_add_up() -> None:
    # Saturday night from 22:00 to 06:00 is at night and on a weekend throughout.
    assert shares(NIGHT, WEEKEND, start="22:00", hours=8)[5] == pytest.approx(8 * 0.8)


def test_of_overlapping_premiums_the_highest_may_count() -> None:
    found = shares(NIGHT, WEEKEND, start="22:00", hours=8, overlapping_premiums="highest")
    # Friday: two hours of night, six of weekend. Sunday: two hours of weekend, six of night.
    assert found[4:] == pytest.approx([2 * 0.3 + 6 * 0.5, 8 * 0.5, 2 * 0.5 + 6 * 0.3])


def test_in_a_typical_week_sundays_night_runs_into_its_monday() -> None:
    holiday = {"share": 1.0, "dates": [date(2026, 3, 2)]}
    night = pool("22:00", 8.0, premiums=[holiday])
    assert better_paid(night, days(cyclic=True)).tolist() == pytest.approx([2, 0, 0, 0, 0, 0, 6])
    assert better_paid(night, days()).tolist() == pytest.approx([2, 0, 0, 0, 0, 0, 0])


@pytest.mark.parametrize(("first", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9)])
def test_a_night_on_which_clocks_change_has_the_hours_it_has(first: date, hours: int) -> None:
    # Ten hours from 22:00 reach past 06:00 on either night.
    night = better_paid(pool("22:00", 10.0, premiums=NIGHT), days(1, first, "Europe/Berlin"))
    assert night.tolist() == pytest.approx([hours * 0.3])


def test_no_premium_is_no_hour() -> None:
    assert better_paid(pool(), days()).tolist() == [0.0] * 7


TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
PREMIUMS = st.fixed_dictionaries(
    {
        "share": st.floats(0, 2),
        "from": TIMES,
        "to": TIMES,
        "days": st.sampled_from(["mon-sun", "mon-fri", "sat-sun", "sat", "sun"]),
        "dates": st.lists(st.dates(date(2026, 3, 1), date(2026, 3, 9)), max_size=3),
    }
)


@given(
    premiums=st.lists(PREMIUMS, max_size=3),
    start=TIMES,
    hours=st.integers(5, 12),
    paid=st.booleans(),
    joined=st.sampled_from(["add", "highest"]),
)
def test_premiums_are_those_of_a_clock_that_is_read_every_minute(
    premiums: list[dict[str, Any]], start: str, hours: int, paid: bool, joined: str
) -> None:
    of = pool(start, hours, premiums=premiums, overlapping_premiums=joined, breaks=MEAL | {"paid": paid})
    calendar = days(zone="UTC")
    found = patterns(of, calendar, np.ones(calendar.intervals, dtype=np.bool_))
    expected = [paid_better(of, found, pattern) for pattern in range(found.count)]
    assert premium_hours(of, found, calendar).tolist() == pytest.approx(expected)
