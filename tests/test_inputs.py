"""A plan's inputs, read back into the problem it was made for."""

from __future__ import annotations

import numpy as np
import pytest

from planner.inputs import inputs_of, problem_of
from planner.plan import Plan
from planner.problem import Problem
from tests.report.sample_plan import sample_plan
from tests.scenario.samples import FORECAST, changed, small

WINDOW = {
    "columns": {"start": "when"},
    "constants": {"handle_time_seconds": 200},
    "from": "2026-03-02",
    "to": "2026-03-02T10:00",
}


def plan_of(problem: Problem) -> Plan:
    return sample_plan().model_copy(update={"inputs": inputs_of(problem)})


@pytest.mark.parametrize("field", ["contacts", "agents"])
def test_a_plan_gives_back_the_problem_it_was_made_for(field: str) -> None:
    rows = [{"when": row["start"], "queue": row["queue"], field: row["contacts"]} for row in FORECAST]
    problem = small(changed("forecast", WINDOW), [*rows, rows[0] | {"when": "2026-03-02T11:00"}])
    again = problem_of(plan_of(problem))

    assert again.scenario == problem.scenario
    assert again.forecast.ignored_rows == problem.forecast.ignored_rows == 1
    assert (again.scenario_sha256, again.forecast_sha256) == (
        problem.scenario_sha256,
        problem.forecast_sha256,
    )
    np.testing.assert_array_equal(again.calendar.epoch, problem.calendar.epoch)
    for name in ("contacts", "handle_time", "agents", "open"):
        np.testing.assert_array_equal(getattr(again.forecast, name), getattr(problem.forecast, name))
