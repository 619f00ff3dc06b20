"""Vendors paid by the minute: the program, and the walk through it, find what trying every plan finds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from planner.contracts.horizon import horizon_fee
from planner.problem import Problem
from planner.solver.matrix import objective
from planner.staffing import Run, make_plan
from tests.program.optimum import solved
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts
from tests.program.vendor_enumeration import cheapest_over_a_period, cheapest_with_vendors

CASES: dict[str, Callable[[], Problem]] = {}
BUSY = [14.0, 30.0, 22.0, 9.0]
OWN = pool(shifts(["08:00", "09:00", "10:00"], 2.0), shifts("08:00", 4.0))
TIERS = [{"up_to": 3000.0, "price": 0.9}, {"price": 0.7}]
AI = {
    "intents": [{"name": "parcel", "share": 0.4, "containment": 0.7}, {"name": "complaints", "share": 0.6}],
    "price_per_session": 1.1,
    "level_step": 0.5,
}


def case(build: Callable[[], Problem]) -> Callable[[], Problem]:
    CASES[build.__name__] = build
    return build


def minutes(price: float | list[dict[str, float]], **rules: Any) -> dict[str, Any]:
    tiers = price if isinstance(price, list) else [{"price": price}]
    return {"by": "minute", "tiers": tiers, **rules}


def single(
    vendors: dict[str, dict[str, Any]],
    own: dict[str, Any] | None = None,
    technologies: dict[str, Any] | None = None,
    **rules: Any,
) -> Problem:
    service = {"answer_rate": {"target": 0.9, "period": "interval"}}
    asked = {"calls": queue(service=service, **rules)}
    every = {n: {"queues": "calls", **v} for n, v in vendors.items()}
    of = scenario(asked, {"own": own or OWN}, vendors=every, technologies=technologies or {})
    return problem(of, {"calls": BUSY})


@case
def one_price() -> Problem:
    return single({"relief": {"contract": minutes(0.8)}})


@case
def a_dear_price_for_the_peak_alone() -> Problem:
    return single({"relief": {"contract": minutes(1.3)}})


PLATFORMS = {
    "none": {"pools": []},
    "saas": {"subscription_per_year": 9000.0, "seat_price_per_month": 250.0},
}


@case
def a_platform_for_own_people_or_a_vendor_alone() -> Problem:
    return single({"relief": {"contract": minutes(0.95)}}, own=OWN, technologies=PLATFORMS)


@case
def a_platform_that_a_dear_vendor_leaves_no_way_round() -> Problem:
    return single({"relief": {"contract": minutes(1.3)}}, own=OWN, technologies=PLATFORMS)


@case
def tiers_on_the_increment() -> Problem:
    return single({"relief": {"contract": minutes(TIERS)}})


@case
def tiers_on_all_units() -> Problem:
    return single({"relief": {"contract": minutes(TIERS, kind="all_units")}})


@case
def a_minimum_spend_that_is_not_worth_signing() -> Problem:
    return single({"relief": {"contract": minutes(0.8, minimum_spend=8000.0)}})


@case
def a_minimum_spend_that_is_signed() -> Problem:
    return single({"relief": {"contract": minutes(1.5, minimum_spend=1500.0), "signed": True}})


@case
def a_fee_cap() -> Problem:
    cap = {"amount": 2500.0, "covers_minutes": 3500.0, "price_beyond": 1.4}
    return single({"relief": {"contract": minutes(1.2, cap=cap)}})


@case
def a_setup_fee_in_two_ways() -> Problem:
    return single(
        {
            "spread": {"contract": minutes(0.8, setup_fee={"amount": 6000.0, "months": 12})},
            "at_once": {"contract": minutes(0.5, setup_fee={"amount": 900.0})},
        }
    )


@case
def minutes_rounded_up_and_wrap_up_unpaid() -> Problem:
    contract = minutes(1.1, billing_increment_seconds=60.0)
    return single({"relief": {"contract": contract, "talk_share": 0.8}})


@case
def few_agents_of_the_vendor_at_once() -> Problem:
    return single({"relief": {"contract": minutes(0.4, most_calls_at_once=1)}})


@case
def a_cheap_vendor_with_few_agents_and_a_dear_one() -> Problem:
    return single(
        {
            "cheap": {"contract": minutes(0.5, most_calls_at_once=1)},
            "dear": {"contract": minutes(1.0)},
        }
    )


@case
def ai_beside_a_vendor() -> Problem:
    return single({"relief": {"contract": minutes(0.9)}}, automation=AI)


@case
def own_people_with_shrinkage() -> Problem:
    own = pool(shifts(["08:00", "10:00"], 2.0), shifts("08:00", 4.0), shrinkage=0.25)
    return single({"relief": {"contract": minutes(0.8)}}, own)


@case
def own_people_by_the_month() -> Problem:
    own = pool(shifts("08:00", 4.0), pay={"by": "month", "wage": 3000.0}, contract={"hours_per_week": 20.0})
    return single({"relief": {"contract": minutes(1.0)}}, own)


@pytest.mark.parametrize("name", CASES)
def test_the_programs_optimum_is_the_cheapest_of_all_plans_with_vendors(name: str) -> None:
    of = CASES[name]()
    made = program(of)
    assert objective(made.matrix, solved(made)) == pytest.approx(cheapest_with_vendors(of, 4), rel=1e-5)


@pytest.mark.parametrize("name", CASES)
def test_the_walk_ends_at_the_cheapest_of_all_plans_with_vendors(name: str) -> None:
    of = CASES[name]()
    expected = cheapest_with_vendors(of, 4)
    plan = make_plan(of)
    assert plan.cost == pytest.approx(expected, rel=1e-5)
    assert plan.bound == pytest.approx(expected, rel=1e-5)
    assert all(promise.met for promise in plan.service)


@pytest.mark.parametrize("name", CASES)
def test_the_fee_of_a_plan_is_the_invoices_at_its_minutes(name: str) -> None:
    of = CASES[name]()
    plan = make_plan(of)
    for row in plan.contracts:
        contract = of.scenario.vendors[row.vendor].contract
        billed = sum(one.minutes for one in plan.vendors if one.vendor == row.vendor)
        assert row.volume == pytest.approx(billed, rel=1e-9, abs=1e-6)
        expected = horizon_fee(contract, row.volume, of.calendar.months) if row.on else 0.0
        assert row.fee == pytest.approx(expected, rel=1e-9)
        if row.month is not None:
            assert row.fee == pytest.approx(row.months * row.month.fee + row.due_at_once, rel=1e-9)
    fees = sum(line.amount for line in plan.costs if line.item == "vendor_fees")
    assert fees == pytest.approx(sum(row.fee for row in plan.contracts), rel=1e-9)


WEEKLY = {
    "loose": ({"answer_rate": 0.9, "floor": 0.7}, 0.8),
    "usual": ({"answer_rate": 0.95}, 0.8),
    "dear": ({"answer_rate": 0.93}, 1.2),
    "cheap": ({"answer_rate": 0.93}, 0.3),
}


@pytest.mark.parametrize("name", WEEKLY)
def test_over_a_week_the_bound_holds_and_the_plan_is_near_the_cheapest(name: str) -> None:
    """What a vendor carries is not convex, so the bound may lie below the cheapest plan."""
    service, price = WEEKLY[name]
    vendors = {"relief": {"queues": "calls", "contract": minutes(price)}}
    of = scenario({"calls": queue(service=service)}, {"own": OWN}, vendors=vendors)
    asked = problem(of, {"calls": BUSY})
    cheapest = cheapest_over_a_period(asked, 3)
    limits = asked.scenario.solver.model_copy(update={"gap": 0.001, "time_limit_seconds": 25.0})
    plan = make_plan(asked, Run(time.monotonic(), limits))
    assert plan.bound is not None
    assert plan.bound <= cheapest * (1 + 1e-9)
    assert plan.cost == pytest.approx(cheapest, rel=0.001)
    assert plan.gap is not None
    assert plan.gap < 0.003
    assert all(promise.met for promise in plan.service)
