"""`planner plan` as a person runs it, watched from outside: when it had its bound, its gaps, its plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planner import Plan
from tests.bench.footprint import footprint, module
from tests.scenarios.documents import SCENARIOS

_PROGRESS = re.compile(r"^\s*([\d.]+) s  doing (\w+), .*, gap (?:–|([\d.]+) %)$", re.MULTILINE)
_EVEN = 1e-9
_OUT_OF_TIME = 4


@dataclass(frozen=True, slots=True)
class Watched:
    """One run of the command; seconds since its start, Python and its libraries included.

    plan : None where time ran out before the first
    bound_seconds : until the relaxation was solved, the bound's last word before plans are sought
    gap_seconds : {gap: until a plan was proven so near, None where that never was}
    seconds : until the command ended
    peak_bytes : memory of all its processes
    """

    plan: Plan | None
    bound_seconds: float
    gap_seconds: dict[float, float | None]
    seconds: float
    peak_bytes: int


@cache
def warmed() -> None:
    """Let the compiler fill its cache once, as it does after an installation."""
    footprint(module("planner.cli", "plan", str(SCENARIOS / "minimal.yaml"), "--json"))


def watched(scenario: Path, gaps: tuple[float, ...], limit: float) -> Watched:
    """Plan a scenario to the smallest of the gaps, within the limit (seconds)."""
    warmed()
    options = ["--gap", str(min(gaps)), "--time-limit", str(limit), "--json"]
    ran = footprint(module("planner.cli", "plan", str(scenario), *options, "--verbose"), (0, _OUT_OF_TIME))
    plan = Plan.model_validate_json(ran.output) if ran.code == 0 else None
    told = [
        (float(seconds), doing, float(gap) / 100 if gap else None)
        for seconds, doing, gap in _PROGRESS.findall(ran.errors)
    ]
    bounds = [seconds for seconds, doing, _ in told if doing == "bound"]
    reached = {gap: _first(told, gap) for gap in gaps}
    if plan is not None and plan.gap is not None and plan.gap <= min(gaps) + _EVEN:
        reached = {gap: plan.seconds if at is None else at for gap, at in reached.items()}
    return Watched(plan, max(bounds, default=ran.seconds), reached, ran.seconds, ran.peak_bytes)


def _first(told: list[tuple[float, str, float | None]], gap: float) -> float | None:
    """The first moment with so small a gap; progress tells gaps to 0.01 %."""
    return next((seconds for seconds, _, here in told if here is not None and here <= gap + _EVEN), None)
