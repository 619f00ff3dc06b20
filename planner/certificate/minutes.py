"""Minutes that vendors bill in the replay, beside the plan's."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.arrays import Floats
from planner.certificate.certificate import CONFIDENCE, SimulatedMinutes
from planner.plan import Plan
from planner.simulation import Centre, Facts


def simulated_minutes(plan: Plan, centre: Centre, facts: Facts) -> Iterator[SimulatedMinutes]:
    """(V15)  Busy seconds of a vendor's agents in each replication x what the plan bills for one of them."""
    asked = centre.on_demand
    if asked is None:
        return
    busy = facts.busy.sum(axis=1)[:, centre.own_pools :]
    for vendor in dict.fromkeys(asked.vendor):
        minutes = np.zeros(facts.replications)
        for group, (name, queue) in enumerate(zip(asked.vendor, asked.queue, strict=True)):
            if name == vendor:
                minutes += busy[:, group] * _a_second(plan, (name, queue), centre.calendar.interval)
        planned = sum(row.minutes for row in plan.vendors if row.vendor == vendor)
        low, high = _interval(minutes)
        yield SimulatedMinutes(
            vendor=vendor, planned=planned, simulated=float(minutes.mean()), low=low, high=high
        )


def _a_second(plan: Plan, group: tuple[str, str], interval: int) -> float:
    """Minutes billed for a second of a busy agent, as the plan bills them."""
    mine = [row for row in plan.vendors if (row.vendor, row.queue) == group]
    seconds = sum(row.busy for row in mine) * interval
    return sum(row.minutes for row in mine) / seconds if seconds > 0 else 0.0


def _interval(minutes: Floats) -> tuple[float | None, float | None]:
    """Of the mean, by Student's law; unknown after one replication."""
    from scipy.special import stdtrit

    count = minutes.size
    if count < 2:
        return None, None
    half = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) * float(minutes.std(ddof=1)) / np.sqrt(count)
    return float(minutes.mean() - half), float(minutes.mean() + half)
