"""What every hour of the week costs by the people who are there, and where that is more than it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from planner.allocation.allocation import DearHour
from planner.allocation.drivers import pool_work
from planner.allocation.ownership import Ownership
from planner.allocation.work import Work
from planner.arrays import Counts, Floats
from planner.calendar import Calendar
from planner.plan import CostLine
from planner.scenario.clock import DAYS
from planner.sharing.cents import amount, cents

_HOURS = 24


def dear_hours(costs: Sequence[CostLine], calendar: Calendar, owned: Ownership, work: Work) -> list[DearHour]:
    """(D7) of hours of the week, at the costs of (D12); those that serve nobody first, then the dearest.

    Lines that nobody gave a value have none, and so has a plan whose forecast gives agents.
    """
    if work.asked:
        return []
    place, share = hours_of_week(calendar), np.array(owned.share, dtype=np.float64)
    by_queue = (interval_costs(costs, work), work.contacts, work.served)
    cost, contacts, served = (_per_hour(values @ share, place) for values in by_queue)
    found = [
        _entry(owned, (line, hour), (cost[hour, line], contacts[hour, line], served[hour, line]))
        for line, value in enumerate(owned.value)
        if value is not None
        for hour in np.flatnonzero(cost[:, line] > value * served[:, line]).tolist()
    ]
    return sorted((entry for entry in found if entry.loss > 0), key=_dearness, reverse=True)


def interval_costs(costs: Sequence[CostLine], work: Work) -> Floats:
    """(D12)  cost[t,q] = sum over p of amount[p] × g[t,p] / (sum over t of g[t,p]) × part[p,t,q]

    and an item of a queue in proportion to its contacts forecast. part[p,t,q] is u[p,t,q] by time handled /
    its sum over q. Where a pool does nothing in an interval, part follows the time it handles over the
    calendar on the queues that are open, or is even over the queues it may serve.

    Returns
    -------
    (T, Q) money that adds up to the plan's cost

    Notes
    -----
    g[t,p] is the agents of pool p who are at work. A pool with nobody at work is spread over all intervals
    evenly, and an item of nobody in proportion to the time that all pools handle.
    """
    shape, done = work.handled.shape, pool_work(work, work.handled)
    total = np.zeros(shape)
    for cost in costs:
        if cost.queue is not None:
            column = work.queues.index(cost.queue)
            total[:, column] += cost.amount * _even_if_nothing(work.contacts[:, column])
        elif cost.pool is not None:
            row = work.pools.index(cost.pool)
            total += cost.amount * _of_pool(work, done[row], row)
        else:
            total += cost.amount * _even_if_nothing(done.sum(axis=0))
    return total


def hours_of_week(calendar: Calendar) -> Counts:
    """(T,) hour of the week in which each interval starts, by local time; 0 is Monday's first."""
    local = [calendar.local(int(epoch)) for epoch in calendar.epoch]
    return np.array([moment.weekday() * _HOURS + moment.hour for moment in local], dtype=np.int64)


def _of_pool(work: Work, done: Floats, row: int) -> Floats:
    """(T, Q) shares of a pool's cost, which add up to 1."""
    usual = done.sum(axis=0)
    usual = usual if usual.any() else work.serves[row]
    weight = done
    for way in (usual * work.open, np.broadcast_to(usual, done.shape)):
        weight = np.where(weight.any(axis=1, keepdims=True), weight, way)
    over_time = _even_if_nothing(work.agents[row].sum(axis=1))
    shares: Floats = over_time[:, None] * weight / weight.sum(axis=1, keepdims=True)
    return shares


def _even_if_nothing(weight: Floats) -> Floats:
    """Weights that add up to 1; even ones where there is nothing to go by."""
    weight = weight if weight.any() else np.ones(weight.shape)
    shares: Floats = weight / weight.sum()
    return shares


def _per_hour(values: Floats, place: Counts) -> Floats:
    """(168, L) sums over the intervals of every hour of the week."""
    total = np.zeros((len(DAYS) * _HOURS, values.shape[1]))
    np.add.at(total, place, values)
    return total


def _entry(owned: Ownership, whose: tuple[int, int], counts: tuple[float, float, float]) -> DearHour:
    (line, hour), (cost, contacts, served) = whose, counts
    value = owned.value[line]
    assert value is not None, "only lines with a value are listed"
    return DearHour(
        line=owned.lines[line],
        weekday=DAYS[hour // _HOURS],
        hour=hour % _HOURS,
        contacts=float(contacts),
        served=float(served),
        cost=amount(cents(float(cost))),
        cost_per_served=float(cost / served) if served > 0 else None,
        value_per_contact=value,
        loss=amount(cents(float(cost)) - cents(Fraction(value) * Fraction(float(served)))),
    )


def _dearness(entry: DearHour) -> float:
    return float("inf") if entry.cost_per_served is None else entry.cost_per_served
