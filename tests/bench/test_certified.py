"""What it costs to keep promises in a replay and not by formulas alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from planner.problem import Problem, read_problem
from planner.staffing import Run, Terms, make_certified_plan
from tests.bench.record import Bench, Row, Table, leave, limit, measured, percent
from tests.scenarios.documents import SCENARIOS
from tests.scenarios.test_certified_scenarios import UNEVEN, bank

LIMIT = limit("CERTIFIED", 180)

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]


def peak() -> Problem:
    return read_problem(SCENARIOS / "ecommerce" / "peak.yaml")


def uneven_bank() -> Problem:
    return bank(UNEVEN)


QUESTIONS: dict[str, tuple[Callable[[], Problem], bool]] = {
    "peak": (peak, False),
    "peak, with credit": (peak, True),
    "a bank's week": (bank, False),
    "a bank's week, days as uneven as its history": (uneven_bank, False),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_certified_plans(name: str, benchmark: Bench) -> None:
    read, credit = QUESTIONS[name]
    problem = read()
    leave(benchmark, Table("certified", [measured(benchmark, lambda: certified(name, problem, credit))]))


def certified(name: str, problem: Problem, credit: bool) -> Row:
    limits = problem.scenario.solver.model_copy(update={"time_limit_seconds": LIMIT})
    began = time.monotonic()
    made = make_certified_plan(problem, Run(began, limits), Terms(credit=credit))
    seconds = time.monotonic() - began
    repair = made.plan.repair
    assert repair is not None
    kept = sum(row.verdict == "kept" for row in made.certificate.promises)
    first = repair.rounds[0]
    return {
        "Scenario": name,
        "Promises kept": f"{kept} of {len(made.certificate.promises)}",
        "Short in the first replay": f"{sum(row.short for row in first.promises)}",
        "Rounds": f"{len(repair.rounds)}",
        "Cost against the first plan": percent(made.plan.cost / repair.uncalibrated_cost - 1.0),
        "Against the first bound": percent(repair.difference),
        "Seconds, plans / all": f"{made.plan.seconds:.0f} / {seconds:.0f}",
    }
