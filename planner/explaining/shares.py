"""Why this AI share: what plans with the shares beside it cost, made again or bounded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from planner.errors import Interrupted, NoPlanExists, OutOfTime, SolverFailed
from planner.explaining.document import ShareCost
from planner.explaining.spot import Spot
from planner.problem import Problem
from planner.program.instance import instance
from planner.scenario.scenario import SolverLimits
from planner.staffing.solved import Run, least
from planner.staffing.walk import make_plan

_BESIDE = 2
_BOUNDS = 0.5
"""Of the time, for bounds."""


def share_costs(spot: Spot, seconds: float, limits: SolverLimits) -> Iterator[ShareCost]:
    """The chosen share and up to two on each side; all decisions but this share are free again.

    Every one is bounded by its relaxation first; then plans are made, those beside the chosen one first.

    Parameters
    ----------
    seconds : for all of them; half for bounds at most
    """
    rules = spot.problem.scenario.queues[spot.queue.name]
    if rules.automation is None:
        return
    chosen = next(row.share for row in spot.plan.automation if row.queue == spot.queue.name)
    every = sorted({round(float(s), 9) for s in instance(spot.problem).queues[spot.number].demand.share})
    at = min(range(len(every)), key=lambda number: abs(every[number] - chosen))
    window = range(max(0, at - _BESIDE), min(len(every), at + _BESIDE + 1))
    own = ShareCost(share=chosen, chosen=True, cost=spot.plan.cost, bound=spot.plan.bound, how="this plan")
    found = {at: own}
    others = sorted((n for n in window if n != at), key=lambda n: abs(n - at))
    begun = time.monotonic()
    held = {n: _held(spot.problem, spot.queue.name, every[n]) for n in others}
    for n in others:
        found[n] = _bounded(held[n], every[n], begun + _BOUNDS * seconds)
    for done, n in enumerate(others):
        left = (begun + seconds - time.monotonic()) / (len(others) - done)
        if found[n].how != "no plan" and left > 0:
            found[n] = _made(held[n], found[n], left, limits)
    yield from (found[n] for n in window)


def _held(problem: Problem, queue: str, share: float) -> Problem:
    """The problem with the queue's AI share held."""
    scenario = problem.scenario
    rules = scenario.queues[queue]
    assert rules.automation is not None
    ai = rules.automation.model_copy(update={"fixed_share": share})
    queues = {**scenario.queues, queue: rules.model_copy(update={"automation": ai})}
    return replace(problem, scenario=scenario.model_copy(update={"queues": queues}))


def _bounded(problem: Problem, share: float, until: float) -> ShareCost:
    try:
        bound = least(instance(problem), Run(time.monotonic()), until).bound
    except NoPlanExists:
        return ShareCost(share=share, chosen=False, cost=None, bound=None, how="no plan")
    except (OutOfTime, SolverFailed):
        return ShareCost(share=share, chosen=False, cost=None, bound=None, how="not in time")
    return ShareCost(share=share, chosen=False, cost=None, bound=bound, how="bounded")


def _made(problem: Problem, bounded: ShareCost, seconds: float, limits: SolverLimits) -> ShareCost:
    most = min(seconds, limits.time_limit_seconds)
    run = Run(time.monotonic(), limits.model_copy(update={"time_limit_seconds": most}))
    try:
        plan = make_plan(problem, run)
    except NoPlanExists:
        return bounded.model_copy(update={"bound": None, "how": "no plan"})
    except (OutOfTime, Interrupted):
        return bounded
    bound = max(plan.bound or 0.0, bounded.bound or 0.0)
    return bounded.model_copy(update={"cost": plan.cost, "bound": min(bound, plan.cost), "how": "re-solved"})
