"""The command as a process: signals, streams and exit codes, with the planning slowed down or replaced."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from planner.cli.app import run as command_line

PROJECT = Path(__file__).resolve().parents[2]

SLOW = """
import sys, time
from collections import namedtuple
from types import SimpleNamespace
from planner.errors import Interrupted
from planner.scenario.scenario import SolverLimits
from tests.report.sample_plan import sample_plan

def make_plan(problem, run):
    print("planning", file=sys.stderr, flush=True)
    while not run.stopped():
        time.sleep(0.02)
    {stopped}

def read_problem(*given):
    return SimpleNamespace(scenario=SimpleNamespace(solver=SolverLimits()))

# In place of the rooms themselves, whose libraries take seconds to load.
run = namedtuple("Run", "started limits watch stopped")
sys.modules["planner.staffing"] = SimpleNamespace(make_plan=make_plan, Run=run)
sys.modules["planner.problem"] = SimpleNamespace(read_problem=read_problem)
sys.argv = ["planner", "plan", "peak.yaml", *sys.argv[1:]]
from planner.cli import main
main()
"""
WITH_PLAN = "return sample_plan(stopped='Ctrl-C', status='feasible')"
WITHOUT_PLAN = "raise Interrupted('stopped before the first plan')"
DEAF = "time.sleep(60)"


def started(stopped: str, *words: str) -> subprocess.Popen[str]:
    """The command, running and planning."""
    code = textwrap.dedent(SLOW).replace("{stopped}", stopped)
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "planning\n"
    return process


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "planner.cli", *words]
    return subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, check=False, env=os.environ | more
    )


def test_ctrl_c_writes_and_prints_the_best_plan(tmp_path: Path) -> None:
    process = started(WITH_PLAN, "--json", "--out", str(tmp_path))

    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)

    assert (code, err) == (0, "")
    assert json.loads(out)["stopped"] == "Ctrl-C"
    assert json.loads((tmp_path / "plan.json").read_text()) == json.loads(out)


def test_ctrl_c_before_the_first_plan_ends_with_130() -> None:
    process = started(WITHOUT_PLAN, "--json")

    process.send_signal(signal.SIGINT)
    code, out, _ = ended(process)

    assert code == 130
    assert json.loads(out)["status"] == "error"


def test_a_second_ctrl_c_aborts() -> None:
    process = started(DEAF)

    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)

    assert code == 130
    assert out == ""
    assert "Traceback" not in err


def test_a_terminated_command_ends_at_once_without_a_traceback() -> None:
    process = started(WITH_PLAN)

    process.terminate()
    code, out, err = ended(process)

    assert (code, out, err) == (143, "", "")


def test_a_fault_of_ours_is_one_line_and_one_object() -> None:
    process = started("raise ZeroDivisionError('by nothing')", "--json")

    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)

    assert code == 1
    assert "ZeroDivisionError: by nothing" in json.loads(out)["errors"][0]["problem"]
    assert err == ""


def test_verbose_shows_where_a_fault_of_ours_came_from() -> None:
    process = started("raise ZeroDivisionError('by nothing')", "-v")

    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)

    assert (code, out) == (1, "")
    assert "Traceback" in err


def test_a_reader_that_goes_away_leaves_no_traceback() -> None:
    process = started(WITH_PLAN)
    assert process.stdout is not None
    process.stdout.close()

    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 1


@pytest.mark.parametrize(
    "words",
    [["plan"], ["plan", "a", "b"], ["plan", "x.yaml", "--solver", "cbc"], ["plam"], ["show", "x", "--jso"]],
)
def test_a_command_typed_wrongly_is_bad_input(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    try:
        monkeypatch.setattr(sys, "argv", ["planner", *words])
        assert command_line(time.monotonic()) == 2
        text = capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["planner", *words, "--json"])
        assert command_line(time.monotonic()) == 2
        as_json = capsys.readouterr()
    finally:
        signal.signal(signal.SIGTERM, before)

    assert text.out == ""
    assert text.err
    assert as_json.err == ""
    assert json.loads(as_json.out)["status"] == "invalid"


def test_a_scenario_that_is_not_there_is_bad_input() -> None:
    done = run("plan", "nowhere.yaml")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nowhere.yaml: cannot be read")


def test_output_in_a_narrow_encoding_does_not_fail() -> None:
    code = "from tests.report.sample_plan import sample_plan as s; print(s().to_json())"
    plan = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=True).stdout
    shown = subprocess.run(
        [sys.executable, "-m", "planner.cli", "show", "/dev/stdin"],
        cwd=PROJECT,
        input=plan,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )

    assert shown.returncode == 0, shown.stderr
    assert b"June week" in shown.stdout
