"""The cheapest plan of a small problem with vendors, found by trying every one.

One queue whose promises hold in every interval: then the vendors' agents are those missing to what the
promise needs, unless more minutes cost less. What they carry is taken from the chain of both groups, state by
state, and what that costs from the invoice; neither from the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np

from planner.arrays import Floats
from planner.contracts.horizon import horizon_fee
from planner.demand import demand
from planner.problem import Problem
from planner.scenario.vendors import Vendor
from tests.program.enumeration import MOST_AGENTS, Asked, levels_of, staff_of
from tests.program.platform_prices import platform_cost
from tests.queueing.two_groups import vendor_busy

FINE = 1e-7


@dataclass(frozen=True)
class Flow:
    """What reaches people in every interval: erlang, and patience in handle times."""

    load: Floats
    patience: Floats


def cheapest_with_vendors(of: Problem, most: int) -> float:
    """Cost of the cheapest plan with at most so many people on each pattern."""
    (name,) = of.scenario.queues
    pools = [list(staff_of(of, pool, rules, most)) for pool, rules in of.scenario.pools.items()]
    asked = demand(of.scenario.queues, of.forecast)[0]
    patience = of.scenario.queues[name].patience_seconds or 0.0
    best = float("inf")
    for level, wanted in enumerate(levels_of(of, 0)):
        handle = np.maximum(asked.handle_time[:, level], 1.0)
        flow = Flow(asked.contacts[:, level] * handle / of.calendar.interval, patience / handle)
        need = needed(wanted)
        for labour in product(*pools):
            own = np.sum([staff.agents for staff in labour], axis=0)
            platform = platform_cost(of, [staff.seated for staff in labour])
            cost = sum(staff.cost for staff in labour) + wanted.ai_cost + platform
            if cost < best:
                best = min(best, cost + _fees(of, flow, (own, np.maximum(own, need)), handle))
    return best


def needed(wanted: Asked) -> Floats:
    """(T,) least agents, fractions allowed, that keep every limit of single intervals."""
    need = np.array(wanted.least, dtype=float)
    for limit in wanted.limits:
        (t,) = np.flatnonzero(limit.intervals)
        table = limit.tables[t]
        n = int(np.argmax(table <= limit.most + 1e-12))
        part = 0.0 if n == 0 else (table[n - 1] - limit.most) / (table[n - 1] - table[n])
        need[t] = max(need[t], n - 1 + part if n else 0.0)
    return need


def _fees(of: Problem, flow: Flow, agents: tuple[Floats, Floats], handle: Floats) -> float:
    """The least that vendors cost, whichever of them are on."""
    vendors = list(of.scenario.vendors.values())
    ways = [(True,) if vendor.signed else (True, False) for vendor in vendors]
    return min(_fee(of, flow, agents, (vendors, on, handle)) for on in product(*ways))


def _fee(
    of: Problem,
    flow: Flow,
    agents: tuple[Floats, Floats],
    bought: tuple[Sequence[Vendor], Sequence[bool], Floats],
) -> float:
    own, total = agents
    vendors, on, handle = bought
    using = [vendor for vendor, is_on in zip(vendors, on, strict=True) if is_on]
    missing = total - own
    most = [float(vendor.contract.most_calls_at_once or 1e9) for vendor in using]
    if (missing > sum(most) + FINE).any():
        return float("inf")
    carried = busy(flow, own, total)
    if len(using) == 0:
        return 0.0
    if len(using) == 1:
        return _cheapest_volume(of, using[0], (flow, own, carried, most[0]), handle)
    assert len(using) == 2
    first, second = (billed(vendor, handle, of.calendar.interval) for vendor in using)
    ends = np.maximum(missing - most[1], 0.0), np.minimum(missing, most[0])
    found = []
    for mix in np.linspace(0.0, 1.0, 41):
        later = busy(flow, own + ends[0] + mix * (ends[1] - ends[0]), total)
        volumes = (float((carried - later) @ first), float(later @ second))
        fees = (
            horizon_fee(vendor.contract, volume, of.calendar.months)
            for vendor, volume in zip(using, volumes, strict=True)
        )
        found.append(sum(fees))
    return min(found)


def _cheapest_volume(
    of: Problem, vendor: Vendor, given: tuple[Flow, Floats, Floats, float], handle: Floats
) -> float:
    """The least fee from the minutes needed up to those that more of the vendor's agents would bring."""
    flow, own, carried, most = given
    minutes = billed(vendor, handle, of.calendar.interval)
    least = float(carried @ minutes)
    top = np.minimum(own + most, MOST_AGENTS / 2)
    greatest = float(busy(flow, own, np.maximum(top, own)) @ minutes)
    edges = [
        tier.up_to * of.calendar.months + FINE for tier in vendor.contract.tiers if tier.up_to is not None
    ]
    volumes = [least, *(edge for edge in edges if least < edge < greatest)]
    return min(horizon_fee(vendor.contract, volume, of.calendar.months) for volume in volumes)


def billed(vendor: Vendor, handle: Floats, interval: int) -> Floats:
    """(T,) minutes billed for a busy agent: call by call, rounded up to whole increments, summed."""
    talk = handle * vendor.talk_share
    step = vendor.contract.billing_increment_seconds
    if step is None:
        return np.asarray(talk / handle * interval / 60)
    calls = np.arange(20_000)
    rounded = [step * np.exp(-calls * step / seconds).sum() for seconds in talk]
    return np.asarray(np.array(rounded) / handle * interval / 60)


def busy(flow: Flow, own: Floats, total: Floats) -> Floats:
    """(T,) busy agents of the vendors, linear between whole agents on triangles."""
    return np.array(
        [
            _between(load, patience, m, n) if load > 0 and n > m + FINE else 0.0
            for load, patience, m, n in zip(flow.load, flow.patience, own, total, strict=True)
        ]
    )


def _between(load: float, patience: float, own: float, total: float) -> float:
    m, n = int(own + 1e-9), int(total + 1e-9)
    above_m, above_n = max(own - m, 0.0), max(total - n, 0.0)
    corners = list(_corners(m, n, above_m, above_n))
    return sum(
        weight * _chain(round(load, 9), round(patience, 9), i, j) for weight, i, j in corners if weight > 1e-9
    )


def _corners(m: int, n: int, above_m: float, above_n: float) -> Iterator[tuple[float, int, int]]:
    yield 1 - max(above_m, above_n), m, n
    yield (above_n - above_m, m, n + 1) if above_n >= above_m else (above_m - above_n, m + 1, n)
    yield min(above_m, above_n), m + 1, n + 1


@cache
def _chain(load: float, patience: float, own: int, total: int) -> float:
    return vendor_busy(load, own, total - own, patience) if total > own else 0.0


def cheapest_over_a_period(of: Problem, most: int, step: float = 0.05) -> float:
    """The cheapest plan whose one queue may lose so many contacts in all, with one vendor at one price.

    With own people fixed, what the vendor carries is a convex function of what is lost, so that a price on
    lost contacts shares out what may be lost. The vendor's agents rise by a step; between all is linear.
    """
    (vendor,) = of.scenario.vendors.values()
    (wanted,), ((name, pools),) = levels_of(of, 0), of.scenario.pools.items()
    asked = demand(of.scenario.queues, of.forecast)[0]
    handle = np.maximum(asked.handle_time[:, 0], 1.0)
    patience = next(iter(of.scenario.queues.values())).patience_seconds or 0.0
    flow = Flow(asked.contacts[:, 0] * handle / of.calendar.interval, patience / handle)
    price = billed(vendor, handle, of.calendar.interval) * vendor.contract.tiers[0].price
    best = float("inf")
    for staff in staff_of(of, name, pools, most):
        if staff.cost < best:
            every = [
                _ways(flow, wanted, int(t), float(staff.agents[t]), step) for t in np.flatnonzero(flow.load)
            ]
            money = [
                minutes * price[t] for t, (minutes, _) in zip(np.flatnonzero(flow.load), every, strict=True)
            ]
            best = min(best, staff.cost + _shared_out(money, [lost for _, lost in every], _budget(wanted)))
    return best


def _budget(wanted: Asked) -> float:
    return min(limit.most for limit in wanted.limits if limit.intervals.sum() > 1)


def _ways(flow: Flow, wanted: Asked, t: int, own: float, step: float) -> tuple[Floats, Floats]:
    """Busy agents and contacts lost, for every number of the vendor's agents that keeps the floor."""
    floor = needed(replace(wanted, limits=[one for one in wanted.limits if one.intervals.sum() == 1]))[t]
    agents = np.maximum(own, floor) + np.arange(0.0, 10.0, step)
    table = next(one.tables for one in wanted.limits if one.intervals.sum() > 1)[t]
    lost = np.interp(agents, np.arange(table.size), table)
    busy = [_between(flow.load[t], flow.patience[t], own, n) if n > own + FINE else 0.0 for n in agents]
    return np.array(busy), lost


def _shared_out(money: list[Floats], lost: list[Floats], most: float) -> float:
    """The least money with at most so much lost in all: the best bound that a price on what is lost gives."""

    def bound(price: float) -> float:
        least = (float((cost + price * gone).min()) for cost, gone in zip(money, lost, strict=True))
        return sum(least) - price * most

    low, high = 0.0, 1e3
    for _ in range(200):
        third = (high - low) / 3
        if bound(low + third) < bound(high - third):
            low += third
        else:
            high -= third
    return bound((low + high) / 2)
