"""Why these pools: what an effective agent hour of each costs, and which of its limits is reached."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.explaining.document import Formula, Holding, PoolReason
from planner.explaining.spot import Spot, present
from planner.program.headcount import headcount_needed
from planner.program.instance import PoolInstance


def pool_reasons(spot: Spot) -> Iterator[PoolReason]:
    """Every pool and vendor that may serve the queue, the cheapest hour first."""
    given = {part.pool: part.agents for part in spot.row.pools}
    rows = [_pool(spot, p, pool, given.get(pool.name, 0.0)) for p, pool in spot.serving()]
    rows += [
        _vendor(spot, c, given) for c, vendor in enumerate(spot.on.vendors) if spot.number in vendor.serves
    ]
    yield from sorted(rows, key=lambda row: np.inf if row.hour_price is None else row.hour_price)


def hour_price(money: float, hours: float) -> float | None:
    """(E8)  hour price = money of a pool over the calendar / effective agent hours that it gives."""
    return money / hours if hours > 0 else None


def _pool(spot: Spot, p: int, pool: PoolInstance, agents: float) -> PoolReason:
    money = sum(line.amount for line in spot.plan.costs if line.pool == pool.name)
    here = present(spot, p)
    return PoolReason(
        pool=pool.name,
        agents=agents,
        people=round(float((pool.patterns.work @ spot.people[p])[spot.at])),
        hour_price=hour_price(money, float(here.sum()) * spot.hours),
        next_hour_price=_next(spot, pool),
        limits=tuple(_limits(spot, p, pool)),
    )


def _vendor(spot: Spot, c: int, given: dict[str, float]) -> PoolReason:
    vendor = spot.on.vendors[c]
    money = sum(line.amount for line in spot.plan.costs if line.pool == vendor.name)
    hours = sum(row.busy for row in spot.plan.vendors if row.vendor == vendor.name) * spot.hours
    return PoolReason(
        pool=vendor.name,
        agents=given.get(vendor.name, 0.0),
        people=0,
        hour_price=hour_price(money, hours),
        next_hour_price=None,
        limits=(),
    )


def _next(spot: Spot, pool: PoolInstance) -> float | None:
    """One more person on the cheapest pattern here, a month's pay shared out over the contract's days."""
    found = pool.patterns
    works = np.asarray(found.by_interval[[spot.at]].toarray()).ravel() > 0
    if not works.any():
        return None
    days = max(1.0, pool.rules.contract.days_per_week * len(spot.on.calendar.days) / 7.0)
    hours = pool.effective * np.asarray(found.work.sum(axis=0)).ravel() * spot.hours
    each = (pool.shift_cost + pool.person_cost / days)[works] / hours[works]
    return float(each.min())


def _limits(spot: Spot, p: int, pool: PoolInstance) -> Iterator[Holding]:
    """Limits that leave no room for one more person here."""
    rules, place = pool.rules, f"pools.{pool.name}"
    here = float((pool.patterns.at_starts @ spot.people[p]).max(initial=0.0))
    if rules.maximum_seats is not None and here >= rules.maximum_seats:
        says = f"{pool.name}: all {rules.maximum_seats} seats are taken at some time"
        yield Holding(kind="limit", field=f"{place}.maximum_seats", says=says)
    if rules.maximum_headcount is not None:
        needed = headcount_needed(pool, spot.on.calendar, spot.people[p])
        if needed >= rules.maximum_headcount:
            says = f"{pool.name}: all {rules.maximum_headcount} people on the books are needed"
            yield Holding(kind="limit", field=f"{place}.maximum_headcount", says=says)


def idle(spot: Spot, occupancy: float | None, reasons: tuple[PoolReason, ...]) -> tuple[float, float | None]:
    """(E7)  idle cost = (1 - occupancy) x sum over pools of agents x hour price x length of the interval.

    Returns
    -------
    agents who wait for a contact on average, and what they cost in the interval; None without a price
    """
    share = 1.0 - (occupancy or 0.0)
    agents = share * spot.row.planned
    own = [row for row in reasons if row.agents > 0 and row.hour_price is not None]
    if not own:
        return agents, None
    return agents, share * sum(row.agents * (row.hour_price or 0.0) for row in own) * spot.hours


def pool_formulas(
    spot: Spot, reasons: tuple[PoolReason, ...], idle_now: tuple[float, float | None]
) -> Iterator[Formula]:
    """(M1), (E7) and (E8) with their numbers put in."""
    for p, pool in spot.serving():
        people = float((pool.patterns.work @ spot.people[p])[spot.at])
        if people > 0:
            lost, made = pool.rules.shrinkage.total, pool.rules.productivity
            given = float(present(spot, p)[spot.at])
            text = f"(1 - {lost:g}) × {made:g} × {people:g} people = {given:.4g} agents"
            yield Formula(number="(M1)", name=f"effective agents of {pool.name}", text=text, value=given)
    for row in reasons:
        if row.hour_price is not None:
            text = f"{row.pool}: {row.hour_price:.4g} {spot.plan.currency} an effective agent hour"
            yield Formula(number="(E8)", name="hour price", text=text, value=row.hour_price)
    agents, cost = idle_now
    if cost is not None:
        text = f"{agents:.4g} idle agents × {spot.hours:g} h at their pools' hour prices = {cost:.4g}"
        yield Formula(number="(E7)", name="idle cost", text=text, value=cost)
