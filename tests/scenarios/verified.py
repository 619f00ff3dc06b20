"""Plans made by the walk and handed to a check that shares no code with it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from planner import Plan, Problem, Run, make_plan
from planner.scenario.scenario import SolverLimits
from tests.shared_data import shared


def planned(problem: Problem, gap: float, seconds: float = 60.0) -> Plan:
    """The plan of a problem, to a gap, within so many seconds."""
    limits = SolverLimits(gap=gap, time_limit_seconds=seconds)
    return make_plan(problem, Run(started=time.monotonic(), limits=limits))


def faults(plan: Plan, folder: Path) -> str:
    """What the independent check finds wrong with the plan, a line each; empty if nothing."""
    check = shared("checks/verify_plan.py")
    file = folder / "plan.json"
    file.write_text(plan.to_json(), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(check), str(file)], capture_output=True, encoding="utf-8", check=False
    )
    return "" if said.returncode == 0 else said.stdout + said.stderr
