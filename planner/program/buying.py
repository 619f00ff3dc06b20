"""What is bought of vendors once people and AI levels are fixed, counted and priced exactly.

A vendor's agents cost nothing by themselves; the minutes they are busy do. With own people fixed, these are
nearly a straight line in what is counted of the queue: a contact that is lost is not paid for. So the split
of agents over queues is given that as a price, and again from where it ended. The cheapest of the splits
counts, with minutes by (Q19) and the fee by the invoice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats, frozen
from planner.program.instance import Instance
from planner.program.vendors import VendorInstance
from planner.queueing import share_at
from planner.queueing.overflow import overflow

Minutes: TypeAlias = tuple[float | None, ...]
"""By vendor, minutes billed as the program saw them; None for a contract that is left off."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Who was on which queue in the program, or in a plan that differs by little.

    own : {queue: (T,)} own agents
    vendors : {(vendor, queue): (T,)} vendors' agents
    """

    own: Mapping[int, Floats]
    vendors: Mapping[tuple[int, int], Floats]


@dataclass(frozen=True, slots=True)
class Hint:
    """What to buy of vendors; `shown` is a split worth following, None where there is none."""

    minutes: Minutes
    shown: Shown | None = None


ROUNDS = 3
"""Splits from one to the next; each begins where the one before ended."""
_MOST_TRIED = 3
_HALF_BUSY = 0.5
_SPARE = 1.1
_TRIFLE = 1e-3
_SMALL = 1e-9
_LEAST_PRICE = 0.02


@dataclass(frozen=True, slots=True)
class Offer:
    """What the split is told of vendors.

    most : by vendor, agents at once; 0 where its contract is off
    vendor_price : {(vendor, queue): (T,)} money for one more of its agents
    own_worth : {queue: (T, M)} money that the first own agent changes, the second, and so on: below 0, rising
    counted_price : {queue: (T,)} money for one more of what is counted first of a queue, below 0
    own : {queue: (T,)} own agents, whose work no price undoes
    shown : a split to follow; prices are then of what departs from it
    """

    most: tuple[float, ...]
    vendor_price: Mapping[tuple[int, int], Floats]
    own_worth: Mapping[int, Floats] = field(default_factory=dict)
    counted_price: Mapping[int, Floats] = field(default_factory=dict)
    own: Mapping[int, Floats] = field(default_factory=dict)
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Bought:
    """What is bought of one vendor.

    on : whether its contract is
    agents, busy, minutes : {queue: (T,)} agents, those of them who are busy, and minutes billed
    fee : money over the calendar, by the invoice
    """

    on: bool
    agents: Mapping[int, Floats]
    busy: Mapping[int, Floats]
    minutes: Mapping[int, Floats]
    fee: float

    @property
    def total_minutes(self) -> float:
        """Billed over the calendar."""
        return float(sum(minutes.sum() for minutes in self.minutes.values()))


Agents: TypeAlias = Mapping[tuple[int, int], Floats]
"""Agents of every pool, and after the pools of every vendor, on every queue."""


def choices(on: Instance, hint: Hint | None) -> Iterator[Hint]:
    """The contracts that are on, in every way worth a try: as the program saw it, or each on or off."""
    if hint is not None:
        yield hint
    elif len(on.vendors) > _MOST_TRIED:
        yield Hint((0.0,) * len(on.vendors))
    else:
        ways = [(0.0,) if vendor.rules.signed else (0.0, None) for vendor in on.vendors]
        yield from map(Hint, product(*ways))


def following(on: Instance, level: Sequence[int], hint: Hint) -> Offer:
    """The split that was shown, and the dearest vendor's price for whatever departs from it."""
    dearest = max(float(vendor.curve.slope.max()) for vendor in on.vendors)
    priced = {
        (c, q): _finite(max(dearest, _TRIFLE) * vendor.minutes[q][:, level[q]])
        for c, vendor in enumerate(on.vendors)
        for q in vendor.serves
    }
    return Offer(_most(on, hint.minutes), priced, shown=hint.shown)


def first_offer(on: Instance, level: Sequence[int], hint: Minutes) -> Offer:
    """Before anything is known: one more agent of a vendor would be busy half of the time."""
    priced = {
        (c, q): _finite(_price(vendor, hint[c]) * _HALF_BUSY * vendor.fewest_minutes(q))
        for c, vendor in enumerate(on.vendors)
        for q in vendor.serves
    }
    guess = {q: _SPARE * on.queues[q].floor[:, level[q]] + 1.0 for q in on.overflow}
    worth = {q: _own_worth(on, level, q, (guess[q], _money(on, level, q, hint))) for q in on.overflow}
    return Offer(_most(on, hint), priced, worth)


def _money(on: Instance, level: Sequence[int], queue: int, hint: Minutes) -> Floats:
    """(T,) money for an agent of the queue's last vendor that is on, busy all of an interval."""
    using = [c for c in serving(on, queue) if hint[c] is not None]
    if not using:
        return np.zeros(on.calendar.intervals)
    vendor = on.vendors[using[-1]]
    return _finite(_price(vendor, hint[using[-1]]) * vendor.minutes[queue][:, level[queue]])


def _own_worth(on: Instance, level: Sequence[int], queue: int, at: tuple[Floats, Floats]) -> Floats:
    """(T, M) money that each own agent after the other changes, with so many agents in all.

    By (Q19) own agents carry (1 - w) alone(m) + w m, where w is the share of time in which somebody waits.

    at : (T,) agents in all, and money for a busy agent of a vendor
    """
    agents, money = at
    tables, times = on.overflow[queue], np.arange(on.calendar.intervals)
    system = tables.which[times * on.queues[queue].levels + level[queue]]
    n = np.minimum(np.round(agents).astype(np.int64), tables.most)
    waiting = tables.waiting[system, n][:, None]
    carried = (1.0 - waiting) * np.diff(tables.alone[system], axis=1) + waiting
    return frozen(-money[:, None] * np.minimum(carried, 1.0))


def next_offer(on: Instance, level: Sequence[int], hint: Minutes, agents: Agents) -> Offer:
    """From where a split ended: what one more agent, or one contact more that is lost, would change there."""
    priced: dict[tuple[int, int], Floats] = {}
    own, counted, mine = {}, {}, {}
    for q in on.overflow:
        order, here = serving(on, q), _groups(on, agents, q)
        money = {
            c: _finite(_price(on.vendors[c], hint[c]) * on.vendors[c].minutes[q][:, level[q]]) for c in order
        }
        now = _fees(on, level, q, here, money)
        more = {
            c: np.maximum(_fees(on, level, q, _one_more(here, place), money) - now, 0.0)
            for place, c in enumerate(order, start=1)
        }
        cheapest = np.min([more[c] for c in order if hint[c] is not None] or [np.zeros_like(now)], axis=0)
        fall = _fall(on, level, q, np.sum(here, axis=0))
        falls = fall < -_SMALL
        counted[q] = np.divide(cheapest, fall, out=np.zeros_like(now), where=falls)
        for c in order:
            rest = np.where(falls, more[c] - cheapest, more[c])
            priced[c, q] = np.maximum(rest, _TRIFLE * money[c])
        own[q] = _own_worth(on, level, q, (np.sum(here, axis=0), _money(on, level, q, hint)))
        mine[q] = here[0]
    return Offer(_most(on, hint), priced, own, counted, mine)


def _fall(on: Instance, level: Sequence[int], queue: int, agents: Floats) -> Floats:
    """(T,) what one more agent changes of what is counted first; 0 where nothing is."""
    asked, k = on.queues[queue], level[queue]
    if not asked.measured:
        return np.zeros(agents.size)
    part = asked.measured[0]
    least = part.tables.first[part.tables.which].reshape(-1, asked.levels)[:, k]
    here, further = (
        share_at(part.tables, np.repeat(np.maximum(agents, least) + one, asked.levels)) for one in (0.0, 1.0)
    )
    change = (further - here).reshape(-1, asked.levels)[:, k]
    return np.asarray(change * asked.demand.contacts[:, k] * part.unit)


def _fees(
    on: Instance, level: Sequence[int], queue: int, groups: Sequence[Floats], money: Mapping[int, Floats]
) -> Floats:
    """(T,) money for the minutes of a queue's vendors at fixed prices."""
    busy = busy_in_order(on, level, queue, groups)
    return np.asarray(sum(money[c] * each for c, each in zip(serving(on, queue), busy, strict=True)))


def _one_more(groups: Sequence[Floats], place: int) -> list[Floats]:
    return [group + (number == place) for number, group in enumerate(groups)]


def bought(on: Instance, level: Sequence[int], hint: Minutes, agents: Agents) -> tuple[Bought, ...]:
    """What a split buys of every vendor, exactly."""
    supplied = [
        {q: agents[len(on.pools) + c, q] for q in vendor.serves} for c, vendor in enumerate(on.vendors)
    ]
    busy: list[dict[int, Floats]] = [{} for _ in on.vendors]
    for q in on.overflow:
        each = busy_in_order(on, level, q, _groups(on, agents, q))
        for c, carried in zip(serving(on, q), each, strict=True):
            busy[c][q] = frozen(carried)
    return tuple(
        _bought(vendor, level, supplied[c], busy[c], hint[c] is not None)
        for c, vendor in enumerate(on.vendors)
    )


def minutes_of(made: Sequence[Bought]) -> Minutes:
    """What was bought, for the next split."""
    return tuple(one.total_minutes if one.on else None for one in made)


def shown_by(on: Instance, agents: Agents) -> Shown:
    """A split as one to follow."""
    own = {q: _groups(on, agents, q)[0] for q in on.overflow}
    vendors = {(c, q): agents[len(on.pools) + c, q] for c, one in enumerate(on.vendors) for q in one.serves}
    return Shown(own, vendors)


def serving(on: Instance, queue: int) -> list[int]:
    """The vendors of a queue, in the order of the scenario, in which they take contacts."""
    return [c for c, vendor in enumerate(on.vendors) if queue in vendor.serves]


def busy_in_order(on: Instance, level: Sequence[int], queue: int, groups: Sequence[Floats]) -> list[Floats]:
    """(Q19)  Busy agents (T,) of each of a queue's vendors, who take contacts one after the other.

    Parameters
    ----------
    groups : own agents, then each vendor's, (T,) each
    """
    levels, tables = on.queues[queue].levels, on.overflow[queue]
    total = np.sum(groups, axis=0)
    before, overflowing = np.zeros_like(total), []
    for group in groups[:-1]:
        before = np.minimum(before + group, total)
        found = overflow(tables, np.repeat(before, levels), np.repeat(total, levels))
        overflowing.append(found.reshape(-1, levels)[:, level[queue]])
    overflowing.append(np.zeros_like(total))
    return [np.maximum(first - rest, 0.0) for first, rest in pairwise(overflowing)]


def _bought(
    vendor: VendorInstance,
    level: Sequence[int],
    agents: Mapping[int, Floats],
    busy: Mapping[int, Floats],
    on: bool,
) -> Bought:
    minutes = {q: frozen(carried * vendor.minutes[q][:, level[q]]) for q, carried in busy.items()}
    total = float(sum(each.sum() for each in minutes.values()))
    signed = on or vendor.rules.signed
    return Bought(signed, agents, busy, minutes, vendor.fee(total) if signed else 0.0)


def _groups(on: Instance, agents: Agents, queue: int) -> list[Floats]:
    """Own agents on a queue, then each of its vendors'."""
    mine = [given for (who, q), given in agents.items() if q == queue and who < len(on.pools)]
    own = np.sum([np.zeros(on.calendar.intervals), *mine], axis=0)
    return [own, *(agents[len(on.pools) + c, queue] for c in serving(on, queue))]


def _most(on: Instance, hint: Minutes) -> tuple[float, ...]:
    return tuple(
        vendor.most if minutes is not None else 0.0 for vendor, minutes in zip(on.vendors, hint, strict=True)
    )


def _price(vendor: VendorInstance, minutes: float | None) -> float:
    """Money for one more minute there; a trifle where the minimum spend makes it free."""
    curve = vendor.curve
    place = int(np.searchsorted(curve.upper, minutes or 0.0, side="left"))
    slope = float(curve.slope[min(place, curve.slope.size - 1)])
    return max(slope, _LEAST_PRICE * vendor.rules.contract.tiers[0].price, 1e-6)


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, 0.0)
