"""Whole plans with vendors: notes, checks of others, and bounds that hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.errors import NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.candidate import candidate
from planner.program.instance import instance
from planner.program.overflow import overflow_rows
from planner.program.point import point_of
from planner.solver.linear import LinearSession
from planner.solver.matrix import objective
from planner.staffing import evaluate_roster, make_plan
from tests.certificate.rosters import seat
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts
from tests.scenarios.verified import faults

WEEKLY = {"answer_rate": 0.92, "floor": 0.75}
SOLVER = {"gap": 0.01, "time_limit_seconds": 20.0}
LONG, SHORT = shifts("08:00", 4.0), shifts(["08:00", "10:00"], 2.0)


def minutes(price: float = 0.8, **rules: Any) -> dict[str, Any]:
    return {"by": "minute", "tiers": {"price": price}, **rules}


def asked(vendors: dict[str, Any], own: dict[str, Any] | None = None, **rules: Any) -> Problem:
    calls = {"calls": queue(service=WEEKLY, **rules)}
    of = scenario(calls, {"own": own or pool(LONG)}, vendors=vendors, solver=SOLVER)
    return problem(of, {"calls": [14.0, 30.0, 22.0, 9.0]})


def notes(plan: Plan) -> str:
    return "\n".join(plan.notes)


def test_a_minimum_spend_that_buys_nothing_is_called_out() -> None:
    relief = {"queues": "calls", "contract": minutes(1.2, minimum_spend=500.0), "signed": True}
    plan = evaluate_roster(asked({"relief": relief}), (seat(9, 8.0, 12.0),), {})
    assert "relief: the minimum spend of 500.00 a month buys nothing: not a minute is used" in plan.notes
    assert plan.contracts[0].fee == pytest.approx(500.0 * 12 / 365)


def test_a_minimum_spend_that_binds_says_what_it_costs() -> None:
    relief = {"queues": "calls", "contract": minutes(0.8, minimum_spend=8000.0), "signed": True}
    said = notes(make_plan(asked({"relief": relief})))
    assert "relief: the minimum spend binds and costs" in said
    assert "minutes are paid for and not used" in said


def test_a_setup_fee_that_is_due_at_once_is_all_in_the_plan() -> None:
    relief = {"queues": "calls", "contract": minutes(0.2, setup_fee={"amount": 50.0})}
    plan = make_plan(asked({"relief": relief}, pool(LONG, wage=90.0)))
    (row,) = plan.contracts
    assert row.on
    assert row.due_at_once == 50.0
    assert "the setup fee of 50.00 is due at once" in notes(plan)


def test_busy_days_are_told_to_be_left_out_of_the_minutes() -> None:
    relief = {"queues": "calls", "contract": minutes()}
    plan = make_plan(asked({"relief": relief}, customers={"day_cv": 0.1}))
    assert "calls: vendors' minutes are those of days as busy as forecast" in plan.notes
    assert all(promise.met for promise in plan.service)


def test_a_vendor_with_too_few_agents_leaves_no_plan() -> None:
    relief = {"queues": "calls", "contract": minutes(most_calls_at_once=1)}
    with pytest.raises(NoPlanExists, match="agents short"):
        make_plan(asked({"relief": relief}, pool(LONG, maximum_seats=0)))


def test_an_expected_cut_is_told_and_not_in_the_cost() -> None:
    clause = {"measure": "csat", "threshold": 0.85, "reduction": 0.2, "probability_of_missing": 0.5}
    plain = make_plan(asked({"relief": {"queues": "calls", "contract": minutes()}}))
    cut = make_plan(asked({"relief": {"queues": "calls", "contract": minutes(performance=clause)}}))
    assert cut.cost == pytest.approx(plain.cost, rel=0.01)
    assert cut.contracts[0].expected_cut == pytest.approx(0.1 * cut.contracts[0].fee)


def random_problem(seed: int) -> Problem:
    """Two queues that share people, and two vendors, one of whom serves both."""
    draw = np.random.default_rng(seed)
    queues = {
        "calls": queue(service=WEEKLY, patience_seconds=float(draw.integers(60, 400))),
        "chats": queue(service={"answer_rate": {"target": 0.85, "period": "interval"}}),
    }
    pools = {
        "own": pool(LONG, SHORT, queues=["calls", "chats"], wage=float(draw.integers(15, 30))),
        "chatters": pool(SHORT, queues="chats", wage=25.0, shrinkage=0.2),
    }
    tiers = [
        {"up_to": float(draw.integers(500, 4000)), "price": 1.1},
        {"price": float(draw.uniform(0.5, 1.3))},
    ]
    kind = str(draw.choice(["increment", "all_units"]))
    contract = {"by": "minute", "tiers": tiers, "kind": kind, "most_calls_at_once": int(draw.integers(2, 9))}
    vendors = {
        "both": {"queues": ["calls", "chats"], "contract": contract, "talk_share": 0.9},
        "one": {"queues": "calls", "contract": minutes(0.95, minimum_spend=float(draw.integers(0, 2000)))},
    }
    of = scenario(queues, pools, vendors=vendors, solver=SOLVER)
    return problem(of, {"calls": draw.uniform(5, 40, 4).tolist(), "chats": draw.uniform(5, 25, 4).tolist()})


@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 24))]
)
def test_a_plan_with_vendors_is_sound_and_near_its_bound(seed: int, tmp_path: Path) -> None:
    plan = make_plan(random_problem(seed))
    assert faults(plan, tmp_path) == ""
    assert all(promise.met for promise in plan.service)
    assert plan.gap is not None
    assert 0 <= plan.gap < 0.02


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_costs_less_than_the_program_says_of_it(seed: int) -> None:
    """Any people at all: with exact minutes in its columns a plan breaks no plane, and costs no less."""
    of, draw = random_problem(seed), np.random.default_rng(seed)
    on, made = instance(of), program(of)
    people = [draw.integers(0, 4, pool.patterns.count) for pool in on.pools]
    with LinearSession(float("inf")) as session:
        plan = candidate(on, people, [0, 0], Splits(on, session))
    point = point_of(made, plan)
    if plan.assignment.missing == 0.0:
        rows, worst = overflow_rows(on, made.decide, point, 1e-7)
        assert worst < 1e-7
        assert len(rows) == 0
        assert objective(made.matrix, point) <= plan.cost * (1 + 1e-9)
