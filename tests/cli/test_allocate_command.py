"""`planner allocate` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import planner
from planner.allocation import Allocation
from planner.cli.app import app
from tests.allocation.plans import by_hand
from tests.allocation.test_coalitions import planned

ROOT = Path(__file__).resolve().parents[2]
LINES = """lines:
  shop: {queues: {sales: 1, service: 0.25}, value_per_contact: 100}
  web: {queues: {service: 0.75}, value_per_contact: 400}
"""


def run(*words: str, columns: int = 80, **more: str) -> Result:
    return CliRunner(env={"COLUMNS": str(columns), **more}).invoke(app, ["allocate", *words])


@pytest.fixture
def plan(tmp_path: Path) -> str:
    (tmp_path / "plan.json").write_text(by_hand().to_json())
    return str(tmp_path)


@pytest.fixture
def lines(tmp_path: Path) -> str:
    (tmp_path / "lines.yaml").write_text(LINES)
    return str(tmp_path / "lines.yaml")


def test_lines_items_and_dear_contacts_are_on_standard_output(plan: str, lines: str) -> None:
    result = run(plan, "--lines", lines)

    assert (result.exit_code, result.stderr) == (0, "")
    for words in (
        "over lines by handled time",
        "9,712.50",
        "7,537.50",
        "17,250.00",
        "more than they are worth",
    ):
        assert words in result.stdout
    assert "Hours of the week" in result.stdout
    assert "mon 08:00" in result.stdout


@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit_the_terminal(plan: str, lines: str, columns: int) -> None:
    result = run(plan, "--lines", lines, columns=columns)

    assert all(len(line) <= columns for line in result.stdout.splitlines())
    assert "…" not in result.stdout


def test_json_is_the_allocation_and_nothing_else(plan: str, lines: str) -> None:
    result = run(plan, "--lines", lines, "--by", "peak_share", "--json")

    found = Allocation.model_validate_json(result.stdout)
    assert json.loads(result.stdout)["schema"] == "planner.allocation/1"
    assert found.by == "peak_share"
    assert sum(line.cost for line in found.lines) == found.cost == Decimal("17250.00")


def test_the_folder_gets_both_files_and_the_rows_add_up(plan: str, lines: str, tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(plan, "--lines", lines, "--out", str(out))

    assert result.exit_code == 0
    assert sorted(file.name for file in out.iterdir()) == ["allocation.csv", "allocation.json"]
    assert (out / "allocation.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO((out / "allocation.csv").read_bytes().decode("utf-8-sig"))))
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("17250.00")
    assert {row["currency"] for row in rows} == {"CNY"}
    made = Allocation.model_validate_json((out / "allocation.json").read_text())
    assert len(made.cells) == len(rows)


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_guarded(plan: str, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text('lines: {"=1+1": {queues: {sales: 1, service: 1}}}')
    run(plan, "--lines", str(tmp_path / "odd.yaml"), "--out", str(tmp_path / "out"))

    assert b"\r\n'=1+1,wages," in (tmp_path / "out" / "allocation.csv").read_bytes()


def test_a_shapley_value_tells_what_lines_cost_alone_and_what_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(planned().to_json())

    result = run(str(tmp_path), "--by", "shapley", "--gap", "0.000001", "--verbose")

    assert result.exit_code == 0
    for words in ("by Shapley value", "What the bounds leave open", "Lines planned alone", "sales + service"):
        assert words in result.stdout
    assert "planning alone sales, plans 0 of 2" in result.stderr


def test_the_smallest_scenario_is_one_line(tmp_path: Path) -> None:
    made = planner.make_plan(planner.read_problem(ROOT / "scenarios" / "minimal.yaml"))
    (tmp_path / "plan.json").write_text(made.to_json())

    found = json.loads(run(str(tmp_path), "--json").stdout)

    assert [(line["line"], line["cost"]) for line in found["lines"]] == [("calls", round(made.cost, 2))]


def test_variables_of_other_commands_do_not_hinder_a_driver(plan: str) -> None:
    assert run(plan, PLANNER_GAP="0.02").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--gap", "0.1"), "--gap: needs --by shapley: drivers plan nothing"),
        (("--time-limit", "9"), "--time-limit: needs --by shapley"),
        (("--workers", "2"), "--workers: needs --by shapley"),
        (("--by", "shapley", "--gap", "2"), "--gap: must be below 1 (got 2.0)"),
        (("--by", "shapley", "--time-limit", "0"), "--time-limit: must be above 0 (got 0"),
        (("--lines", "nowhere.yaml"), "nowhere.yaml: cannot be read"),
    ],
)
def test_options_that_cannot_be_taken_are_bad_input(plan: str, words: tuple[str, ...], told: str) -> None:
    result = run(plan, *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_driver_that_is_none_is_a_usage_error(plan: str) -> None:
    result = run(plan, "--by", "seats")
    assert result.exit_code == 2
    assert "peak_share" in result.stderr


def test_mistakes_of_lines_carry_the_name_of_the_file(plan: str, tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text("lines: {a: {queues: {sales: 0.5}}}")

    result = run(plan, "--lines", str(tmp_path / "half.yaml"))

    assert result.exit_code == 2
    assert "half.yaml: lines: the shares of queue sales must add up to 1 (got 0.5: a 0.5)" in result.stderr
    assert "half.yaml: lines: queue service is in no line" in result.stderr


def test_time_that_runs_out_ends_with_4(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(planned().to_json())

    result = run(str(tmp_path), "--by", "shapley", "--time-limit", "0.2")

    assert result.exit_code == 4
    assert "allow more with --time-limit" in result.stderr
