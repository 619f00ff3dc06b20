"""`planner sweep` as a person and as a program use it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.sweep import Result as Became
from planner.sweep import Row, Sweep

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = str(ROOT / "scenarios" / "minimal.yaml")
WAGES = "grid: {pools.team.pay.wage: {factors: [1.0, 1.25]}}\n"


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["sweep", *words])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A sweep of two tasks on real workers, with its folder."""
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "prices.yaml").write_text(WAGES)
    return folder, run(MINIMAL, "--over", str(folder / "prices.yaml"), "--out", str(folder / "out"))


def became(**figures: object) -> Became:
    return Became.model_validate({"key": "k", **figures})


def swept(*results: Became, **more: object) -> Sweep:
    rows = [Row(task=n, changes={"a.b": n, "c.b": "x"}, result=one) for n, one in enumerate(results, 1)]
    given = {
        "scenario": "Minimal", "currency": "CNY", "tasks": len(rows), "already_done": 0,
        "unfinished": 0, "failed": 0,
        "paths": {"a.b": "factors", "c.b": "values"}, "rows": rows, **more,
    }  # fmt: skip
    return Sweep.model_validate(given)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[pytest.MonkeyPatch, str]:
    """What is patched to answer at once, and a sweep file."""
    (tmp_path / "prices.yaml").write_text(WAGES)
    return monkeypatch, str(tmp_path / "prices.yaml")


def test_costs_are_on_standard_output_and_progress_on_standard_error(small: tuple[Path, Result]) -> None:
    _, result = small
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    assert "Minimal 2 tasks, 2 plans" in words
    assert "1 1 7,560 7,560 0.00 %" in words
    assert "2 1.25 9,450 9,450 0.00 %" in words
    assert "2 of 2: pools.team.pay.wage x " in result.stderr


def test_results_are_in_a_parquet_file(small: tuple[Path, Result]) -> None:
    frame = pd.read_parquet(small[0] / "out" / "results.parquet")
    assert frame["cost"].tolist() == [7560.0, 9450.0]


def test_the_same_command_again_plans_nothing_and_gives_the_same(small: tuple[Path, Result]) -> None:
    folder, _ = small
    again = run(MINIMAL, "--over", str(folder / "prices.yaml"), "--out", str(folder / "out"), "--json", "-q")
    found = Sweep.model_validate_json(again.stdout)
    assert again.stderr == ""
    assert (found.tasks, found.already_done, found.unfinished) == (2, 2, 0)
    assert json.loads(again.stdout)["schema"] == "planner.sweep/1"


def test_tasks_that_failed_end_with_1_and_those_left_undone_with_130(
    known: tuple[pytest.MonkeyPatch, str],
) -> None:
    patch, over = known
    for found, code in (
        (swept(became(status="infeasible", reason="too few people")), 0),
        (swept(became(status="failed", reason="the worker ended with code -9"), failed=1), 1),
        (swept(became(status="plan", cost=1.0), tasks=2, unfinished=1), 130),
    ):
        patch.setattr("planner.sweep.sweep", lambda *given, found=found: found)
        assert run(MINIMAL, "--over", over).exit_code == code


@pytest.mark.parametrize("columns", [66, 80, 120])
def test_the_table_fits_the_terminal_and_tells_why_there_is_no_plan(
    columns: int, known: tuple[pytest.MonkeyPatch, str]
) -> None:
    patch, over = known
    few = became(status="infeasible", reason="monday 08:00: calls needs 3 people more than there are")
    plans = [became(status="plan", cost=1e6 + n, bound=9e5, gap=0.1, kept=True) for n in range(45)]
    patch.setattr("planner.sweep.sweep", lambda *given: swept(few, few, *plans))
    result = run(MINIMAL, "--over", over, columns=columns)
    assert all(len(line) <= columns for line in result.stdout.splitlines())
    text = " ".join(result.stdout.split())
    assert "47 tasks, 45 plans, 2 infeasible" in text
    assert "and 7 more; --out DIR" in text
    assert "2 infeasible (task 1, 2): monday 08:00: calls needs 3 people more than there are" in text


@pytest.mark.parametrize(
    "words, said",
    [
        (["--workers", "0"], "--workers: must be 1 to 256 (got 0)"),
        (
            ["--cluster", "host:8786"],
            "--cluster: must be an address such as tcp://host:8786 (got 'host:8786')",
        ),
        (
            ["--workers", "2", "--cluster", "tcp://h:1"],
            "--workers: are those of this machine; a cluster has its own: leave one of them out",
        ),
        (["--gap", "2"], "--gap: must be below 1 (got 2.0)"),
    ],
)
def test_what_cannot_be_run_is_told(
    words: list[str], said: str, known: tuple[pytest.MonkeyPatch, str]
) -> None:
    result = run(MINIMAL, "--over", known[1], *words)
    assert (result.exit_code, result.stderr.strip()) == (2, said)


def test_a_sweep_file_that_is_not_there_is_told() -> None:
    result = run(MINIMAL, "--over", "nowhere.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith("nowhere.yaml: cannot be read")


def test_ctrl_c_finishes_what_is_under_way_and_the_same_command_goes_on(tmp_path: Path) -> None:
    over = tmp_path / "prices.yaml"
    over.write_text("grid: {pools.team.pay.wage: {factors: {from: 0.9, to: 1.1, steps: 400}}}\n")
    command = [sys.executable, "-m", "planner.cli", "sweep", MINIMAL, "--over", str(over), "--json"]
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "out"), "--workers", "1"],
        cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert " 1 of 400: " in process.stderr.readline()
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 30
    assert process.returncode == 130, err
    found = Sweep.model_validate_json(out)
    assert 1 <= len(found.rows) < 10
    assert found.unfinished == 400 - len(found.rows)
    assert len(list((tmp_path / "out" / "parts").glob("*.json"))) == len(found.rows)
