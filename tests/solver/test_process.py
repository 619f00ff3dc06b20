from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from planner.errors import Interrupted, SolverFailed
from planner.solver.process import Child

ROOT = Path(__file__).resolve().parents[2]

SOLVES = """
    import sys, time
    sys.path.insert(0, {root!r})
    from planner.solver.mixed import Runs, Task
    from tests.solver.programs import market_split
    runs = Runs(time.monotonic() + 60)
    for solver in ("scip", "highs"):
        runs.start(Task(solver, solver, market_split(rows={rows})))
"""


def script(tmp_path: Path, then: str, rows: int) -> Path:
    """A script without a main guard that starts both solvers and goes on with `then`."""
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(SOLVES).format(root=str(ROOT), rows=rows) + textwrap.dedent(then))
    return path


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def gone(pids: list[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_a_script_without_a_main_guard_hears_of_its_plans_and_of_nothing_else(tmp_path: Path) -> None:
    path = script(
        tmp_path,
        """
        with runs:
            while runs.running:
                runs.next(30)
        print("once")
        """,
        rows=2,
    )
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "once\n"
    assert ran.stderr == ""


@pytest.mark.parametrize("busy", [True, False])
def test_no_solver_outlives_a_parent_that_was_killed(tmp_path: Path, busy: bool) -> None:
    """Busy solvers hold Python's lock at times; waiting ones sit in a read."""
    then = """
        while {busy} and {{"scip", "highs"}} - heard:
            heard.add(runs.next(30).task)
        print(*(run.child.pid for run in runs._runs.values()), flush=True)
        time.sleep(60)
        """
    path = script(tmp_path, "\nheard = set()" + textwrap.dedent(then).format(busy=busy), rows=5)
    with subprocess.Popen([sys.executable, path], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        parent.kill()
        assert gone(pids, 5.0)


def test_a_script_that_ends_without_closing_its_runs_leaves_no_solver(tmp_path: Path) -> None:
    path = script(tmp_path, "print(*(run.child.pid for run in runs._runs.values()))", rows=5)
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True, timeout=60)
    assert gone([int(pid) for pid in ran.stdout.split()], 2.0)
    assert ran.stderr == ""


def test_a_solver_leads_a_group_of_its_own_so_that_ctrl_c_is_ours() -> None:
    child = Child("highs")
    try:
        assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    finally:
        child.close()


def test_a_forgotten_solver_is_ended() -> None:
    child = Child("highs")
    pid = child.pid
    del child
    gc.collect()
    assert gone([pid], 2.0)


def test_a_solver_that_stands_still_cannot_hold_up_who_sends_to_it() -> None:
    child = Child("highs")
    os.kill(child.pid, signal.SIGSTOP)
    began = time.monotonic()
    child.post("large", bytes(50_000_000))
    child.close()
    assert time.monotonic() - began < 2.0
    assert gone([child.pid], 1.0)


def test_a_solver_that_was_killed_says_so() -> None:
    child = Child("scip")
    child.kill()
    with pytest.raises(SolverFailed, match="ended with code -9"):
        child.receive(time.monotonic() + 10.0)


def test_who_waits_for_a_solver_can_be_stopped() -> None:
    child = Child("highs", "silent")
    with pytest.raises(Interrupted):
        child.receive(time.monotonic() + 10.0, stopped=lambda: True)
    assert not child.alive
