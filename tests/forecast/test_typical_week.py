"""A forecast from a typical week and dated promotion days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from planner.forecast.forecast import Forecast
from planner.problem import problem_from
from tests.scenario.samples import mistakes

MONDAY = date(2026, 3, 2)
HOURS = (8, 9)


def document(forecast: dict[str, Any], days: int = 14, **rules: Any) -> dict[str, Any]:
    """Two queues, both open from 8 to 10, for two weeks after a typical one."""
    start = {"start": "2026-03-09", "days": days, "interval_minutes": 60, **rules}
    opened = {"patience_seconds": 90, "open": {"mon-sun": "08:00-10:00", **HOLIDAYS}}
    people = {"kind": "in_house", "queues": ["sales", "service"], "pay": {"by": "hour", "wage": 30}}
    return {
        "name": "typical",
        "currency": "CNY",
        "calendar": {"holidays": [], **start},
        "forecast": forecast,
        "queues": {"sales": opened, "service": opened},
        "pools": {"own": people | {"shifts": {"starts": "08:00", "lengths_hours": 2}}},
    }


HOLIDAYS = {"holidays": "closed"}


def row(day: date, hour: int, queue: str, contacts: float) -> dict[str, Any]:
    return {
        "start": f"{day}T{hour:02}:00",
        "queue": queue,
        "contacts": contacts,
        "handle_time_seconds": 100.0 + hour,
    }


def usual(number: int, hour: int, queue: str) -> float:
    """Contacts of the typical week by weekday, hour and queue."""
    return 10 * number + hour + (100 if queue == "service" else 0)


WEEK = [
    row(MONDAY + timedelta(days=number), hour, queue, usual(number, hour, queue))
    for number in range(7)
    for hour in HOURS
    for queue in ("sales", "service")
]
TYPICAL = {"typical_week": "2026-03-02"}


def laid(of: dict[str, Any], rows: list[dict[str, Any]] | None = None) -> Forecast:
    return problem_from(of, WEEK if rows is None else rows).forecast


def day_of(forecast: Forecast, number: int, queue: int = 0) -> list[float]:
    """Contacts of a day from eight to ten."""
    return [float(each) for each in forecast.contacts.reshape(-1, 24, 2)[number, 8:10, queue]]


def test_every_day_has_the_rows_of_its_weekday() -> None:
    found = laid(document(TYPICAL))
    for number in range(14):
        for place, queue in enumerate(("sales", "service")):
            assert day_of(found, number, place) == [usual(number % 7, hour, queue) for hour in HOURS]
    assert set(np.unique(found.handle_time)) == {0.0, 108.0, 109.0}
    assert found.ignored_rows == 0


def test_a_day_with_rows_of_its_own_keeps_them_queue_by_queue() -> None:
    big = date(2026, 3, 11)
    found = laid(document(TYPICAL), [*WEEK, *(row(big, hour, "sales", 500.0 + hour) for hour in HOURS)])
    assert day_of(found, 2) == [508.0, 509.0]
    assert day_of(found, 2, 1) == [usual(2, hour, "service") for hour in HOURS]
    assert day_of(found, 9) == [usual(2, hour, "sales") for hour in HOURS]


def test_a_typical_week_may_lie_in_the_calendar() -> None:
    inside = laid(document(TYPICAL, start="2026-03-02"))
    assert inside.contacts.tolist() == laid(document(TYPICAL)).contacts.tolist()


def test_a_week_may_begin_on_any_day_and_lie_outside_the_window() -> None:
    shifted = [
        *WEEK,
        *(row(date(2026, 3, 1), hour, queue, 9999) for hour in HOURS for queue in ("sales", "service")),
    ]
    found = laid(document({**TYPICAL, "from": "2026-03-09"}), shifted)
    assert day_of(found, 6) == [usual(6, hour, "sales") for hour in HOURS]
    assert found.ignored_rows == 4
    sunday = laid(document({"typical_week": "2026-03-01", "from": "2026-03-09"}), shifted)
    assert day_of(sunday, 6) == [9999.0, 9999.0]


def test_a_closed_holiday_takes_nothing_from_the_typical_week() -> None:
    found = laid(document(TYPICAL, holidays="2026-03-12"))
    assert day_of(found, 3) == [0.0, 0.0]
    assert day_of(found, 10) == [usual(3, hour, "sales") for hour in HOURS]


def test_promotions_multiply_the_contacts_of_their_dates_hours_and_queues() -> None:
    promotions = [
        {"dates": ["2026-03-11", "2026-03-13"], "factor": 2.0},
        {"dates": "2026-03-11", "from": "09:00", "to": "24:00", "factor": 1.5, "queues": "sales"},
        {"dates": "2027-01-01", "factor": 7.0},
    ]
    found = laid(document({**TYPICAL, "promotions": promotions}))
    assert day_of(found, 2) == [2 * usual(2, 8, "sales"), 3 * usual(2, 9, "sales")]
    assert day_of(found, 2, 1) == [2 * usual(2, hour, "service") for hour in HOURS]
    assert day_of(found, 4) == [2 * usual(4, hour, "sales") for hour in HOURS]
    assert day_of(found, 3) == [usual(3, hour, "sales") for hour in HOURS]


def test_promotions_need_no_typical_week_and_multiply_agents_too() -> None:
    rows = [{"start": each["start"], "queue": each["queue"], "agents": 2.0} for each in WEEK]
    of = document({"promotions": {"dates": "2026-03-03", "factor": 0.5}}, days=7, start="2026-03-02")
    agents = laid(of, rows).agents
    assert agents is not None
    assert [float(day.max()) for day in agents.reshape(7, -1)] == [2.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0]


def test_a_promotion_may_last_over_midnight() -> None:
    of = document(
        {**TYPICAL, "promotions": {"dates": "2026-03-10", "from": "20:00", "to": "09:00", "factor": 10}}
    )
    assert day_of(laid(of), 2) == [10 * usual(2, 8, "sales"), usual(2, 9, "sales")]


def test_days_on_which_clocks_go_forward_have_their_weekdays_rows() -> None:
    of = document(TYPICAL, start="2026-03-23", time_zone="Europe/Berlin")
    found = laid(of)
    spring = found.contacts[6 * 24 : 7 * 24 - 1, 0]
    assert spring[[7, 8]].tolist() == [usual(6, hour, "sales") for hour in HOURS]


def said(forecast: dict[str, Any], rows: list[dict[str, Any]] | None = None, **rules: Any) -> list[str]:
    return mistakes(document(forecast, **rules), WEEK if rows is None else rows)


def test_mistakes_of_weeks_and_promotions_are_told_with_their_remedy() -> None:
    assert said({"typical_week": "2025-03-03"})[0] == (
        "forecast: has no row in the typical week from 2025-03-03; change forecast.typical_week"
    )
    assert said({**TYPICAL, "promotions": {"dates": "2026-03-11", "factor": 2.0, "queues": "sale"}}) == [
        "scenario: forecast.promotions.#1.queues: names no queue (got 'sale'; write sales)"
    ]
    assert said({**TYPICAL, "promotions": {"dates": [], "factor": 2.0}}) == [
        "scenario: forecast.promotions.dates: must have at least one entry"
    ]
    assert said({**TYPICAL, "promotions": {"dates": "2026-03-11", "factor": 0.0}}) == [
        "scenario: forecast.promotions.factor: must be above 0 (got 0.0)"
    ]


def test_a_row_that_the_typical_week_lacks_is_missing_on_all_its_days() -> None:
    (line,) = said(TYPICAL, WEEK[1:])
    assert line == "forecast: sales: 2 intervals missing, first 2026-03-09T08:00; write 0 contacts for none"


@pytest.mark.parametrize("hours", [{"to": "25:00"}, {"from": "noon"}])
def test_hours_of_promotions_are_times(hours: dict[str, str]) -> None:
    (line,) = said({**TYPICAL, "promotions": {"dates": "2026-03-11", "factor": 2.0, **hours}})
    assert "must be a time of day such as 08:30" in line
