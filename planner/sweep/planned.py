"""One task of a sweep: its scenario planned, and what became of it in figures. Runs in a worker."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from planner.errors import InvalidInput, NoPlanExists, OutOfTime, PlannerError
from planner.plan import CostItem, Plan
from planner.staffing import Run, make_plan
from planner.sweep.document import Result
from planner.sweep.fields import Question, changed
from planner.sweep.points import Point
from planner.sweep.question import problem_of, versions_used


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to know.

    key : of the task
    versions : of those who ask; a worker with others would mix results that differ
    """

    key: str
    base: Question
    point: Point
    versions: Mapping[str, str]


class OtherVersions(PlannerError):
    """A worker is not of the same versions as those who ask it."""


def planned(task: Task) -> Result:
    """The result of a task that was looked at to its end: a plan, or why there is none.

    Raises
    ------
    OtherVersions
        If the worker is of other versions.
    """
    ours = versions_used()
    if ours != task.versions:
        raise OtherVersions(f"the worker has {_told(ours)}, and {_told(task.versions)} is asked for")
    started = time.monotonic()
    try:
        problem = problem_of(changed(task.base, task.point))
        return _figures(task.key, make_plan(problem, Run(started)))
    except InvalidInput as failure:
        return Result(key=task.key, status="invalid", reason=str(failure))
    except NoPlanExists as failure:
        return Result(key=task.key, status="infeasible", reason=str(failure))
    except OutOfTime as failure:
        return Result(key=task.key, status="timeout", reason=str(failure))


def _figures(key: str, plan: Plan) -> Result:
    costs: dict[CostItem, float] = defaultdict(float)
    for line in plan.costs:
        costs[line.item] += line.amount
    return Result(
        key=key,
        status="plan",
        cost=plan.cost,
        bound=plan.bound,
        gap=plan.gap,
        kept=all(promise.met for promise in plan.service),
        shifts=sum(seat.people for seat in plan.seats),
        stopped=plan.stopped,
        seconds=plan.seconds,
        costs=dict(costs),
        ai_shares={row.queue: row.share for row in plan.automation},
        service=plan.service,
    )


def _told(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in versions.items())
