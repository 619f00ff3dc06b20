"""A sweep that a test kills in the middle: `main` with FOLDER LOG TASKS on the command line.

Every plan that is finished is written to the log, by the worker that made it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from planner.running import place
from planner.sweep import Result, Sweep, Terms, store, sweep
from planner.sweep import walk as sweep_walk
from planner.sweep.planned import Task, planned
from tests.sweep.desk import WAGE, desk, file

LOG = "TESTS_SWEEP_LOG"


def logged(task: Task) -> Result:
    """The task's result, and a line that tells that it was planned."""
    result = planned(task)
    with Path(os.environ[LOG]).open("a") as log:
        log.write(f"{task.key}\n")
    return result


def run(folder: Path, log: Path, tasks: int) -> Sweep:
    """The sweep, on two workers."""
    os.environ[LOG] = str(log)
    sweep_walk.planned = logged  # type: ignore[attr-defined]  # counts what the real one does
    asked = file(sample={"points": tasks, "over": {WAGE: {"factors": {"from": 0.5, "to": 1.5}}}})
    with store(folder) as kept, place(workers=2) as where:
        return sweep(desk(), asked, Terms(where, kept))


def main() -> None:
    """The sweep that the command line asks for; its workers find `logged` in this module, not in a script."""
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
