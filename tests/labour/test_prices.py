"""What a person on a shift, a person on the books and a desk cost, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.calendar import Calendar
from planner.labour import Charge, Prices, hourly_wage, month_hours, prices, replacing
from planner.scenario.pools import Pool
from planner.shifts import patterns
from tests.labour.people import NIGHT, days, pool

# 40 hours a week are 173 1/3 a month, so 5,200 a month are 30 an hour and 1,200 a week.
MONTHLY = {"by": "month", "wage": 5200.0, "benefits": 0.25}
LEAVING = {
    "monthly_attrition": 0.04,
    "recruiting_cost": 2000.0,
    "training_weeks": 3.0,
    "ramp_up_weeks": 4.0,
    "ramp_up_productivity": 0.75,
}


def priced(of: Pool, calendar: Calendar | None = None) -> Prices:
    calendar = calendar or days()
    found = patterns(of, calendar, np.ones(calendar.intervals, dtype=np.bool_))
    return prices(of, found, calendar)


def charge(of: Prices, item: str) -> Charge:
    return next(one for one in of.beside if one.item == item)


def test_a_month_has_the_contracts_weekly_hours_times_52_twelfths() -> None:
    assert month_hours(pool()) == pytest.approx(173 + 1 / 3)
    assert month_hours(pool(contract={"hours_per_week": 24.0})) == pytest.approx(104.0)


def test_an_hour_of_monthly_pay_is_the_wage_over_the_months_hours() -> None:
    assert hourly_wage(pool(pay=MONTHLY)) == pytest.approx(30.0)
    assert hourly_wage(pool()) == 30.0


def test_replacing_those_who_leave_costs_recruiting_training_and_lost_work() -> None:
    # A week's pay with benefits is 1,500: 4 % of 2,000, of three weeks, and of a quarter of four weeks.
    parts = replacing(pool(pay=MONTHLY, turnover=LEAVING))
    assert (parts.recruiting, parts.training, parts.ramp_up) == pytest.approx((80.0, 180.0, 60.0))
    assert parts.total == pytest.approx(320.0)


def test_nobody_leaves_unless_somebody_says_so() -> None:
    assert replacing(pool(turnover=LEAVING | {"monthly_attrition": 0.0})).total == 0.0


@pytest.mark.parametrize("pay", [MONTHLY, {"by": "hour", "wage": 30.0, "benefits": 0.25}])
def test_a_premium_is_paid_on_the_wage_without_benefits_by_the_hour_and_by_the_month(
    pay: dict[str, Any],
) -> None:
    found = priced(pool("22:00", 8.0, pay=pay, premiums=NIGHT))
    assert charge(found, "premiums").shift.tolist() == pytest.approx([8 * 0.3 * 30.0] * 7)


def test_a_person_on_the_books_costs_pay_turnover_and_licence_by_the_month() -> None:
    found = priced(pool(pay=MONTHLY, turnover=LEAVING, person_licence_per_month=50.0))
    assert found.person == pytest.approx((5200 * 1.25 + 320 + 50) * 7 * 12 / 365)
    assert found.shift.tolist() == [0.0] * 7


def test_where_nobody_is_counted_hours_stand_for_people() -> None:
    # Eight hours are 8 / (520 / 3) of a month; a week's pay is 1,200, so a post costs 80 + 144 + 48.
    found = priced(pool(turnover=LEAVING, person_licence_per_month=50.0))
    assert found.shift.tolist() == pytest.approx([8 * 30 + 24 / 520 * (272 + 50)] * 7)
    assert found.person == 0.0


@pytest.mark.parametrize(
    "rules",
    [{"maximum_headcount": 9}, {"minimum_headcount": 1}, {"contract": {"least_hours_per_week": 8.0}}],
)
def test_people_by_the_hour_are_charged_by_the_head_where_a_rule_counts_them(rules: dict[str, Any]) -> None:
    found = priced(pool(turnover=LEAVING, **rules))
    assert found.person == pytest.approx(272 * 7 * 12 / 365)
    assert found.shift.tolist() == pytest.approx([240.0] * 7)


def test_a_desk_costs_itself_its_rent_and_a_seats_licence() -> None:
    found = priced(pool(desk_cost_per_month=400.0, desk_rent_per_month=700.0, seat_licence_per_month=120.0))
    assert found.desk == pytest.approx(1220 * 7 * 12 / 365)
    assert charge(found, "rent").desk == pytest.approx(700 * 7 * 12 / 365)


def test_what_a_pool_does_not_name_changes_no_price_at_all() -> None:
    found = priced(pool(pay={"by": "hour", "wage": 30.1, "benefits": 0.153}, desk_cost_per_month=411.3))
    assert found.shift.tolist() == [30.1 * (1.0 + 0.153) * 8.0] * 7
    assert found.desk == 411.3 * days().months
    assert found.person == 0.0
