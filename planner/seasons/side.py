"""One plan's figures as they stand beside another's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.plan import LABOUR, Plan
from planner.problem import Problem
from planner.queueing import Systems, measures
from planner.seasons.differences import ItemCost, QueueService, SidePlan


def side_plan(number: int, source: str, plan: Plan, problem: Problem) -> SidePlan:
    """The figures of a plan; `problem` is the one it was made for."""
    queues = tuple(queue_services(plan, problem))
    served = _served(plan, queues)
    resolved = _resolved(plan, queues)
    contacts = sum(row.contacts for row in queues)
    reaching = sum(row.reaching_people for row in queues)
    return SidePlan(
        number=number,
        name=plan.scenario,
        source=source,
        start=str(problem.calendar.days[0]),
        days=len(problem.calendar.days),
        status=plan.status,
        cost=plan.cost,
        bound=plan.bound,
        gap=plan.gap,
        contacts=contacts,
        served=served,
        resolved=resolved,
        cost_per_contact=_over(plan.cost, contacts),
        cost_per_served=_over(plan.cost, served),
        cost_per_resolved=None if resolved is None else _over(plan.cost, resolved),
        ai_share=_over(sum(row.contacts * row.ai_share for row in queues), contacts),
        answer_rate=_over(_weighted(queues, "answer_rate"), reaching),
        average_wait_seconds=_over(_weighted(queues, "average_wait_seconds"), reaching),
        promises=len(plan.service),
        kept=sum(row.met for row in plan.service),
        labour_share=_over(sum(line.amount for line in plan.costs if line.item in LABOUR), plan.cost),
        people=plan.headcount,
        costs=tuple(_items(plan)),
        queues=queues,
    )


def queue_services(plan: Plan, problem: Problem) -> Iterator[QueueService]:
    """What the customers of every queue get, by equations (Q11) and (Q12) of docs/explanation/queueing.md."""
    shares = {row.queue: row.share for row in plan.automation}
    for column, queue in enumerate(problem.forecast.queues):
        rows = [row for row in plan.agents if row.queue == queue and row.contacts > 0]
        contacts = np.array([row.contacts for row in rows])
        systems = Systems(
            contacts / problem.calendar.interval,
            np.array([row.handle_time_seconds for row in rows]),
            np.array([np.inf if row.patience_seconds is None else row.patience_seconds for row in rows]),
        )
        found = measures(systems, np.array([row.planned for row in rows]), 0.0) if rows else None
        reaching = float(contacts.sum())
        yield QueueService(
            queue=queue,
            contacts=float(problem.forecast.contacts[:, column].sum()),
            ai_share=shares.get(queue, 0.0),
            reaching_people=reaching,
            answer_rate=None if found is None else _over(float(contacts @ found.answer_rate), reaching),
            average_wait_seconds=None
            if found is None
            else _over(float(contacts @ found.average_wait), reaching),
        )


def _served(plan: Plan, queues: tuple[QueueService, ...]) -> float:
    """Contacts that people answer or AI keeps; of queues with repeats, of those that the plan attracts."""
    kept = {row.queue: row.contained for row in plan.automation}
    attracted = {row.queue: row.planned for row in plan.attempts}
    return sum(
        row.reaching_people * (row.answer_rate or 0.0)
        + attracted.get(row.queue, row.contacts) * kept.get(row.queue, 0.0)
        for row in queues
    )


def _resolved(plan: Plan, queues: tuple[QueueService, ...]) -> float | None:
    """Contacts that are resolved; None where a queue says nothing of that."""
    known = {row.queue: row.resolved for row in plan.attempts}
    busy = [row.queue for row in queues if row.contacts > 0]
    return sum(known.values()) if busy and all(queue in known for queue in busy) else None


def _weighted(queues: tuple[QueueService, ...], measure: str) -> float:
    """Sum of a measure over contacts that reach people; infinite where it is undefined for one of them."""
    rows = [(row.reaching_people, getattr(row, measure)) for row in queues if row.reaching_people > 0]
    return sum(float("inf") if value is None else many * value for many, value in rows)


def _items(plan: Plan) -> Iterator[ItemCost]:
    for item in dict.fromkeys(line.item for line in plan.costs):
        yield ItemCost(item=item, amount=sum(line.amount for line in plan.costs if line.item == item))


def _over(part: float, whole: float) -> float | None:
    return _finite(part / whole) if whole > 0 else None


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
