"""The sweep on problems small enough to be looked through whole."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.errors import InvalidInput
from planner.problem import Problem
from planner.scenario.seat_pay import SeatPay
from planner.scenario.vendors import Vendor
from planner.sourcing import Sourcing, Terms, sourcing
from planner.sourcing.alternatives import contacts_a_day, problem_of
from planner.staffing import make_plan
from tests.labour.people import paid
from tests.program.enumeration import cheapest
from tests.program.small_problems import pool, problem, queue, scenario, shifts

ALTERNATIVES: dict[str, Any] = {
    "team": {"pools": "own", "technology": "saas"},
    "outsourced": {"pools": "vendor", "technology": "none"},
}
A_DAY = 30.0 * 365  # 30 a day for the subscription, as 12 months are 365 days


def desk(alternatives: dict[str, Any] = ALTERNATIVES, vendor_wage: float = 26.0, **rules: Any) -> Problem:
    """Own people at 20 an hour and a subscription of 30 a day, beside a vendor's without any."""
    pools = {
        "own": pool(shifts(["08:00", "10:00"], 2.0), wage=20.0),
        "vendor": pool(shifts(["08:00", "10:00"], 2.0), wage=vendor_wage, brings_platform=True, **rules),
    }
    technologies = {"saas": {"subscription_per_year": A_DAY}, "none": {"pools": []}}
    of = scenario(
        {"calls": queue(service={"answer_rate": 0.9})},
        pools,
        technologies=technologies,
        sourcing=alternatives,
    )
    return problem(of, {"calls": [14.0, 30.0, 22.0, 9.0]})


def swept(of: Problem, volumes: Iterable[float], executor: Executor | None = None) -> Sourcing:
    with executor or ThreadPoolExecutor(1) as place:
        return sourcing(of, sorted(volumes), Terms(1e-6, 30.0, place), tolerance=0.1)


def test_every_cost_is_that_of_the_cheapest_of_all_plans() -> None:
    of = desk()
    found = swept(of, [20.0, 60.0])
    assert len(found.points) >= 4
    for point in found.points:
        alone = problem_of(of, of.scenario.sourcing[point.alternative], point.contacts_a_day)
        expected = cheapest(alone, 9) / of.calendar.months
        assert point.cost_a_month == pytest.approx(expected, rel=1e-5)
        assert point.bound_a_month == pytest.approx(expected, rel=1e-5)


def test_a_vendor_without_fixed_cost_leads_where_few_call_and_own_people_where_many_do() -> None:
    """A vendor's hour costs 6 more; beyond 5 hours a day that is more than the subscription's 30."""
    found = swept(desk(), [10.0, 200.0])
    assert [lead.alternative for lead in found.leads if lead.alternative] == ["outsourced", "team"]
    assert found.never == ()


def test_one_that_never_leads_is_told_the_price_at_which_it_would() -> None:
    """Both work the same hours here; wages must fall to those of the other's with its subscription."""
    found = swept(desk(vendor_wage=60.0), [75.0])
    (never,) = found.never
    assert (never.alternative, never.against, never.contacts_a_day) == ("outsourced", "team", 75.0)
    costs = {point.alternative: point.cost_a_month for point in found.points}
    (change,) = never.prices
    assert costs["team"] is not None
    assert costs["outsourced"] is not None
    exact = costs["team"] / costs["outsourced"]
    assert change.price == "labour"
    assert change.surely_below == pytest.approx(exact, abs=0.02)
    assert change.surely_below is not None
    assert change.surely_below <= exact


def test_technology_is_a_price_of_its_own() -> None:
    alternatives = {"team": ALTERNATIVES["team"], "dear": {"pools": "own", "technology": "saas"}}
    of = desk(alternatives)
    built = of.scenario.technologies["saas"].model_copy(update={"subscription_per_year": 2 * A_DAY})
    technologies = {**of.scenario.technologies, "built": built}
    dear = of.scenario.sourcing["dear"].model_copy(update={"technology": "built"})
    fields = {"technologies": technologies, "sourcing": {**of.scenario.sourcing, "dear": dear}}
    of = replace(of, scenario=of.scenario.model_copy(update=fields))
    (never,) = swept(of, [150.0]).never
    by_price = {change.price: change for change in never.prices}
    assert by_price["technology"].surely_below == pytest.approx(0.5, abs=0.011)
    assert by_price["technology"].surely_not_above == pytest.approx(0.5, abs=0.021)


def test_an_alternative_that_cannot_keep_the_promises_is_no_rival() -> None:
    found = swept(desk(maximum_seats=0), [75.0])
    assert {point.alternative: point.status for point in found.points}["outsourced"] == "infeasible"
    assert [lead.alternative for lead in found.leads] == ["team"]
    assert found.never == ()


def test_an_alternative_keeps_its_pools_and_technology_and_scales_every_interval() -> None:
    of = desk()
    assert contacts_a_day(of) == 75.0
    made = problem_of(of, of.scenario.sourcing["team"], 150.0, {"labour": 0.5, "technology": 3.0})
    assert [*made.scenario.pools] == ["own"]
    assert [*made.scenario.technologies] == ["saas"]
    assert paid(made.scenario.pools["own"]).wage == 10.0
    assert made.scenario.technologies["saas"].subscription_per_year == 3 * A_DAY
    assert np.array_equal(made.forecast.contacts, 2 * of.forecast.contacts)


def test_seats_by_contract_are_scaled_with_the_prices_of_vendors() -> None:
    corridor = {"committed_seats": 4, "width": 0.1, "price_above": 3000.0, "charge_below": 500.0}
    setup = {"amount": 900.0}
    pay = {"by": "seat", "price": 2000.0, "corridor": corridor, "setup_fee": setup, "signed": True}
    of = desk(pay=pay, kind="outsourced")
    chosen = of.scenario.sourcing
    made = problem_of(of, chosen["outsourced"], 75.0, {"labour": 3.0, "vendors": 0.5})
    paid = made.scenario.pools["vendor"].pay
    assert isinstance(paid, SeatPay)
    assert paid.corridor is not None
    assert paid.setup_fee is not None
    assert (paid.price, paid.corridor.price_above, paid.corridor.charge_below) == (1000.0, 1500.0, 250.0)
    assert paid.setup_fee.amount == 450.0
    assert make_plan(made).cost == pytest.approx(
        0.5 * make_plan(problem_of(of, chosen["outsourced"], 75.0)).cost
    )


def by_the_minute(**contract: Any) -> Problem:
    """The desk, with a vendor who takes every call for 1.2 a minute of talk, two thirds of handle time."""
    alternatives = {"team": ALTERNATIVES["team"], "calls": {"vendors": "minutes", "technology": "none"}}
    of = desk(alternatives)
    contract = {"by": "minute", "tiers": {"price": 1.2}, **contract}
    rules = Vendor.model_validate({"queues": "calls", "talk_share": 2 / 3, "contract": contract})
    return replace(of, scenario=of.scenario.model_copy(update={"vendors": {"minutes": rules}}))


def test_a_vendor_alone_is_paid_for_the_talk_of_those_who_must_be_answered() -> None:
    """Nine in ten of the calls are promised an answer, three minutes each, two of them talk."""
    found = swept(by_the_minute(), [75.0])
    costs = {point.alternative: point.cost_a_month or 0.0 for point in found.points}
    assert costs["calls"] == pytest.approx(0.9 * 75.0 * 2.0 * 1.2 * 365 / 12, rel=1e-4)


def test_what_a_vendor_costs_grows_with_every_price_of_its_contract() -> None:
    cap = {"amount": 900.0, "covers_minutes": 10_000.0, "price_beyond": 2.0}
    of = by_the_minute(minimum_spend=300.0, cap=cap, setup_fee={"amount": 50.0})
    made = problem_of(of, of.scenario.sourcing["calls"], 75.0, {"vendors": 0.5})
    contract = made.scenario.vendors["minutes"].contract
    assert contract.tiers[0].price == 0.6
    assert contract.minimum_spend == 150.0
    assert contract.cap is not None
    assert (contract.cap.amount, contract.cap.price_beyond, contract.cap.covers_minutes) == (450, 1, 10_000)
    assert contract.setup_fee is not None
    assert contract.setup_fee.amount == 25.0
    assert [pool.maximum_seats for pool in made.scenario.pools.values()] == [0, 0]


def test_a_vendor_that_is_too_dear_is_told_the_price_of_its_minute() -> None:
    found = swept(by_the_minute(tiers={"price": 9.0}), [75.0])
    costs = {point.alternative: point.cost_a_month or 0.0 for point in found.points}
    (never,) = found.never
    (change,) = never.prices
    assert (never.alternative, change.price) == ("calls", "vendors")
    assert change.surely_below == pytest.approx(costs["team"] / costs["calls"], abs=0.011)


def test_where_no_technology_is_named_all_may_be_chosen() -> None:
    of = desk({**ALTERNATIVES, "any": {"pools": ["own", "vendor"]}})
    found = swept(of, [60.0])
    costs = {point.alternative: point.cost_a_month or 0.0 for point in found.points}
    assert costs["any"] <= min(costs["team"], costs["outsourced"]) + 1e-6


class Recorded(Executor):
    """An executor that works at once and counts what it was given."""

    def __init__(self) -> None:
        self.given = 0

    def submit(self, function: Any, /, *words: Any, **more: Any) -> Future[Any]:
        self.given += 1
        done: Future[Any] = Future()
        done.set_result(function(*words, **more))
        return done


def test_plans_go_through_the_executor_that_is_given_and_each_is_made_once() -> None:
    executor = Recorded()
    found = swept(desk(), [10.0, 200.0], executor)
    assert executor.given == len(found.points)


def test_another_process_can_be_sent_what_is_asked() -> None:
    of = desk()
    sent = pickle.loads(pickle.dumps(problem_of(of, of.scenario.sourcing["team"], 20.0)))
    assert (
        sent.scenario.model_dump() == problem_of(of, of.scenario.sourcing["team"], 20.0).scenario.model_dump()
    )
    assert float(sent.forecast.contacts.sum()) == pytest.approx(20.0)


def test_without_alternatives_there_is_nothing_to_compare() -> None:
    with pytest.raises(InvalidInput, match="sourcing: is missing; name two alternatives or more"):
        swept(desk({}), [10.0])


def test_agents_asked_for_directly_cannot_be_scaled() -> None:
    of = desk()
    asked = replace(of.forecast, agents=np.ones(of.forecast.contacts.shape))
    with pytest.raises(InvalidInput, match="has no contacts that could be scaled"):
        swept(replace(of, forecast=asked), [10.0])
