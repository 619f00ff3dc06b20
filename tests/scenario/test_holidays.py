"""Public holidays: which dates they are, when a queue is open on them, what people earn, what is told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

import planner
from planner.inputs import problem_of
from planner.labour import premium_hours
from planner.plan import Plan
from planner.scenario.holidays import public_holidays
from planner.scenario.scenario import CalendarRules
from planner.shifts import patterns
from tests.labour.people import better_paid, days, pool
from tests.scenario.samples import changed, mistakes

JULY = {"start": "2003-06-30", "days": 7, "interval_minutes": 60}
REMEDY = "write calendar.country, such as US, or the dates in calendar.holidays"


def calendar(**rules: Any) -> CalendarRules:
    return CalendarRules.model_validate(JULY | rules)


@pytest.mark.parametrize(
    ("code", "start", "count", "found"),
    [
        # Independence Day 2003 was a Friday; Germany has 3 October; Bavaria has Epiphany, Berlin not.
        ("US", date(2003, 6, 30), 7, [date(2003, 7, 4)]),
        ("DE", date(2026, 10, 1), 5, [date(2026, 10, 3)]),
        ("DE-BY", date(2026, 1, 5), 3, [date(2026, 1, 6)]),
        ("DE-BE", date(2026, 1, 5), 3, []),
        ("CN", date(2026, 10, 1), 2, [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)]),
        ("US", date(2026, 12, 31), 1, [date(2027, 1, 1)]),
    ],
)
def test_holidays_are_those_of_the_almanac_and_of_the_days_beside(
    code: str, start: date, count: int, found: list[date]
) -> None:
    assert list(public_holidays(code, start, count)) == found


def test_a_calendar_knows_its_countrys_holidays_unless_it_names_its_own() -> None:
    assert calendar(country="US").holidays == (date(2003, 7, 4),)
    assert calendar(country="US", holidays=[]).holidays == ()
    assert calendar(country="US", holidays="2003-07-02").holidays == (date(2003, 7, 2),)
    assert calendar(holidays=["2003-07-02"]).holidays == (date(2003, 7, 2),)
    assert calendar().holidays is None


def week(hours: Any, **rules: Any) -> dict[str, Any]:
    """The bank's week of Independence Day, a queue open as said."""
    return {
        "name": "week",
        "currency": "USD",
        "calendar": JULY | rules,
        "queues": {"calls": {"patience_seconds": 120, "open": hours, "service": {"answer_rate": 0.9}}},
        "pools": {
            "own": {
                "kind": "in_house",
                "queues": "calls",
                "pay": {"by": "hour", "wage": 20},
                "premiums": {"share": 1.0, "holidays": True},
                "shifts": {"starts": ["08:00", "10:00"], "lengths_hours": [2, 4]},
            }
        },
    }


def rows(hours: dict[int, range]) -> list[dict[str, Any]]:
    """Twelve calls in every open hour, by day of the week of 30 June."""
    return [
        {
            "start": f"{day:%Y-%m-%d}T{hour:02}:00",
            "queue": "calls",
            "contacts": 12,
            "handle_time_seconds": 240,
        }
        for number, span in hours.items()
        for hour in span
        for day in [date.fromordinal(date(2003, 6, 30).toordinal() + number)]
    ]


MORNING, SHORT = range(8, 12), range(8, 10)


@pytest.mark.parametrize(
    ("on_holidays", "friday"),
    [({"holidays": "closed"}, range(0)), ({"holidays": "08:00-10:00"}, SHORT), ({}, MORNING)],
)
def test_a_holiday_is_closed_or_has_hours_of_its_own_or_is_a_day_like_any(
    on_holidays: dict[str, str], friday: range
) -> None:
    hours = dict.fromkeys(range(4), MORNING) | {4: friday}
    found = planner.problem_from(week({"mon-fri": "08:00-12:00"} | on_holidays, country="US"), rows(hours))
    opened = found.forecast.open[:, 0].reshape(7, 24)
    assert [int(day.sum()) for day in opened] == [4, 4, 4, 4, len(friday), 0, 0]


def test_a_night_that_begins_on_a_holiday_has_the_holidays_hours() -> None:
    night = {"mon-sun": "22:00-02:00", "holidays": "23:00-01:00"}
    found = planner.problem_from(
        week(night, country="US"),
        [
            {"start": f"2003-{month:02}-{day:02}T{hour:02}:00", "queue": "calls", "contacts": 0}
            | {"handle_time_seconds": 240}
            for month, day, hour in _night_hours()
        ],
    )
    opened = found.forecast.open[:, 0].reshape(7, 24)
    assert [hour for hour in range(24) if opened[4, hour]] == [0, 1, 23]
    assert [hour for hour in range(24) if opened[5, hour]] == [0, 22, 23]


def _night_hours() -> list[tuple[int, int, int]]:
    spans = {30: (6, 30)} | {day: (7, day) for day in range(1, 7)}
    usual = [(*where, hour) for where in spans.values() for hour in (0, 1, 22, 23)]
    return [each for each in usual if each not in ((7, 4, 22), (7, 5, 1))]


def test_a_premium_on_holidays_is_one_on_their_dates() -> None:
    first = date(2003, 6, 30)
    named = pool(premiums={"share": 0.5, "dates": "2003-07-04"})
    known = pool(premiums={"share": 0.5, "holidays": True})
    both = pool(premiums={"share": 0.5, "holidays": True, "dates": "2003-07-01"})
    plain = days(first=first)
    with_holiday = replace(plain, holidays=frozenset([date(2003, 7, 4)]))
    opened = np.ones(plain.intervals, dtype=np.bool_)

    def earned(of: Any) -> list[float]:
        return [*premium_hours(of, patterns(of, with_holiday, opened), with_holiday)]

    assert earned(known) == [*better_paid(named, plain)] == [0, 0, 0, 0, 4, 0, 0]
    assert earned(both) == [0, 4, 0, 0, 4, 0, 0]


def test_a_plan_on_a_holiday_pays_the_premium_and_carries_its_dates(tmp_path: Any) -> None:
    """Five equal days, of which one is paid double: a fifth of the wages once more."""
    hours = dict.fromkeys(range(5), MORNING)
    made = planner.make_plan(
        planner.problem_from(week({"mon-fri": "08:00-12:00"}, country="US"), rows(hours))
    )
    costs = {line.item: line.amount for line in made.costs}
    worked = sum(seat.people for seat in made.seats if seat.start.startswith("2003-07-04"))
    assert worked > 0
    assert 0 < costs["premiums"] <= costs["wages"] / 5 + 20 * 8

    again = Plan.model_validate_json(made.to_json())

    assert again.inputs.scenario["calendar"]["holidays"] == ["2003-07-04"]
    assert problem_of(again).calendar.holidays == frozenset([date(2003, 7, 4)])
    json.loads(made.to_json())


def test_a_closed_holiday_costs_nobody() -> None:
    hours = dict.fromkeys(range(4), MORNING)
    closed = week({"mon-fri": "08:00-12:00", "holidays": "closed"}, country="US")
    made = planner.make_plan(planner.problem_from(closed, rows(hours)))
    assert not [seat for seat in made.seats if seat.start.startswith("2003-07-04")]
    assert "premiums" not in {line.item for line in made.costs}


def test_contacts_on_a_closed_holiday_are_told() -> None:
    closed = week({"mon-fri": "08:00-12:00", "holidays": "closed"}, country="US")
    said = mistakes(closed, rows(dict.fromkeys(range(5), MORNING)))
    assert said[0].startswith("forecast: row 17: calls is closed at 2003-07-04T08:00, so contacts must be 0")


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (
            "calendar/country",
            "XX",
            "calendar.country: must be a country's code of two letters, such as CN, US or DE-BY (got 'XX')",
        ),
        (
            "calendar/country",
            "DE-XX",
            "calendar.country: must name a part of DE that is known (got 'DE-XX'; write DE, or a part such "
            "as DE-BB, DE-BE, DE-BW)",
        ),
        (
            "queues/presales/open",
            {"mon": "08:00-10:00", "holidays": "closed"},
            f"queues.presales.open.holidays: says nothing, since the calendar knows no holidays; {REMEDY}",
        ),
        (
            "pools/own/premiums",
            {"share": 0.5, "holidays": True},
            f"pools.own.premiums.#1.holidays: says nothing, since the calendar knows no holidays; {REMEDY}",
        ),
    ],
)
def test_mistakes_about_holidays_are_told_with_their_remedy(place: str, value: Any, said: str) -> None:
    assert mistakes(changed(place, value)) == [f"scenario: {said}"]


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("shut", "must be hours such as 08:00-20:00 (got 'shut')"),
        ("08:10-10:00", "must fall on the grid of 30 minutes (got 08:10)"),
    ],
)
def test_hours_on_holidays_are_hours(hours: str, said: str) -> None:
    document = changed("calendar/holidays", ["2026-03-03"])
    document["queues"]["presales"]["open"] = {"mon": "08:00-10:00", "holidays": hours}
    (line,) = mistakes(document)
    assert line.startswith("scenario: queues.presales.open")
    assert line.endswith(said)
