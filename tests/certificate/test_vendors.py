"""A plan that buys minutes, replayed and certified."""

from __future__ import annotations

from functools import cache

import pytest

from planner.certificate import certify
from planner.plan import Plan
from planner.report.labels import ENGLISH
from planner.report.vendors_text import item_name
from planner.simulation import Conditions, Customers, Effort, centre_of
from planner.staffing import evaluate_roster, make_plan
from tests.certificate.rosters import seat
from tests.program.small_problems import pool, problem, queue, scenario, shifts

STEADY = Conditions(customers=Customers(ramped=False), attendance="steady")


@cache
def bought() -> Plan:
    """100 calls of three minutes an hour for twelve hours; own people are dear at the edges."""
    rules = queue("08:00-20:00", service={"answer_rate": 0.95, "floor": 0.8})
    relief = {"queues": "calls", "contract": {"by": "minute", "tiers": {"price": 0.6}}}
    own = pool(shifts(["08:00", "12:00"], 8.0))
    of = problem(
        scenario({"calls": rules}, {"own": own}, vendors={"relief": relief}), {"calls": [100.0] * 12}
    )
    return make_plan(of)


def test_the_replay_bills_the_minutes_that_the_plan_expects() -> None:
    certificate = certify(bought(), STEADY, Effort(seed=4, replications=400))
    (minutes,) = certificate.vendors
    assert minutes.planned > 100
    assert minutes.low is not None
    assert minutes.high is not None
    assert minutes.low < minutes.simulated < minutes.high
    assert minutes.simulated == pytest.approx(minutes.planned, rel=0.03)
    assert certificate.promises[0].simulated == pytest.approx(certificate.promises[0].planned, abs=0.005)


def test_the_replay_meets_the_agents_that_the_plan_asks_for() -> None:
    centre = centre_of(bought())
    assert centre.pools == ("own", "relief (calls)")
    assert centre.on_demand is not None
    asked = sum(row.agents for row in bought().vendors)
    assert centre.on_demand.agents.sum() == pytest.approx(asked)


def test_a_plan_without_vendors_has_no_minutes() -> None:
    rules = queue("08:00-12:00", service={"answer_rate": 0.95, "floor": 0.8})
    of = problem(scenario({"calls": rules}, {"own": pool(shifts("08:00", 4.0))}), {"calls": [100.0] * 4})
    plan = evaluate_roster(of, (seat(8, 8.0, 12.0),), {})
    assert certify(plan, STEADY, Effort(replications=50)).vendors == ()


def test_a_roster_is_helped_by_the_vendor_of_its_scenario() -> None:
    rules = queue("08:00-12:00", service={"answer_rate": 0.95, "floor": 0.8})
    relief = {"queues": "calls", "contract": {"by": "minute", "tiers": {"price": 0.6}}}
    own = pool(shifts("08:00", 4.0))
    of = problem(scenario({"calls": rules}, {"own": own}, vendors={"relief": relief}), {"calls": [100.0] * 4})
    plan = evaluate_roster(of, (seat(4, 8.0, 12.0),), {})
    assert all(promise.met for promise in plan.service)
    assert sum(row.minutes for row in plan.vendors) > 0
    assert evaluate_roster(of, (seat(12, 8.0, 12.0),), {}).vendors == ()


def test_every_line_of_an_invoice_has_a_name() -> None:
    month = bought().contracts[0].month
    assert month is not None
    assert [item_name(line, ENGLISH) for line in month.lines] == ["Tier"]
