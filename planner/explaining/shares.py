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
_LEAST_SECONDS = 1.0


def share_costs(spot: Spot, seconds: float, limits: SolverLimits) -> Iterator[ShareCost]:
    """The chosen share and up to two on each side; all decisions but this share are free again.

    Parameters
    ----------
    seconds : for all of them; a plan that is not made in its part is replaced by the relaxation's bound
    """
    rules = spot.problem.scenario.queues[spot.queue.name]
    if rules.automation is None:
        return
    chosen = next(row.share for row in spot.plan.automation if row.queue == spot.queue.name)
    every = instance(spot.problem).queues[spot.number].demand.share
    beside = sorted({round(float(share), 9) for share in every})
    at = min(range(len(beside)), key=lambda number: abs(beside[number] - chosen))
    window = beside[max(0, at - _BESIDE) : at + _BESIDE + 1]
    deadline = time.monotonic() + seconds
    for number, share in enumerate(window):
        if share == beside[at]:
            yield ShareCost(
                share=chosen, chosen=True, cost=spot.plan.cost, bound=spot.plan.bound, how="this plan"
            )
            continue
        left = (deadline - time.monotonic()) / (len(window) - number)
        yield _made(_held(spot.problem, spot.queue.name, share), share, left, limits)


def _held(problem: Problem, queue: str, share: float) -> Problem:
    """The problem with the queue's AI share held."""
    scenario = problem.scenario
    rules = scenario.queues[queue]
    assert rules.automation is not None
    ai = rules.automation.model_copy(update={"fixed_share": share})
    queues = {**scenario.queues, queue: rules.model_copy(update={"automation": ai})}
    return replace(problem, scenario=scenario.model_copy(update={"queues": queues}))


def _made(problem: Problem, share: float, seconds: float, limits: SolverLimits) -> ShareCost:
    most = max(_LEAST_SECONDS, min(seconds, limits.time_limit_seconds))
    run = Run(time.monotonic(), limits.model_copy(update={"time_limit_seconds": most}))
    try:
        plan = make_plan(problem, run)
    except NoPlanExists:
        return ShareCost(share=share, chosen=False, cost=None, bound=None, how="no plan")
    except (OutOfTime, Interrupted):
        return _bounded(problem, share, most)
    return ShareCost(share=share, chosen=False, cost=plan.cost, bound=plan.bound, how="re-solved")


def _bounded(problem: Problem, share: float, seconds: float) -> ShareCost:
    now = time.monotonic()
    try:
        bound = least(instance(problem), Run(now), now + seconds).bound
    except (OutOfTime, SolverFailed):
        bound = 0.0
    return ShareCost(share=share, chosen=False, cost=None, bound=bound, how="bounded")
