"""Every season's plan replayed, repaired with the people it has, and certified."""

from __future__ import annotations

import time
from collections.abc import Callable

from planner.certificate import Certificate, certify
from planner.errors import NoPlanExists, OutOfTime
from planner.inputs import problem_of
from planner.plan import Plan
from planner.scenario.scenario import SolverLimits
from planner.staffing import Certified, Progress, Run, make_certified_plan

SEASON_SECONDS = 120.0
"""For the rounds of one season, after the year's time limit; its certificate takes 20 more at most."""


def certified_plans(
    plans: tuple[Plan, ...], run: Run, limits: SolverLimits
) -> tuple[tuple[Plan, ...], tuple[Certificate, ...]]:
    """The plan of every season as a replay keeps it, and its certificate; plans that are alike, once.

    Headcounts of the year's pools stay: a repair may change shifts, AI levels and the other pools. Where no
    such plan is found in time, the plan is certified as it is, whatever the certificate says then.

    Raises
    ------
    Interrupted
        If the run was stopped before the first round of a season.
    """
    found: dict[int, Certified] = {}
    for number, plan in enumerate(plans):
        if id(plan) not in found:

            def tell(progress: Progress, number: int = number) -> None:
                doing = f"certifying {number + 1} of {len(plans)}: {progress.doing}"
                run.watch(Progress(run.seconds, doing, progress.bound, progress.cost))

            found[id(plan)] = _certified(plan, limits, tell, run)
    every = [found[id(plan)] for plan in plans]
    return tuple(one.plan for one in every), tuple(one.certificate for one in every)


def _certified(plan: Plan, limits: SolverLimits, tell: Callable[[Progress], None], run: Run) -> Certified:
    gap = plan.gap if plan.gap is not None else limits.gap
    asked = limits.model_copy(update={"gap": max(gap, limits.gap / 2), "time_limit_seconds": SEASON_SECONDS})
    watched = Run(time.monotonic(), asked, tell, run.stopped)
    try:
        return make_certified_plan(problem_of(plan), watched)
    except (NoPlanExists, OutOfTime):
        return Certified(plan, certify(plan, stopped=run.stopped))
