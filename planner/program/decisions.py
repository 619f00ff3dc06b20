"""The columns of the program, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts
from planner.contracts.curve import FeeCurve
from planner.program.instance import Instance, PoolInstance, QueueInstance
from planner.program.platforms import PlatformColumns, needs_seat
from planner.program.pool_sets import PoolSets, pool_sets
from planner.program.seat_offers import SeatOffer
from planner.solver.pulp_seam import add_column

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class SeatColumns:
    """Columns of the contract of a pool paid by the seat.

    ordered : N, seats
    on : G, whether the contract is; NOWHERE where it is signed
    piece, billed : (I,) E and F, whether the fee is on a piece of its curve, and the seats on it
    curve : fee over seats, as far as more could be of use
    """

    ordered: int
    on: int
    piece: Counts
    billed: Counts
    curve: FeeCurve


@dataclass(frozen=True, slots=True)
class PoolColumns:
    """Columns of one pool.

    people : (J,) x, people on each pattern
    used : (S,) u, whether a shape is used at all; empty where nobody counts patterns
    on : (J,) v, whether a pattern is used on its day; empty without a least number of people
    agents : {queue: (T,)} y, effective agents on a queue; NOWHERE where the queue asks for none; no queue
        at all where sets of pools say everything
    present : (T,) g, effective agents present; NOWHERE where the people themselves stand in its place
    headcount : W, or NOWHERE
    desks : D, or NOWHERE
    cycles : weeks x 7, people whose working days begin on that day; empty unless days off are consecutive
    seats : of its contract; None where pay is not by the seat
    """

    people: Counts
    used: Counts
    on: Counts
    agents: dict[int, Counts]
    present: Counts
    headcount: int
    desks: int
    cycles: Counts
    seats: SeatColumns | None = None


@dataclass(frozen=True, slots=True)
class QueueColumns:
    """Columns of one queue.

    level : (K,) z, whether the queue runs at a level; empty where there is only one
    agents : (T,) n, effective agents on the queue; NOWHERE where it asks for none
    counted : one (T,) V per measured thing
    answered : {pool: A}, contacts answered over the calendar, vendors numbered after the pools; none where
        all solve as many
    """

    level: Counts
    agents: Counts
    counted: tuple[Counts, ...]
    answered: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VendorColumns:
    """Columns of one vendor.

    agents, busy : {queue: (T,)} o and b, its agents on a queue and those of them who are busy; NOWHERE
        where there are no contacts
    piece, minutes : (I,) P and M, whether the fee is on a piece of its curve, and the minutes billed on it
    """

    agents: dict[int, Counts]
    busy: dict[int, Counts]
    piece: Counts
    minutes: Counts


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every column: the solver's variables in order, and each family's places among them.

    sets : of pools, by which people are shared between queues
    """

    variables: tuple[Any, ...]
    pools: tuple[PoolColumns, ...]
    queues: tuple[QueueColumns, ...]
    sets: PoolSets
    platforms: PlatformColumns
    vendors: tuple[VendorColumns, ...] = ()

    def vendors_of(self, queue: int) -> list[VendorColumns]:
        """The vendors that take a queue's overflow."""
        return [vendor for vendor in self.vendors if queue in vendor.agents]


class _Ledger:
    """Adds columns to the problem and says where they went."""

    def __init__(self, problem: Any) -> None:
        self.problem = problem
        self.variables: list[Any] = []

    def one(self, name: str, upper: float, whole: bool = False) -> int:
        self.variables.append(add_column(self.problem, name, 0.0, upper, whole))
        return len(self.variables) - 1

    def many(self, name: str, upper: np.ndarray, whole: bool = False) -> Counts:
        places = [self.one(f"{name}_{at}", float(most), whole) for at, most in enumerate(upper)]
        return frozen_counts(places)

    def where(self, name: str, wanted: np.ndarray, upper: np.ndarray) -> Counts:
        places = np.full(wanted.size, NOWHERE, dtype=np.int64)
        for at in np.flatnonzero(wanted):
            places[at] = self.one(f"{name}_{at}", float(upper[at]))
        return frozen_counts(places)


def decisions(problem: Any, on: Instance, most_sets: int) -> Decisions:
    """All columns of the program, added to `problem`."""
    ledger, sets = _Ledger(problem), pool_sets(on, most_sets)
    pools = tuple(_pool_columns(ledger, on, number, sets) for number in range(len(on.pools)))
    queues = tuple(_queue_columns(ledger, number, on) for number in range(len(on.queues)))
    vendors = tuple(_vendor_columns(ledger, on, number) for number in range(len(on.vendors)))
    platforms = _platform_columns(ledger, on)
    return Decisions(tuple(ledger.variables), pools, queues, sets, platforms, vendors)


def most_people(on: Instance, pool: PoolInstance) -> np.ndarray:
    """(J,) people on a pattern beyond which no more could be of use."""
    useful = _useful(on, pool)
    peak = np.zeros(pool.patterns.count)
    work = pool.patterns.work.tocsc()
    for column in range(pool.patterns.count):
        entries = slice(work.indptr[column], work.indptr[column + 1])
        rows, part = work.indices[entries], work.data[entries]
        if rows.size:
            peak[column] = np.max(useful[rows] / (pool.effective * part))
    most = np.maximum(np.ceil(peak), pool.patterns.minimum_people)
    limits = [
        limit for limit in (pool.rules.maximum_seats, pool.rules.maximum_headcount) if limit is not None
    ]
    return np.minimum(most, min(limits)) if limits else most


def _pool_columns(ledger: _Ledger, on: Instance, number: int, sets: PoolSets) -> PoolColumns:
    pool = on.pools[number]
    useful = _useful(on, pool)
    rules, found = pool.rules, pool.patterns
    most = most_people(on, pool)
    people = ledger.many(f"x_{number}", most, whole=True)
    fewest = bool((found.minimum_people > 1).any())
    everyone = float(most.sum()) + rules.minimum_headcount
    top = everyone if rules.maximum_headcount is None else float(rules.maximum_headcount)
    posts = pool.offer is not None and pool.offer.counts_people
    counted = pool.person_cost > 0 or rules.limits_headcount or posts
    consecutive = counted and rules.contract.days_off == "consecutive"
    seven = len(on.calendar.days) // 7 * 7 if consecutive else 0
    return PoolColumns(
        people=people,
        used=ledger.many(f"u_{number}", np.ones(len(found.shapes) if rules.maximum_patterns else 0), True),
        on=ledger.many(f"v_{number}", np.ones(found.count if fewest else 0), True),
        agents={
            queue: ledger.where(f"y_{number}_{queue}", on.queues[queue].active, on.queues[queue].ceiling)
            for queue in (() if sets.complete else pool.serves)
        },
        present=ledger.where(f"g_{number}", (useful > 0) & sets.dense, useful),
        headcount=ledger.one(f"W_{number}", top, True) if counted else NOWHERE,
        desks=ledger.one(f"D_{number}", everyone, True) if pool.desk_cost > 0 else NOWHERE,
        cycles=ledger.many(f"w_{number}", np.full(seven, top), True),
        seats=_seat_columns(ledger, number, pool.offer, int(np.ceil(everyone))),
    )


def _seat_columns(ledger: _Ledger, number: int, offer: SeatOffer | None, everyone: int) -> SeatColumns | None:
    if offer is None:
        return None
    most = offer.most_useful(everyone)
    curve = offer.curve(most)
    return SeatColumns(
        ordered=ledger.one(f"N_{number}", most, True),
        on=NOWHERE if offer.rules.signed else ledger.one(f"G_{number}", 1.0, True),
        piece=ledger.many(f"E_{number}", np.ones(curve.upper.size), True),
        billed=ledger.many(f"F_{number}", curve.upper),
        curve=curve,
    )


def _platform_columns(ledger: _Ledger, on: Instance) -> PlatformColumns:
    count = len(on.technologies)
    priced = count if any(option.seat > 0 for option in on.technologies) else 0
    most = _most_at_once(on) if priced else 0.0
    return PlatformColumns(
        chosen=ledger.many("c", np.ones(count), whole=True),
        seats=ledger.many("S", np.full(priced, most), whole=True),
        most_seats=most,
    )


def _most_at_once(on: Instance) -> float:
    """People at work at once beyond which no more could be of use, over all pools that need a platform."""
    most = 0.0
    for pool in (on.pools[p] for p in needs_seat(on)):
        here = float((pool.patterns.at_starts @ most_people(on, pool)).max(initial=0.0))
        limit = pool.rules.maximum_seats
        most += here if limit is None else min(here, float(limit))
    return float(np.ceil(most))


def _useful(on: Instance, pool: PoolInstance) -> Floats:
    """(T,) agents beyond which nothing gets better on any queue that the pool serves."""
    return np.asarray(sum(on.queues[q].ceiling for q in pool.serves))


def _queue_columns(ledger: _Ledger, number: int, on: Instance) -> QueueColumns:
    queue = on.queues[number]
    has_contacts = queue.demand.contacts.max(axis=1) > 0
    return QueueColumns(
        level=ledger.many(f"z_{number}", np.ones(queue.levels if queue.levels > 1 else 0), True),
        agents=ledger.where(f"n_{number}", queue.active, queue.ceiling),
        counted=tuple(
            ledger.where(f"V_{number}_{place}", has_contacts, _most_counted(queue, place))
            for place in range(len(queue.measured))
        ),
        answered={who: ledger.one(f"A_{who}_{number}", np.inf) for who in _told_apart(on, number)},
    )


def _told_apart(on: Instance, number: int) -> list[int]:
    """Pools and vendors of a queue whose answered contacts matter: some solve more of them than others."""
    again = on.again.get(number)
    if again is None or on.queues[number].levels == 1 or len(set(again.solved.values())) == 1:
        return []
    return list(again.solved)


def _vendor_columns(ledger: _Ledger, on: Instance, number: int) -> VendorColumns:
    vendor, queues = on.vendors[number], on.queues
    some = {q: queues[q].demand.contacts.max(axis=1) > 0 for q in vendor.serves}
    most = {q: np.minimum(queues[q].ceiling, vendor.most) for q in vendor.serves}
    curve = vendor.curve
    return VendorColumns(
        agents={q: ledger.where(f"o_{number}_{q}", some[q], most[q]) for q in vendor.serves},
        busy={q: ledger.where(f"b_{number}_{q}", some[q], most[q]) for q in vendor.serves},
        piece=ledger.many(f"P_{number}", np.ones(curve.lower.size), True),
        minutes=ledger.many(f"M_{number}", curve.upper),
    )


def _most_counted(queue: QueueInstance, place: int) -> Floats:
    """(T,) the most that can be counted in an interval: every table's first value."""
    part = queue.measured[place]
    tables = part.tables
    first = tables.values[tables.offsets[:-1]][tables.which].reshape(queue.demand.contacts.shape)
    return frozen((first * queue.demand.contacts * part.unit).max(axis=1))
