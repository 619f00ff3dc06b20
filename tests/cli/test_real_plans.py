"""The whole way on a scenario of one morning: plan it, read it back, evaluate it, break it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner import problem_from
from planner.cli.app import app
from planner.report.seats_csv import seats_csv
from planner.roster import read_roster
from tests.report.sample_plan import sample_plan, seat
from tests.shared_data import shared

SCENARIO: dict[str, Any] = {
    "name": "Morning",
    "currency": "EUR",
    "calendar": {"start": "2026-06-15", "days": 1, "interval_minutes": 60, "time_zone": "Europe/Berlin"},
    "forecast": {"file": "morning.csv"},
    "queues": {
        "sales": {
            "patience_seconds": 120,
            "open": {"mon": "08:00-12:00"},
            "automation": {
                "intents": [
                    {"name": "where is it", "share": 0.4, "containment": 0.5},
                    {"name": "the rest", "share": 0.6, "automatable": False},
                ],
                "price_per_session": 0.1,
                "level_step": 0.2,
            },
        }
    },
    "pools": {
        "own": {
            "kind": "in_house",
            "queues": ["sales"],
            "pay": {"by": "hour", "wage": 20},
            "shifts": {"starts": ["08:00", "10:00"], "lengths_hours": [2, 4]},
        }
    },
    "solver": {"time_limit_seconds": 60},
}
FORECAST = "start,queue,contacts,handle_time_seconds\n" + "".join(
    f"2026-06-15 {hour:02}:00,sales,{contacts},240\n"
    for hour, contacts in zip(range(8, 12), (20, 40, 30, 10), strict=True)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scenario and forecast, and the results of planning them."""
    place = tmp_path_factory.mktemp("morning")
    (place / "morning.yaml").write_text(json.dumps(SCENARIO))
    (place / "morning.csv").write_text(FORECAST)
    result = run("plan", str(place / "morning.yaml"), "--out", str(place / "results"), "--gap", "0.0001")
    assert result.exit_code == 0, result.output
    return place


def run(*words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, words, input=given)


def test_the_plan_on_file_passes_the_independent_check(folder: Path) -> None:
    check = shared("checks/verify_plan.py")

    done = subprocess.run(
        [sys.executable, str(check), str(folder / "results" / "plan.json")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_show_prints_the_tables_of_a_plan_on_file(folder: Path) -> None:
    from_folder, from_file = (
        run("show", str(folder / "results")),
        run("show", str(folder / "results" / "plan.json")),
    )

    assert from_folder.exit_code == 0
    assert from_folder.stdout == from_file.stdout
    assert "Morning" in from_folder.stdout


def test_show_refuses_what_is_no_plan(folder: Path) -> None:
    assert run("show", str(folder / "morning.csv")).exit_code == 2
    assert run("show", str(folder / "nothing")).exit_code == 2


def test_a_plan_evaluated_again_costs_and_delivers_the_same(folder: Path) -> None:
    plan = json.loads((folder / "results" / "plan.json").read_text())
    share = plan["automation"][0]["share"]

    result = run(
        "evaluate",
        str(folder / "morning.yaml"),
        "--seats",
        str(folder / "results" / "seats.csv"),
        "--automation",
        f"sales={share}",
        "--json",
    )

    assert result.exit_code == 0, result.output
    again = json.loads(result.stdout)
    assert (again["status"], again["bound"], again["gap"]) == ("evaluated", None, None)
    assert again["seats"] == plan["seats"]
    assert again["cost"] == pytest.approx(plan["cost"])
    assert [row["planned"] for row in again["service"]] == pytest.approx(
        [row["planned"] for row in plan["service"]]
    )


@pytest.mark.parametrize("name", ["=own", "+1 team", "-", "@home", "'quoted"])
def test_guarded_names_are_read_back_unharmed(name: str, tmp_path: Path) -> None:
    pools = {name: SCENARIO["pools"]["own"]}
    forecast = list(csv.DictReader(FORECAST.splitlines()))
    problem = problem_from(SCENARIO | {"pools": pools, "forecast": {}}, forecast)
    seats = (seat(name, 0, (8, 12), 3),)
    (tmp_path / "seats.csv").write_bytes(seats_csv(sample_plan(seats=seats)))

    assert [entry.pool for entry in read_roster(tmp_path / "seats.csv", problem)] == [name]


def test_erlang_confirms_what_the_plan_says_of_an_interval(folder: Path) -> None:
    plan = json.loads((folder / "results" / "plan.json").read_text())
    worst = next(
        row for row in plan["service"] if row["measure"] == "answer_rate" and row["period"] == "interval"
    )
    row = next(row for row in plan["agents"] if row["start"] == worst["start"])

    found = run(
        *("erlang", "--model", "a", "--per", "1h", "--json", "--contacts", str(row["contacts"])),
        *("--handle-time", str(row["handle_time_seconds"]), "--patience", str(row["patience_seconds"])),
        *("--agents", str(row["planned"])),
    )

    assert json.loads(found.stdout)["answer_rate"] == pytest.approx(worst["planned"], abs=1e-9)


def test_a_scenario_comes_from_standard_input(folder: Path) -> None:
    scenario = json.dumps(SCENARIO | {"currency": "euro"}).encode()

    result = run("plan", "-", "--forecast", str(folder / "morning.csv"), given=scenario)

    assert result.exit_code == 2
    assert result.stderr.startswith("standard input: currency")


def test_promises_that_cannot_be_kept_are_infeasible(folder: Path) -> None:
    pools = {"own": SCENARIO["pools"]["own"] | {"maximum_headcount": 1}}
    (folder / "few.yaml").write_text(json.dumps(SCENARIO | {"pools": pools}))

    result = run("plan", str(folder / "few.yaml"), "--json")

    assert result.exit_code == 3, result.output
    found = json.loads(result.stdout)
    assert found["status"] == "infeasible"
    assert found["errors"][0]["problem"]


def test_no_time_at_all_is_a_timeout(folder: Path) -> None:
    result = run("plan", str(folder / "morning.yaml"), "--time-limit", "0.001", "--json")

    assert result.exit_code == 4, result.output
    assert json.loads(result.stdout)["status"] == "timeout"


def test_all_mistakes_of_scenario_and_forecast_are_told_at_once(folder: Path) -> None:
    (folder / "bad.csv").write_text(FORECAST.replace("20,240", "-5,240"))
    (folder / "bad.yaml").write_text(json.dumps(SCENARIO | {"currency": "euro", "colour": "red"}))

    result = run("plan", str(folder / "bad.yaml"), "--forecast", str(folder / "bad.csv"))

    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert sum(line.startswith("bad.yaml: ") for line in lines) == 2
    assert sum(line.startswith("bad.csv: row 2: ") for line in lines) == 1


def test_the_schema_is_a_json_schema_that_accepts_the_scenario() -> None:
    import jsonschema

    schema = json.load(io.StringIO(run("schema").stdout))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(SCENARIO, schema)
