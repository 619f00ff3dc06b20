"""The U-curve: cost over the AI share of one queue, held fixed at one share after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.demand import in_order
from planner.errors import InvalidInput, Mistake
from planner.problem import Problem
from planner.scenario.words import suggestion
from planner.sweep.curve_document import AiCurve, SharePoint
from planner.sweep.document import Result
from planner.sweep.points import Change
from planner.sweep.walk import Terms, swept_points


def ai_curve(problem: Problem, queue: str, shares: Sequence[float], terms: Terms) -> AiCurve:
    """Cost over the AI share of a queue, and the plan that is free to choose it.

    Parameters
    ----------
    shares : to be held, 0 to all that may be automated

    Raises
    ------
    InvalidInput
        If the queue has no automation.
    """
    most_automated(problem, queue)
    path = f"queues.{queue}.automation.fixed_share"
    held = sorted(set(shares))
    found = swept_points(problem, [(), *((Change(path, "values", share),) for share in held)], terms)
    results = {row.task: row.result for row in found.rows}
    free = results.get(1)
    known = [(share, results[n]) for n, share in enumerate(held, start=2) if n in results]
    costs = [result.cost for result in results.values() if result.cost is not None]
    return AiCurve(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        queue=queue,
        points=tuple(_point(share, result, min(costs, default=None)) for share, result in known),
        chosen_share=None if free is None else free.ai_shares.get(queue),
        chosen_cost=None if free is None else free.cost,
        chosen_bound=None if free is None else free.bound,
        unfinished=found.unfinished,
        failed=found.failed,
    )


def most_automated(problem: Problem, queue: str) -> float:
    """The largest AI share that a queue allows.

    Raises
    ------
    InvalidInput
        If there is no such queue, or it has no automation.
    """
    queues = problem.scenario.queues
    if queue not in queues:
        told = f"names no queue (got {queue!r}; {suggestion(queue, [*queues])})"
        raise InvalidInput([Mistake("--ai", "", told)])
    automation = queues[queue].automation
    if automation is None:
        raise InvalidInput([Mistake("--ai", "", f"{queue} has no automation in the scenario")])
    return float(sum(intent.share for intent in in_order(automation.intents)))


def spread(most: float, points: int) -> list[float]:
    """Shares from 0 to the most, equally far apart."""
    return [min(most, float(f"{share:.12g}")) for share in np.linspace(0.0, most, points)]


def _point(share: float, result: Result, least: float | None) -> SharePoint:
    return SharePoint(
        share=share,
        status=result.status,
        reason=result.reason,
        cost=result.cost,
        bound=result.bound,
        gap=result.gap,
        maybe_best=result.bound is not None and least is not None and result.bound <= least,
    )
