"""What is bought of vendors once people and AI levels are fixed, counted and priced exactly.

A vendor's agents cost nothing by themselves; the minutes they are busy do. How busy one more of them would be
follows from (Q19), so the split of agents over queues is given that as the price of an agent, and again from
where it ended. The cheapest of the splits found counts, with minutes by (Q19) and the fee by the invoice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats, frozen
from planner.program.instance import Instance
from planner.program.vendors import VendorInstance
from planner.queueing.overflow import overflow

Hint: TypeAlias = tuple[float | None, ...]
"""By vendor, minutes billed as the program saw them; None for a contract that is left off."""

ROUNDS = 3
"""Splits from one to the next; each begins where the one before ended."""
_MOST_TRIED = 3
_HALF_BUSY = 0.5
_LEAST_BUSY = 0.02
_LEAST_PRICE = 0.02


@dataclass(frozen=True, slots=True)
class Offer:
    """What the split is told of vendors.

    most : by vendor, agents at once; 0 where its contract is off
    vendor_price : {(vendor, queue): (T,)} money for one more of its agents
    own_price : {queue: (T,)} money for one more own agent, below 0
    """

    most: tuple[float, ...]
    vendor_price: Mapping[tuple[int, int], Floats]
    own_price: Mapping[int, Floats]


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
        yield (0.0,) * len(on.vendors)
    else:
        ways = [(0.0,) if vendor.rules.signed else (0.0, None) for vendor in on.vendors]
        yield from product(*ways)


def first_offer(on: Instance, hint: Hint) -> Offer:
    """Before anything is known: one more agent of a vendor would be busy half of the time."""
    priced = {
        (c, q): _price(vendor, hint[c]) * _HALF_BUSY * vendor.fewest_minutes(q)
        for c, vendor in enumerate(on.vendors)
        for q in vendor.serves
    }
    return Offer(_most(on, hint), {key: _finite(price) for key, price in priced.items()}, {})


def next_offer(on: Instance, level: Sequence[int], hint: Hint, agents: Agents) -> Offer:
    """From where a split ended: how busy one more agent would be there."""
    priced, own = {}, {}
    for q in on.overflow:
        mine, every = _own_and_all(on, agents, q)
        here, further, both = (
            busy_in_all(on, level, q, mine + one, every + other) for one, other in ((0, 0), (0, 1), (1, 1))
        )
        for c in serving(on, q):
            money = _finite(_price(on.vendors[c], hint[c]) * on.vendors[c].minutes[q][:, level[q]])
            priced[c, q] = money * np.maximum(further - here, _LEAST_BUSY)
        cheapest = min(
            (_price(on.vendors[c], hint[c]) for c in serving(on, q) if hint[c] is not None), default=0.0
        )
        minutes = on.vendors[serving(on, q)[0]].minutes[q][:, level[q]]
        own[q] = _finite(cheapest * minutes * np.minimum(both - here, 0.0))
    return Offer(_most(on, hint), priced, own)


def bought(on: Instance, level: Sequence[int], hint: Hint, agents: Agents) -> tuple[Bought, ...]:
    """What a split buys of every vendor, exactly."""
    supplied = [
        {q: agents[len(on.pools) + c, q] for q in vendor.serves} for c, vendor in enumerate(on.vendors)
    ]
    busy: list[dict[int, Floats]] = [{} for _ in on.vendors]
    for q in on.overflow:
        carried = busy_in_all(on, level, q, *_own_and_all(on, agents, q))
        every = np.sum([supplied[c][q] for c in serving(on, q)], axis=0)
        for c in serving(on, q):
            share = np.divide(supplied[c][q], every, out=np.zeros_like(every), where=every > 0)
            busy[c][q] = frozen(carried * share)
    return tuple(
        _bought(vendor, level, supplied[c], busy[c], hint[c] is not None)
        for c, vendor in enumerate(on.vendors)
    )


def hint_of(made: Sequence[Bought]) -> Hint:
    """What was bought, as a hint for the next split."""
    return tuple(one.total_minutes if one.on else None for one in made)


def serving(on: Instance, queue: int) -> list[int]:
    """The vendors of a queue."""
    return [c for c, vendor in enumerate(on.vendors) if queue in vendor.serves]


def busy_in_all(on: Instance, level: Sequence[int], queue: int, own: Floats, total: Floats) -> Floats:
    """(Q19)  (T,) busy agents of all the queue's vendors together, at the queue's level."""
    levels, tables = on.queues[queue].levels, on.overflow[queue]
    found = overflow(tables, np.repeat(own, levels), np.repeat(total, levels))
    return found.reshape(-1, levels)[:, level[queue]]


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


def _own_and_all(on: Instance, agents: Agents, queue: int) -> tuple[Floats, Floats]:
    own = np.zeros(on.calendar.intervals)
    every = np.zeros(on.calendar.intervals)
    for (who, q), given in agents.items():
        if q == queue:
            every = every + given
            own = own + given if who < len(on.pools) else own
    return own, every


def _most(on: Instance, hint: Hint) -> tuple[float, ...]:
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
