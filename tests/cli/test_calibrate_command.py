"""`planner calibrate` as a person and as a program use it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner, Result

from planner.calibration import Calibration
from planner.cli.app import app
from tests.calibration.histories import Truth, rows


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["calibrate", *words])


def written(path: Path, table: list[dict[str, Any]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        into = csv.DictWriter(file, list(table[0]))
        into.writeheader()
        into.writerows(table)
    return str(path)


@pytest.fixture
def history(tmp_path: Path) -> str:
    """Eight weeks of two queues with all that interval records can tell."""
    truth = Truth(weeks=8, volume=500, intervals=16, day_cv=0.1)
    table = [row for seed, name in enumerate(("presales", "aftersales")) for row in rows(truth, seed, name)]
    for row in table:
        row["answered"] = row["offered"] - row["offered"] // 20
        row |= {"average_wait_seconds": 6, "handle_time_seconds": 240}
    return written(tmp_path / "history.csv", table)


def test_the_fragment_is_on_standard_output_and_what_it_rests_on_beside_it(history: str) -> None:
    result = run(history)

    assert result.exit_code == 0
    found = YAML(typ="safe", pure=True).load(result.stdout)
    assert set(found) == {"uncertainty", "queues"}
    assert set(found["queues"]) == {"presales", "aftersales"}
    for words in ("Days", "Estimates", "What this rests on", "Not estimated", "Mean patience, s"):
        assert words in result.stderr
    assert "patience_cv" in result.stderr
    assert "it takes per-call records" in result.stderr


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_fit_the_terminal_and_the_fragment_is_never_cut(history: str, columns: int) -> None:
    result = run(history, columns=columns)

    assert all(len(line) <= columns for line in result.stderr.splitlines())
    assert "…" not in result.stderr
    assert result.stdout == run(history).stdout


def test_json_is_the_calibration_and_nothing_else(history: str) -> None:
    result = run(history, "--json")

    found = Calibration.model_validate_json(result.stdout)
    assert json.loads(result.stdout)["schema"] == "planner.calibration/1"
    assert [queue.queue for queue in found.queues] == ["presales", "aftersales"]
    assert result.stderr == ""


def test_the_file_holds_what_is_printed(history: str, tmp_path: Path) -> None:
    result = run(history, "--out", str(tmp_path / "fragment.yaml"))

    assert (tmp_path / "fragment.yaml").read_text(encoding="utf-8") == result.stdout


def test_a_mistake_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("start,queue,offered\n2025-01-06T08:00,a,-1\n")
    out = tmp_path / "fragment.yaml"
    out.write_text("before")

    result = run(str(bad), "--out", str(out))

    assert (result.exit_code, result.stdout, out.read_text()) == (2, "", "before")
    assert result.stderr == "bad.csv: row 2: offered must be from 0 to 10,000,000 (got -1)\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "fragment.yaml"]


@pytest.mark.parametrize("place", ["folder", "nowhere/fragment.yaml"])
def test_a_file_that_cannot_be_written_is_told_before_the_work(
    history: str, tmp_path: Path, place: str
) -> None:
    (tmp_path / "folder").mkdir()

    result = run(history, "--out", str(tmp_path / place))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--out: ")


def test_mistakes_as_json_are_one_object(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("start,queue,offered\nnever,a,1\n2025-01-06T08:00,a,x\n")

    result = run(str(bad), "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == 2
    assert (found["status"], len(found["errors"])) == ("invalid", 2)
    assert [error["place"] for error in found["errors"]] == ["row 2", "row 3"]


def test_wrong_options_are_told_all_at_once(history: str) -> None:
    options = ("--from", "soon", "--time-zone", "Moon", "--column", "calls", "--column", "offred=calls")

    result = run(history, *options)

    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [
        "--from",
        "--time-zone",
        "--column",
        "--column",
    ]
    assert "write offered" in result.stderr


def test_a_window_that_ends_before_it_begins_is_told(history: str) -> None:
    result = run(history, "--from", "2025-03-01", "--to", "2025-02-01")

    assert result.exit_code == 2
    assert result.stderr.startswith("--to: must lie after --from")


def test_rows_outside_the_window_are_counted(history: str) -> None:
    result = run(history, "--from", "2025-01-13", "--to", "2025-02-24")

    # a week of five days before and another after it, 16 half hours, two queues
    assert "960 rows of intervals, 320 outside the window ignored" in result.stderr


def test_columns_and_queue_may_be_named(tmp_path: Path) -> None:
    table = [{"Beginn": row["start"], "Anrufe": row["offered"]} for row in rows(Truth(weeks=8), 1)]

    result = run(
        *(written(tmp_path / "h.csv", table), "--queue", "hotline"),
        *("--column", "start=Beginn", "--column", "offered=Anrufe"),
    )

    assert result.exit_code == 0
    assert "hotline:" in result.stdout
    assert "# no patience_seconds: the file has no column abandoned and no column answered" in result.stdout


def test_another_level_is_another_figure(tmp_path: Path) -> None:
    path = written(tmp_path / "h.csv", rows(Truth(weeks=20, volume=3000, weekly_growth=0.05), 1))

    trend, constant = (
        json.loads(run(path, "--level", level, "--json").stdout)["queues"][0]["day_cv"]
        for level in ("trend", "constant")
    )

    assert trend < 0.02
    assert constant > 0.2


def test_help_says_what_it_does() -> None:
    result = run("--help", columns=100)

    assert result.exit_code == 0
    for word in ("HISTORY", "--column", "--queue", "--from", "--to", "--level", "--json", "--out"):
        assert word in result.stdout


def test_a_history_may_come_from_standard_input(history: str) -> None:
    piped = CliRunner().invoke(app, ["calibrate", "-", "--json"], input=Path(history).read_bytes())

    found = json.loads(piped.stdout)
    assert found["file"] == "standard input"
    assert found["queues"] == json.loads(run(history, "--json").stdout)["queues"]
