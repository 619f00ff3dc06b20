"""Whole plans with seats by contract: notes, bounds, and everything that reads such a plan afterwards."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.allocation import allocate
from planner.certificate import certify
from planner.cli.cashflow_plans import between
from planner.errors import InvalidInput, NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.candidate import candidate, faults, repaired
from planner.program.instance import instance
from planner.program.point import point_of
from planner.repeats import resolutions
from planner.simulation import Effort
from planner.solver.linear import LinearSession
from planner.solver.matrix import objective, violation
from planner.staffing import evaluate_roster, make_plan
from tests.certificate.rosters import seat
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts
from tests.scenarios import verified

WEEKLY = {"answer_rate": 0.92, "floor": 0.75}
SOLVER = {"gap": 0.01, "time_limit_seconds": 20.0}
LONG, SHORT = shifts("08:00", 4.0), shifts(["08:00", "10:00"], 2.0)
CORRIDOR = {"committed_seats": 6, "width": 0.1, "price_above": 3000.0, "charge_below": 500.0}


def by_seat(*rules: dict[str, Any], price: float = 2000.0, **terms: Any) -> dict[str, Any]:
    pay = {"by": "seat", "price": price, **terms}
    return {**pool(*(rules or (LONG, SHORT)), pay=pay), "kind": "outsourced"}


def asked(vendor: dict[str, Any], own_wage: float = 40.0, **rules: Any) -> Problem:
    pools = {"own": pool(LONG, SHORT, wage=own_wage), "vendor": vendor}
    calls = {"calls": queue(service=WEEKLY, business_line="shop")}
    of = scenario(calls, pools, solver=SOLVER, **rules)
    return problem(of, {"calls": [14.0, 30.0, 22.0, 9.0]})


def notes(plan: Plan) -> str:
    return "\n".join(plan.notes)


def test_a_minimum_that_buys_nothing_is_called_out() -> None:
    plan = evaluate_roster(asked(by_seat(minimum_seats=3, signed=True)), (seat(9, 8.0, 12.0),), {})
    said = "vendor: the minimum of 3 seats buys nothing and costs 6,000.00 a month: not a seat is used"
    assert said in plan.notes
    assert plan.contracts[0].fee == pytest.approx(6000.0 * 12 / 365)


def test_a_minimum_that_binds_says_what_it_costs() -> None:
    plan = make_plan(asked(by_seat(minimum_seats=9, signed=True)))
    unused = 9 - plan.contracts[0].volume
    said = (
        f"vendor: the minimum binds and costs {2000 * unused:,.2f} a month ({unused:.0f} seats are paid for"
    )
    assert said in notes(plan)


def test_a_contract_that_is_not_worth_signing_costs_nothing() -> None:
    plan = make_plan(asked(by_seat(minimum_seats=50)))
    assert "vendor: the contract is left off; the plan is cheaper without it" in plan.notes
    assert plan.contracts[0].month is None
    assert not any(line.pool == "vendor" for line in plan.costs)


def test_each_side_of_a_corridor_says_what_it_costs() -> None:
    few = make_plan(asked(by_seat(corridor={**CORRIDOR, "committed_seats": 20}, signed=True)))
    assert "seats are missing below the corridor, which costs" in notes(few)
    many = make_plan(asked(by_seat(price=500.0, corridor={**CORRIDOR, "committed_seats": 1})))
    assert "vendor: seats above the corridor: their price costs" in notes(many)


def test_missing_seats_that_cost_more_than_seats_are_ordered() -> None:
    plan = make_plan(asked(by_seat(price=300.0, corridor={**CORRIDOR, "committed_seats": 20})))
    needed = plan.headcount[1].people
    assert plan.contracts[0].volume == 18 > needed
    assert f"vendor: {needed} seats are needed and 18 ordered: missing ones would cost more" in plan.notes


def test_seats_that_are_there_are_given_up_no_faster_than_agreed() -> None:
    kept = by_seat(price=9000.0, signed=True, seats_now=30, most_seats_changed_per_month=2)
    plan = make_plan(asked(kept))
    assert plan.contracts[0].volume == 28
    assert "28 kept: no more may be given up in a month" in notes(plan)


def test_all_seats_that_can_be_had_are_said_to_be_all() -> None:
    plan = make_plan(asked(by_seat(price=300.0, maximum_seats=2)))
    assert "vendor: all 2 seats that can be had are ordered; more might save money elsewhere" in plan.notes
    alone = scenario({"calls": queue(service=WEEKLY)}, {"vendor": by_seat(maximum_seats=2)}, solver=SOLVER)
    with pytest.raises(NoPlanExists, match="too many lost"):
        make_plan(problem(alone, {"calls": [14.0, 30.0, 22.0, 9.0]}))


def test_a_roster_with_more_people_than_seats_is_refused() -> None:
    many = seat(4, 8.0, 12.0).model_copy(update={"pool": "vendor"})
    with pytest.raises(InvalidInput, match="vendor: needs 4 seats, and its contract has 3"):
        evaluate_roster(asked(by_seat(maximum_seats=3)), (many,), {})


def test_a_place_is_shared_by_shifts_that_follow_each_other() -> None:
    posts = make_plan(asked(by_seat(SHORT, price=600.0)))
    places = make_plan(asked(by_seat(SHORT, price=600.0, seats_are="places")))
    assert places.contracts[0].volume < posts.contracts[0].volume
    assert places.cost < posts.cost


def test_a_setup_fee_that_is_due_at_once_is_all_in_the_plan() -> None:
    plan = make_plan(asked(by_seat(price=500.0, setup_fee={"amount": 50.0})))
    assert plan.contracts[0].due_at_once == 50.0
    assert "vendor: the setup fee of 50.00 is due at once" in notes(plan)


def test_an_expected_cut_is_told_and_not_in_the_cost() -> None:
    clause = {"measure": "csat", "threshold": 0.85, "reduction": 0.2, "probability_of_missing": 0.5}
    plain, cut = make_plan(asked(by_seat())), make_plan(asked(by_seat(performance=clause)))
    assert cut.cost == pytest.approx(plain.cost, rel=0.01)
    assert cut.contracts[0].expected_cut == pytest.approx(0.1 * cut.contracts[0].fee)


def test_the_first_contact_resolution_of_a_quote_is_that_of_its_people() -> None:
    again = {"first_contact_resolution": 0.7, "calls_back": 0.6}
    vendor = by_seat(first_contact_resolution=0.6)
    of = scenario({"calls": queue(repeats=again)}, {"own": pool(LONG), "vendor": vendor})
    assert resolutions(of, "calls") == {"own": 0.7, "vendor": 0.6}
    own = scenario(
        {"calls": queue(repeats=again)}, {"v": {**vendor, "first_contact_resolution": {"calls": 0.8}}}
    )
    assert resolutions(own, "calls") == {"v": 0.8}


@pytest.fixture(scope="module")
def plan() -> Plan:
    platform = {"saas": {"subscription_per_year": 3000.0}}
    return make_plan(asked(by_seat(corridor=CORRIDOR, minimum_seats=2), technologies=platform))


def test_the_fee_is_shared_out_to_the_cent(plan: Plan) -> None:
    made = allocate(plan)
    fees = sum(float(cell.amount) for cell in made.cells if cell.item == "vendor_fees")
    assert fees == pytest.approx(plan.contracts[0].fee, abs=0.01)
    assert sum(cell.amount for cell in made.cells) == made.cost


def test_the_fee_is_among_what_a_platform_is_weighed_with(plan: Plan) -> None:
    dearer = make_plan(asked(by_seat(corridor=CORRIDOR, minimum_seats=2), technologies=DEAR))
    assert between(plan, dearer, 3, None).currency == "CNY"


DEAR = {"saas": {"subscription_per_year": 9000.0}}


def test_a_certificate_replays_the_people_and_not_the_contract(plan: Plan) -> None:
    made = certify(plan, effort=Effort(seed=3, replications=100))
    assert made.vendors == ()
    assert all(promise.verdict != "broken" for promise in made.promises)


def random_problem(seed: int) -> Problem:
    """A week with two queues that share people, and a contract drawn at random, mostly not convex."""
    draw = np.random.default_rng(seed)
    queues = {
        "calls": queue(service=WEEKLY, patience_seconds=float(draw.integers(60, 400))),
        "chats": queue(service={"answer_rate": {"target": 0.85, "period": "interval"}}),
    }
    corridor = {
        "committed_seats": int(draw.integers(2, 12)),
        "width": float(draw.choice([0.1, 0.25])),
        "price_above": float(draw.integers(2000, 8000)),
        "charge_below": float(draw.integers(0, 3000)),
    }
    terms = {
        "minimum_seats": int(draw.integers(0, 8)),
        "seats_are": str(draw.choice(["people", "places"])),
        "signed": bool(draw.integers(2)),
    }
    vendor = by_seat(LONG, SHORT, price=float(draw.integers(2000, 6000)), corridor=corridor, **terms)
    contract = {"hours_per_week": 24.0, "days_off": str(draw.choice(["any", "consecutive"]))}
    month = {"by": "month", "wage": float(draw.integers(2500, 5000))}
    pools = {
        "own": pool(LONG, SHORT, queues=["calls", "chats"], pay=month, contract={"hours_per_week": 20.0}),
        "vendor": {**vendor, "queues": ["calls", "chats"], "contract": contract},
        "chatters": pool(SHORT, queues="chats", wage=25.0, shrinkage=0.2),
    }
    of = scenario(queues, pools, {"days": 7}, solver=SOLVER)
    return problem(of, {"calls": draw.uniform(5, 40, 28).tolist(), "chats": draw.uniform(5, 25, 28).tolist()})


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.slow) for n in range(3, 20))]
)
def test_a_plan_with_seats_is_sound_and_near_its_bound(seed: int, tmp_path: Path) -> None:
    plan = make_plan(random_problem(seed))
    assert verified.faults(plan, tmp_path) == ""
    assert all(promise.met for promise in plan.service)
    assert plan.gap is not None
    assert 0 <= plan.gap < 0.02


@pytest.mark.parametrize("seed", range(8))
def test_a_plan_as_a_point_keeps_every_row_and_costs_the_same(seed: int) -> None:
    of, draw = random_problem(seed), np.random.default_rng(seed)
    on, made = instance(of), program(of)
    most = [made.matrix.upper[columns.people].astype(np.int64) for columns in made.decide.pools]
    people = [np.minimum(draw.integers(1, 4, useful.size), useful) for useful in most]
    with LinearSession(time.monotonic() + 60) as session:
        splits = Splits(on, session)
        plan = repaired(on, candidate(on, people, [0, 0], splits), splits)
    assert faults(on, plan) == []
    point = point_of(made, plan)
    assert violation(made.matrix, point) < 1e-6
    assert objective(made.matrix, point) == pytest.approx(plan.cost, rel=1e-9)
