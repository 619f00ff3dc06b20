"""Graded service: the best customers by senior people and first, ordinary matters to self-service first."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from planner import Plan, Run, make_plan, read_problem
from planner.certificate.walk import certify
from planner.inputs import problem_of
from planner.simulation.conditions import Conditions, Effort, conditions_of
from tests.scenarios.documents import SCENARIOS

ENOUGH = Effort(replications=60, seconds=30.0)


@pytest.fixture(scope="module")
def plan() -> Plan:
    problem = read_problem(SCENARIOS / "ecommerce" / "graded.yaml")
    limits = problem.scenario.solver.model_copy(update={"gap": 0.04, "time_limit_seconds": 90.0})
    return make_plan(problem, Run(time.monotonic(), limits))


def test_senior_people_alone_serve_the_best_customers(plan: Plan) -> None:
    serving = {
        pool.pool for row in plan.agents if row.queue == "vip" for pool in row.pools if pool.agents > 1e-6
    }
    assert serving == {"senior"}
    assert plan.gap is not None
    assert plan.gap <= 0.04


def test_ordinary_matters_go_to_self_service_first(plan: Plan) -> None:
    shares = {row.queue: row.share for row in plan.automation}
    assert shares["vip"] == 0
    assert min(shares["presales"], shares["aftersales"]) > 0.2


def test_first_in_line_and_people_kept_idle_are_what_the_best_customers_get(plan: Plan) -> None:
    """The same people replayed with and without grades, with the same contacts."""
    graded = conditions_of(problem_of(plan).scenario)
    equal = replace(graded, priority={}, reserve={})
    assert graded.priority["vip"] < min(graded.priority.get(queue, 5) for queue in ("presales", "aftersales"))
    assert _wait(plan, graded) < 0.8 * _wait(plan, equal)


def _wait(plan: Plan, conditions: Conditions) -> float:
    """Seconds that the best customers wait on average over the week."""
    certificate = certify(plan, conditions, ENOUGH)
    (row,) = (r for r in certificate.promises if (r.queue, r.measure) == ("vip", "average_wait"))
    assert row.simulated is not None
    return row.simulated
