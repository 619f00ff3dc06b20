"""The curve of cost over a promise, each point with its bound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planner.errors import InvalidInput, Mistake
from planner.problem import Problem
from planner.sweep.curve_document import Frontier, FrontierPoint
from planner.sweep.document import Result
from planner.sweep.file import SweepFile
from planner.sweep.points import Change
from planner.sweep.reading import check
from planner.sweep.walk import Terms, swept_points

USUAL = "queues.*.service.answer_rate"
_AT_LEAST = frozenset({"answer_rate", "service_level", "floor"})
_AT_MOST = frozenset({"average_wait_seconds", "occupancy", "waiting_probability"})


def frontier(problem: Problem, promise: str, targets: Sequence[float], terms: Terms) -> Frontier:
    """Cost over a promise's target.

    Parameters
    ----------
    promise : its path, such as queues.calls.service.answer_rate
    targets : in any order; at least one

    Raises
    ------
    InvalidInput
        If the path leads to no promise, or a target can be none.
    """
    sign = strictness(promise)
    asked = {promise: {"values": tuple(targets)}}
    check(SweepFile.model_validate({"grid": asked}), problem, "--promise")
    loose_first = sorted(set(targets), key=lambda target: sign * target)
    found = swept_points(problem, [(Change(promise, "values", target),) for target in loose_first], terms)
    results = {row.task - 1: row.result for row in found.rows}
    known = [(target, results[n]) for n, target in enumerate(loose_first) if n in results]
    shared = problem.scenario.uncertainty.confidence is None
    return Frontier(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        promise=promise,
        points=_points(known, shared),
        unfinished=found.unfinished,
        failed=found.failed,
    )


def strictness(promise: str) -> int:
    """1 where a larger target of a promise is the stricter one, -1 where a smaller one is.

    Raises
    ------
    InvalidInput
        If the path names no promise.
    """
    names = set(promise.split("."))
    if "service" not in names or not names & (_AT_LEAST | _AT_MOST):
        told = ", ".join(sorted(_AT_LEAST | _AT_MOST))
        raise InvalidInput([Mistake("--promise", "", f"must end with a promise: {told} (got {promise!r})")])
    return 1 if names & _AT_LEAST else -1


def cheapest_from(costs: Sequence[float | None]) -> list[int | None]:
    """(W2)  cost*[i] = min over j >= i of cost[j], points in the order from loose to strict.

    A plan that keeps a stricter target keeps every looser one.

    Returns
    -------
    For each point the j that its cost is taken from; None where no point as strict has a plan
    """
    best: list[int | None] = []
    for number in range(len(costs)):
        known = [(cost, j) for j, cost in enumerate(costs) if j >= number and cost is not None]
        best.append(min(known)[1] if known else None)
    return best


def highest_bounds(bounds: Sequence[float | None]) -> list[float | None]:
    """(W3)  bound*[i] = max over j <= i of bound[j], points in the order from loose to strict.

    What no plan for a looser target can undercut, no plan for a stricter one can.
    """
    highest: list[float | None] = []
    for bound in bounds:
        known = [one for one in (bound, highest[-1] if highest else None) if one is not None]
        highest.append(max(known, default=None))
    return highest


def _points(known: Sequence[tuple[float, Result]], shared: bool) -> tuple[FrontierPoint, ...]:
    costs, bounds = [result.cost for _, result in known], [result.bound for _, result in known]
    own = [None if cost is None else number for number, cost in enumerate(costs)]
    taken = cheapest_from(costs) if shared else own
    least = highest_bounds(bounds) if shared else bounds
    points: list[FrontierPoint] = []
    for number, (target, result) in enumerate(known):
        source, bound = taken[number], least[number]
        cost = None if source is None else costs[source]
        points.append(
            FrontierPoint(
                target=target,
                status=result.status,
                reason=result.reason,
                cost=cost,
                bound=bound,
                gap=None if cost is None or bound is None else max(0.0, cost - bound) / max(1.0, cost),
                plan_of=None if source is None else known[source][0],
                dearer_for_sure=None,
            )
        )
    return tuple(points[:1]) + tuple(_compared(one, other) for one, other in pairwise(points))


def _compared(looser: FrontierPoint, point: FrontierPoint) -> FrontierPoint:
    if looser.cost is None or point.bound is None:
        return point
    return point.model_copy(update={"dearer_for_sure": point.bound > looser.cost})
