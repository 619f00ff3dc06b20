"""Shift design instances whose optima are known, planned through the scenario format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner import Plan, problem_from
from tests.scenarios.shift_design import Objective, document, instance, requirement
from tests.scenarios.verified import faults, planned
from tests.shared_data import shared

INSTANCES = ("DataSet1_RandomExample1", "DataSet1_RandomExample3")
PROVEN = 1e-9


@pytest.fixture(scope="module", params=[(name, goal) for name in INSTANCES for goal in ("paid", "heads")])
def solved(request: pytest.FixtureRequest) -> tuple[str, Objective, Plan]:
    """One instance under one objective, planned until nothing cheaper can exist."""
    name, objective = request.param
    given = instance(shared(f"data/{name}.json"))
    problem = problem_from(document(given, objective), requirement(given))
    return name, objective, planned(problem, gap=0.0)


def test_cost_is_the_published_optimum(solved: tuple[str, Objective, Plan]) -> None:
    name, objective, plan = solved
    expected = json.loads(shared("data/msd_expected.json").read_text())[name][objective]["obj"]
    assert plan.cost == pytest.approx(expected, abs=1e-6 * expected)
    assert plan.gap == pytest.approx(0.0, abs=PROVEN)
    assert plan.status == "optimal"


def test_everybody_who_is_needed_is_there(solved: tuple[str, Objective, Plan]) -> None:
    _, _, plan = solved
    assert all(row.planned >= row.needed - 1e-6 for row in plan.agents)


def test_check_of_others_finds_no_fault(solved: tuple[str, Objective, Plan], tmp_path: Path) -> None:
    assert faults(solved[2], tmp_path) == ""
