"""Plans for days that may be busier than forecast: what is promised holds on average over them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import gamma

from planner.arrays import Floats
from planner.inputs import problem_of
from planner.plan import Plan
from planner.problem import Problem
from planner.program.build import build
from planner.program.instance import instance
from planner.queueing import Systems, measures
from planner.staffing import evaluate_roster, make_plan
from tests.program.small_problems import Part, pool, problem, queue, scenario, shifts
from tests.shared_data import shared

OWN, SHARED = 0.2, 0.1
SERVICE: Part = {
    "answer_rate": 0.9,
    "average_wait_seconds": {"target": 25.0, "over": "answered"},
    "service_level": {"target": 0.7, "within_seconds": 20.0},
    "occupancy": 0.9,
    "waiting_probability": {"target": 0.6, "period": "week"},
}
CONTACTS = {"calls": [20.0, 44.0, 36.0, 12.0], "mail": [10.0, 30.0, 22.0, 8.0]}
HANDLE_TIME = 180.0
GAP = 0.005


def shop(own: float = OWN, shared_cv: float = SHARED, **rules: Any) -> Problem:
    queues = {
        "calls": queue(service=SERVICE, customers={"day_cv": own}, lost_contact_cost=2.0, **rules),
        "mail": queue(patience_seconds=600.0, service={"average_wait_seconds": 40.0}),
    }
    pools = {
        "team": pool(shifts(["08:00", "10:00"], [2.0, 4.0]), queues=["calls", "mail"], shrinkage=0.2),
    }
    of = scenario(queues, pools, {"days": 2}, uncertainty={"day_cv": shared_cv}, solver={"gap": GAP})
    return problem(of, CONTACTS, HANDLE_TIME)


@pytest.fixture(scope="module")
def planned() -> tuple[Problem, Plan]:
    of = shop()
    return of, make_plan(of)


def drawn(variation: float, count: int) -> Floats:
    """Quantiles of a gamma factor, evenly spread."""
    law = gamma(1 / variation**2, scale=variation**2)
    return np.asarray(law.ppf((np.arange(count) + 0.5) / count))


def on_average(plan: Plan, name: str) -> dict[str, float]:
    """What is counted of a queue over the week, averaged over a grid of both factors."""
    factors = [drawn(cv, 150) for cv in ((OWN, SHARED) if name == "calls" else (SHARED, SHARED))]
    busy = np.outer(*factors).ravel() if name == "calls" else factors[0]
    rows = [row for row in plan.agents if row.queue == name and row.contacts > 0]
    total = dict.fromkeys(("offered", "answered", "waited", "waited_answered", "in_time"), 0.0)
    for row in rows:
        each, patience = np.ones(busy.size), row.patience_seconds or np.inf
        systems = Systems(
            busy * row.contacts / 3600,
            each * row.handle_time_seconds,
            each * patience,
        )
        found, arriving = measures(systems, each * row.planned, 20.0), busy * row.contacts
        total["offered"] += float(arriving.mean())
        total["answered"] += float((arriving * found.answer_rate).mean())
        total["waited"] += float((arriving * found.average_wait).mean())
        total["in_time"] += float((arriving * found.service_level_offered).mean())
    return total


def test_every_promise_is_kept_on_average_and_better_than_that_as_forecast(
    planned: tuple[Problem, Plan],
) -> None:
    """But for occupancy: nobody is busier than busy, so busy days add less to it than quiet ones take."""
    for row in planned[1].service:
        assert row.met
        assert row.planned is not None
        assert row.expected is not None
        better = -1 if row.measure in ("average_wait", "occupancy", "waiting_probability") else 1
        assert better * (row.planned - row.expected) > 0 or row.measure == "occupancy"
        assert better * (row.expected - row.target) >= -1e-6


def test_what_is_expected_is_the_average_over_a_grid_of_busyness(planned: tuple[Problem, Plan]) -> None:
    rows = {(row.queue, row.measure): row.expected for row in planned[1].service if row.period == "week"}
    calls, mail = on_average(planned[1], "calls"), on_average(planned[1], "mail")
    assert rows["calls", "answer_rate"] == pytest.approx(calls["answered"] / calls["offered"], abs=2e-4)
    assert rows["calls", "service_level"] == pytest.approx(calls["in_time"] / calls["offered"], abs=4e-4)
    assert rows["mail", "average_wait"] == pytest.approx(mail["waited"] / mail["offered"], rel=1e-2)


def test_an_independent_recomputation_finds_no_fault(planned: tuple[Problem, Plan], tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(planned[1].to_json(), encoding="utf-8")
    check = [sys.executable, str(shared("checks/verify_plan.py")), str(file)]
    found = subprocess.run(check, capture_output=True, encoding="utf-8", check=False)
    assert found.stdout == "every check holds\n"


def test_more_uncertain_days_cost_more_and_certain_ones_say_nothing_of_it(
    planned: tuple[Problem, Plan],
) -> None:
    certain = make_plan(shop(0.0, 0.0))
    assert {row.expected for row in certain.service} == {None}
    wilder = make_plan(shop(0.4, 0.1))
    assert certain.cost < planned[1].cost < wilder.cost


def test_lost_contacts_cost_what_they_do_on_average(planned: tuple[Problem, Plan]) -> None:
    calls = on_average(planned[1], "calls")
    (line,) = (line for line in planned[1].costs if line.item == "lost_contacts")
    assert line.amount == pytest.approx(2.0 * (calls["offered"] - calls["answered"]), rel=5e-3)


def test_the_program_is_no_larger() -> None:
    plain, unsure = (build(instance(of)).matrix for of in (shop(0.0, 0.0), shop()))
    assert plain.column_names == unsure.column_names
    families = [{name.split("_")[0] for name in matrix.rows.names} for matrix in (plain, unsure)]
    assert families[0] == families[1]
    promises = [sum(name.startswith("promise") for name in m.rows.names) for m in (plain, unsure)]
    assert promises[0] == promises[1]


def test_a_roster_is_judged_by_what_is_expected(planned: tuple[Problem, Plan]) -> None:
    """The people of a plan for certain days keep its promises as forecast alone."""
    certain = make_plan(shop(0.0, 0.0))
    found = evaluate_roster(planned[0], certain.seats, {})
    missed = [row for row in found.service if not row.met]
    assert missed
    assert all(row.expected is not None for row in found.service)
    again = evaluate_roster(planned[0], planned[1].seats, {})
    assert all(row.met for row in again.service)


def test_a_requirement_of_agents_takes_no_notice_of_busyness() -> None:
    of = scenario(
        {"calls": queue(patience_seconds=None, customers={"day_cv": 0.3})},
        {"own": pool(shifts(["08:00", "10:00"], 2.0))},
    )
    plan = make_plan(problem(of, {}, agents={"calls": [2.0, 3.0, 1.0, 1.5]}))
    assert plan.cost == pytest.approx((3 + 2) * 2 * 20.0)


def test_busyness_that_hardly_varies_changes_no_cost() -> None:
    calm, certain = (make_plan(shop(cv, 0.0)) for cv in (1e-4, 0.0))
    assert calm.cost == pytest.approx(certain.cost, rel=GAP)


def test_a_plan_for_uncertain_days_is_made_again_from_what_it_embeds(planned: tuple[Problem, Plan]) -> None:
    again = problem_of(planned[1])
    assert again.scenario == planned[0].scenario
