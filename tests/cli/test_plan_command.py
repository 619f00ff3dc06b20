"""`planner plan` as a person and as a program use it; in place of the planning stands a plan made by hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.diagnosis import Infeasible
from planner.errors import Interrupted, InvalidInput, Mistake, NoPlanExists, OutOfTime, SolverFailed
from planner.plan import Plan, read_plan
from planner.scenario.scenario import SolverLimits
from planner.staffing import Run
from tests.diagnosis.sample import sample_infeasible
from tests.report.sample_plan import sample_plan

Asked = dict[str, Any]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the command asks the library for; `answer` may be replaced by an error."""
    told: Asked = {"answer": sample_plan(), "limits": SolverLimits(), "forecast": None}

    def read_problem(
        scenario: str, forecast: Path | None, confidence: float | None, economic: bool
    ) -> SimpleNamespace:
        told.update(source=scenario, forecast=forecast, confidence=confidence, economic=economic)
        return SimpleNamespace(scenario=SimpleNamespace(solver=told["limits"]))

    def make_plan(problem: object, run: Run) -> Plan:
        told["run"] = run
        answer = told["answer"]
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Plan)
        return answer

    for name in [name for name in os.environ if name.startswith("PLANNER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("planner.problem.read_problem", read_problem)
    monkeypatch.setattr("planner.staffing.make_plan", make_plan)
    return told


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["plan", "peak.yaml", *words])


def test_tables_show_people_service_cost_and_gap(asked: Asked) -> None:
    result = run()

    assert result.exit_code == 0
    for words in ("08:00-17:00/12:00-13:00", "MISSED", "floor", "Wages", "64,000 CNY", "0.30 %", "Notes"):
        assert words in result.stdout
    assert result.stderr == ""


def test_json_is_the_plan_and_nothing_else(asked: Asked) -> None:
    result = run("--json")

    assert Plan.model_validate_json(result.stdout) == asked["answer"]
    assert json.loads(result.stdout)["service"][4]["planned"] is None
    assert result.stderr == ""


@pytest.mark.parametrize(
    "failure, code, status",
    [
        (InvalidInput([Mistake("peak.yaml", "queues", "has none")]), 2, "invalid"),
        (OutOfTime(), 4, "timeout"),
        (Interrupted(), 130, "error"),
        (SolverFailed("the solver died"), 1, "error"),
    ],
)
def test_every_failure_has_its_exit_code_and_status(
    asked: Asked, failure: Exception, code: int, status: str
) -> None:
    asked["answer"] = failure

    as_json, as_text = run("--json"), run()

    assert (as_json.exit_code, as_text.exit_code) == (code, code)
    found = json.loads(as_json.stdout)
    assert found["status"] == status
    assert all(error["problem"] for error in found["errors"])
    assert as_json.stderr == ""
    assert as_text.stdout == ""
    assert found["errors"][0]["problem"] in as_text.stderr


def test_where_no_plan_exists_the_clash_and_its_repairs_are_the_result(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked["answer"] = NoPlanExists(["presales needs 3 more people on Monday"])
    monkeypatch.setattr("planner.diagnosis.diagnose", lambda problem, why, effort: sample_infeasible())

    as_json, as_text = run("--json"), run()

    assert (as_json.exit_code, as_text.exit_code) == (3, 3)
    assert Infeasible.model_validate_json(as_json.stdout) == sample_infeasible()
    assert json.loads(as_json.stdout)["status"] == "infeasible"
    assert (as_json.stderr, as_text.stderr) == ("", "presales needs 3 more people on Monday\n")
    for words in (
        "pools.own.maximum_headcount",
        "at most 3 people",
        "own: 1 more person",
        "3 → 4",
        "320.00",
        "+6.67 %",
        "11.0 agent hours",
    ):
        assert words in as_text.stdout


def test_a_mistake_is_printed_with_file_and_place(asked: Asked) -> None:
    asked["answer"] = InvalidInput([Mistake("peak.yaml", "queues.presales", "no pool serves it")])

    assert run().stderr == "peak.yaml: queues.presales: no pool serves it\n"


def test_an_option_comes_before_its_variable_and_that_before_the_scenario(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked["limits"] = SolverLimits(gap=0.1, time_limit_seconds=10, seed=7, solver="highs")
    monkeypatch.setenv("PLANNER_GAP", "0.2")
    monkeypatch.setenv("PLANNER_TIME_LIMIT", "20")

    run("--gap", "0.3")

    assert asked["run"].limits == SolverLimits(gap=0.3, time_limit_seconds=20, seed=7, solver="highs")


def test_a_gap_of_50_is_refused_before_anything_is_read(asked: Asked) -> None:
    result = run("--gap", "50", "--time-limit", "-1")

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 2
    assert "--gap: must be below 1 (got 50.0; write 0.5)" in result.stderr
    assert "--time-limit: must be above 0 (got -1.0)" in result.stderr
    assert "source" not in asked


def test_the_files_hold_the_plan_that_was_printed(asked: Asked, tmp_path: Path) -> None:
    result = run("--json", "--out", str(tmp_path / "new" / "results"))

    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "new" / "results").iterdir()) == [
        "plan.json",
        "plan.xlsx",
        "report.html",
        "seats.csv",
    ]
    assert read_plan(tmp_path / "new" / "results") == Plan.model_validate_json(result.stdout)


def test_bad_input_leaves_existing_results_alone(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("older")
    asked["answer"] = InvalidInput([Mistake("peak.yaml", "", "is empty")])

    assert run("--out", str(tmp_path)).exit_code == 2
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("plan.json", "older")]


def test_a_folder_that_cannot_be_written_is_refused_before_the_planning(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    result = run("--out", str(tmp_path / "file" / "results"))

    assert result.exit_code == 2
    assert "--out" in result.stderr
    assert "run" not in asked


def test_a_plan_whose_files_cannot_be_written_is_still_printed(
    asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise InvalidInput([Mistake(str(tmp_path), "", "No space left on device")])

    monkeypatch.setattr("planner.report.files.write_results", full)

    result = run("--out", str(tmp_path))

    assert result.exit_code == 2
    assert "64,000 CNY" in result.stdout
    assert "No space left" in result.stderr


def test_confidence_is_the_options_before_the_variables(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    run()
    found.append(asked["confidence"])
    monkeypatch.setenv("PLANNER_CONFIDENCE", "0.8")
    for words in ((), ("--confidence", "0.9")):
        run(*words)
        found.append(asked["confidence"])
    assert found == [None, 0.8, 0.9]


def test_a_confidence_that_is_none_is_told(asked: Asked) -> None:
    result = run("--confidence", "90")

    assert result.exit_code == 2
    assert "--confidence: must be below 1 (got 90.0; write 0.9)" in result.stderr
    assert "source" not in asked


def test_service_is_as_promised_unless_the_economic_one_is_asked_for(asked: Asked) -> None:
    assert run().exit_code == 0
    assert asked["economic"] is False
    assert run("--service", "economic").exit_code == 0
    assert asked["economic"] is True
