"""The scenarios that come with the planner, repaired until a replay keeps every promise."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planner import Problem, read_problem
from planner.scenario.customers import Customers
from planner.staffing import Certified, Run, Terms, make_certified_plan
from tests.scenarios.documents import SCENARIOS
from tests.scenarios.verified import faults
from tests.shared_data import shared

PATIENT = 300.0
UNEVEN = Customers(day_cv=0.0584, interval_cv=0.0462)
"""Of the bank's history, by `planner calibrate`: days against a trend, and half hours beyond that."""


def certified(problem: Problem, credit: bool = False) -> Certified:
    limits = problem.scenario.solver.model_copy(update={"time_limit_seconds": PATIENT})
    return make_certified_plan(problem, Run(time.monotonic(), limits), Terms(credit=credit))


def bank(customers: Customers | None = None) -> Problem:
    """The bank's week; its days as busy as forecast unless said otherwise."""
    shared("data/bank_calls_30min_2003_mar_aug.csv")
    problem = read_problem(SCENARIOS / "bank" / "week.yaml")
    if customers is None:
        return problem
    queue = problem.scenario.queues["bank"].model_copy(update={"customers": customers})
    scenario = problem.scenario.model_copy(update={"queues": {"bank": queue}})
    return Problem(scenario, problem.calendar, problem.forecast, "", "")


def check(made: Certified, folder: Path) -> None:
    """Every promise is kept, in at most five rounds, at most 1.5 % above the first round's plan."""
    repair = made.plan.repair
    assert repair is not None
    assert [row.verdict for row in made.certificate.promises] == ["kept"] * len(made.plan.service)
    assert len(repair.rounds) <= 5
    assert made.plan.cost <= 1.015 * repair.uncalibrated_cost
    assert faults(made.plan, folder) == ""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_peak_is_certified_within_three_halves_of_a_percent(tmp_path: Path) -> None:
    made = certified(read_problem(SCENARIOS / "ecommerce" / "peak.yaml"))
    assert made.plan.repair is not None
    assert not made.plan.repair.rounds[0].held, "the formulas alone do not keep the VIP promise"
    check(made, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_people_who_help_out_make_the_certified_peak_cheaper_than_the_formulas_allow(tmp_path: Path) -> None:
    made = certified(read_problem(SCENARIOS / "ecommerce" / "peak.yaml"), credit=True)
    assert made.plan.repair is not None
    assert made.plan.repair.difference < -0.02
    check(made, tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_banks_week_is_certified(tmp_path: Path) -> None:
    check(certified(bank()), tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_banks_week_is_certified_on_days_as_uneven_as_its_history(tmp_path: Path) -> None:
    check(certified(bank(UNEVEN)), tmp_path)
