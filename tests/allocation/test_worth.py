"""What contacts cost beside what they are worth: by line, by queue, and by hour of the week."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from planner.allocation import Allocation, allocate, lines_from
from planner.allocation.hours import hours_of_week, interval_costs
from planner.allocation.work import Work, work_of
from planner.calendar import grid
from planner.inputs import problem_of
from planner.plan import AiShare, CostLine, Plan
from planner.scenario.checks import calendar_of
from planner.scenario.scenario import CalendarRules
from tests.allocation.plans import COSTS, by_hand


def worth(**values: float) -> Allocation:
    """The plan of two hours: sales costs 7,200 for 40 contacts, service 10,050 for 40."""
    queues = {name: {"queues": {name: 1.0}} for name in ("sales", "service")}
    given: dict[str, Any] = {
        name: line | ({"value_per_contact": values[name]} if name in values else {})
        for name, line in queues.items()
    }
    return allocate(by_hand(), lines_from({"lines": given}))


def work(plan: Plan) -> Work:
    return work_of(plan, problem_of(plan))


def test_a_line_is_listed_where_its_contacts_cost_more_than_they_are_worth() -> None:
    """180 a contact of sales, 251.25 a contact of service."""
    (entry,) = worth(sales=180.0, service=250.0).dear

    assert (entry.line, entry.queue) == ("service", None)
    assert entry.cost_per_contact == entry.cost_per_served == 251.25
    assert (entry.cost, entry.loss) == (Decimal("10050.00"), Decimal("50.00"))


def test_the_dearest_come_first() -> None:
    assert [entry.line for entry in worth(sales=1.0, service=1.0).dear] == ["service", "sales"]


def test_nothing_is_listed_of_a_line_without_a_value_and_that_is_told() -> None:
    assert [entry.line for entry in worth(sales=1.0).dear] == ["sales"]
    made = worth()
    assert (made.dear, made.dear_hours) == ((), ())
    assert any("value_per_contact" in note for note in made.notes)


def test_queues_inside_a_line_are_told_apart() -> None:
    """A fifth of service costs 2,010 for 8 contacts; sales, 180 a contact, is worth its cost."""
    given = {
        "shop": {"queues": {"sales": 1.0, "service": 0.2}, "value_per_contact": 190.0},
        "web": {"queues": {"service": 0.8}},
    }
    made = allocate(by_hand(), lines_from({"lines": given}))

    assert [(entry.line, entry.queue, entry.loss) for entry in made.dear] == [
        ("shop", "service", Decimal("490.00")),
        ("shop", None, Decimal("90.00")),
    ]


def test_contacts_that_ai_keeps_are_served() -> None:
    kept = tuple(
        AiShare(queue=name, share=0.5, contained=0.25 * (name == "sales"), level=1)
        for name in ("sales", "service")
    )
    sales, service = allocate(by_hand(automation=kept)).lines

    # by hand the rows of the plan hold 40 contacts of sales that reach people; the forecast holds 40 as well
    assert (sales.contacts, sales.served) == (40.0, 50.0)
    assert (service.contacts, service.served) == (40.0, 40.0)


def test_an_hour_costs_what_the_people_there_cost() -> None:
    """Own people are 5 at 08:00 and 8 at 09:00; at 08:00 they handle 1,800 s each of sales and of service."""
    found = interval_costs(COSTS, work(by_hand()))[8:10]

    own = 16200 * np.array([[5 / 13 / 2, 5 / 13 / 2], [8 / 13 * 5400 / 12600, 8 / 13 * 7200 / 12600]])
    vendor, ai = np.array([[0, 1000], [0, 0]]), np.array([[0, 25], [0, 25]])
    np.testing.assert_allclose(found, own + vendor + ai)


def test_hours_that_lose_money_are_listed_the_dearest_first() -> None:
    """08:00: sales 3,115.38 for 10 contacts, service 4,140.38 for 20; 09:00: 142.4 and 286 a contact."""
    made = worth(sales=150.0, service=200.0)

    assert [(entry.line, entry.weekday, entry.hour, entry.served) for entry in made.dear_hours] == [
        ("sales", "mon", 8, 10.0),
        ("service", "mon", 9, 20.0),
        ("service", "mon", 8, 20.0),
    ]
    assert made.dear_hours[0].cost == Decimal("3115.38")
    assert made.dear_hours[0].loss == Decimal("1615.38")
    assert made.dear_hours[0].cost_per_served == pytest.approx(311.538, abs=0.001)


def test_a_pool_costs_in_the_hours_in_which_it_is_there() -> None:
    """The vendor comes at 09:00 alone."""
    given = {"sales": ({"own": 4.0}, {"own": 4.0}), "service": ({"own": 4.0}, {"vendor": 3.0, "own": 1.0})}
    plan = by_hand(given=given)
    found = interval_costs(COSTS[1:2], work(plan))

    np.testing.assert_allclose(found[8:10], [[0, 0], [0, 1000]])


@pytest.mark.parametrize("contacts", [True, False])
def test_all_hours_together_cost_what_the_plan_costs(contacts: bool) -> None:
    more = (
        CostLine(item="lost_contacts", pool=None, queue="sales", amount=3.5),
        CostLine(item="licences", pool=None, queue=None, amount=11.0),
    )
    nobody: tuple[dict[str, float], ...] = ({}, {})
    plan = by_hand(COSTS + more, given=None if contacts else {"sales": nobody, "service": nobody})

    assert interval_costs(plan.costs, work(plan)).sum() == pytest.approx(plan.cost)


def test_hours_of_the_week_are_local_and_begin_on_monday() -> None:
    rules = CalendarRules.model_validate(
        {"start": "2026-03-01", "days": 2, "interval_minutes": 30, "time_zone": "Asia/Shanghai"}
    )
    place = hours_of_week(calendar_of(rules))
    assert place[:3].tolist() == [6 * 24, 6 * 24, 6 * 24 + 1]  # a Sunday
    assert place[48] == 0
    zone = calendar_of(rules.model_copy(update={"time_zone": "Europe/Berlin", "days": 1})).zone
    spring = grid(rules.start.replace(day=29), 1, 60, zone)
    assert hours_of_week(spring).tolist()[:3] == [144, 145, 147]  # 02:00 is skipped
