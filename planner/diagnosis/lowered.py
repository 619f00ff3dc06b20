"""The same program, asked for less: floors and promises as low as a shortfall makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from planner.arrays import frozen
from planner.program.instance import Budget, Instance, QueueInstance

_A_LITTLE = 0.5
"""Agents, times the margin, wherever a floor is missed at all."""


def lowered(on: Instance, short: Mapping[str, float], margin: float) -> Instance | None:
    """The program without what is short, and a margin more; None where a queue's tables do not go so low.

    Parameters
    ----------
    short : by name of the rows of (M5) and (M6), agents or contacts
    margin : share of it, and a little more wherever something is short
    """
    queues = [_queue(queue, q, short, margin) for q, queue in enumerate(on.queues)]
    below = None if on.below is None else lowered(on.below, short, margin)
    if any(queue is None for queue in queues) or (on.below is not None and below is None):
        return None
    return replace(on, queues=tuple(queue for queue in queues if queue is not None), below=below)


def _queue(queue: QueueInstance, q: int, short: Mapping[str, float], margin: float) -> QueueInstance | None:
    missing = np.array([short.get(f"floor_{q}_{t}", 0.0) for t in range(queue.floor.shape[0])])
    less = np.where(missing > 0, (1.0 + margin) * missing + margin * _A_LITTLE, 0.0)
    floor = np.maximum(queue.floor - less[:, None], 0.0)
    for part in queue.measured:
        first = part.tables.first[part.tables.which].reshape(floor.shape)
        if np.any(floor < first - 1e-9):
            return None

    def asked(one: Budget) -> Budget:
        return _budget(queue, one, short.get(f"promise_{one.name}_{q}", 0.0), margin)

    measured = (replace(part, budgets=tuple(map(asked, part.budgets))) for part in queue.measured)
    return replace(queue, floor=frozen(floor), measured=tuple(measured))


def _budget(queue: QueueInstance, budget: Budget, beyond: float, margin: float) -> Budget:
    if beyond <= 0:
        return budget
    fewest = float(queue.demand.contacts[budget.intervals].sum(axis=0).min())
    more = (1.0 + margin) * beyond / max(fewest, 1e-9) + margin * budget.limit
    return replace(budget, limit=budget.limit + more)
