"""The intervals in which the fewest contacts were answered."""

from __future__ import annotations

import numpy as np

from planner.certificate.certificate import WorstInterval
from planner.plan import AgentsRow
from planner.simulation import Facts, answer_rate

MOST = 10


def worst_intervals(
    agents: tuple[AgentsRow, ...], facts: Facts, most: int = MOST
) -> tuple[WorstInterval, ...]:
    """So many intervals of all queues, the lowest answer rate first, beside what the plan put there."""
    found = answer_rate(facts, "interval")
    offered = facts.offered.mean(axis=0)
    planned = {(row.start, row.queue): row for row in agents}
    worst: list[WorstInterval] = []
    for flat in np.argsort(np.where(np.isnan(found.mean), np.inf, found.mean), axis=None, kind="stable"):
        at, queue = divmod(int(flat), len(facts.queues))
        row = planned.get((facts.calendar.text(int(facts.calendar.epoch[at])), facts.queues[queue]))
        if len(worst) == most or np.isnan(found.mean[at, queue]):
            break
        if row is not None:
            rate, width = float(found.mean[at, queue]), float(found.half_width[at, queue])
            worst.append(_interval(row, float(offered[at, queue]), rate, width))
    return tuple(worst)


def _interval(row: AgentsRow, offered: float, rate: float, width: float) -> WorstInterval:
    return WorstInterval(
        start=row.start,
        queue=row.queue,
        offered=offered,
        answer_rate=rate,
        low=max(rate - width, 0.0),
        high=min(rate + width, 1.0),
        contacts=row.contacts,
        needed=row.needed,
        planned=row.planned,
    )
