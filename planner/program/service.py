"""What customers are promised: (M5) over days and weeks, (M6) in every interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.program.decisions import NOWHERE, Decisions, QueueColumns
from planner.program.instance import Instance, QueueInstance
from planner.program.rows import Row, Term, total


def promise(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M5)  sum_t V[t,q] <= limit sum_k z[q,k] sum_t contacts[t,q,k]   over every period of every promise.

    V counts lost contacts for the answer rate and, times patience, the wait; late contacts for a
    service level; minutes waited where nobody leaves.
    """
    v = decide.variables
    for q, (queue, columns) in enumerate(zip(on.queues, decide.queues, strict=True)):
        for place, part in enumerate(queue.measured):
            for budget in part.budgets:
                counted = [(v[columns.counted[place][t]], 1.0) for t in budget.intervals]
                allowed = budget.limit * queue.demand.contacts[budget.intervals].sum(axis=0)
                levels, constant = by_level(queue, columns, decide, -allowed)
                yield f"promise_{budget.name}_{q}", total([*counted, *levels]) <= -constant


def floor(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M6)  n[t,q] >= sum_k floor[t,q,k] z[q,k]   for every interval t, queue q."""
    v = decide.variables
    for q, (queue, columns) in enumerate(zip(on.queues, decide.queues, strict=True)):
        for t in np.flatnonzero(columns.agents != NOWHERE):
            if queue.floor[t].max() > 0:
                levels, constant = by_level(queue, columns, decide, -queue.floor[t])
                yield f"floor_{q}_{t}", total([(v[columns.agents[t]], 1.0), *levels]) >= -constant


def by_level(
    queue: QueueInstance, columns: QueueColumns, decide: Decisions, values: np.ndarray
) -> tuple[list[Term], float]:
    """sum_k values[k] z[q,k], or a constant where the queue has one level only."""
    if queue.levels == 1:
        return [], float(values[0])
    return [(decide.variables[z], float(value)) for z, value in zip(columns.level, values, strict=True)], 0.0
