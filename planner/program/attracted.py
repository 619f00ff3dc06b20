"""Contacts that come again: which volume levels a plan may run at, (M24) and (M25), and what it attracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.program.buying import Bought
from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance, QueueInstance
from planner.program.rows import Row, Term, total
from planner.program.service import by_level
from planner.queueing import share_at
from planner.repeats import mixed

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Working:
    """Who works which queue.

    agents : {(pool, queue): (T,)} effective agents, vendors numbered after the pools
    bought : per vendor
    """

    agents: Mapping[tuple[int, int], Floats]
    bought: Sequence[Bought] = ()

    def on_queue(self, number: int, intervals: int) -> Floats:
        """(T,) effective agents on a queue."""
        given = [amount for (_, q), amount in self.agents.items() if q == number]
        return np.asarray(np.sum(given, axis=0)) if given else np.zeros(intervals)


@dataclass(frozen=True, slots=True)
class Attracted:
    """What becomes of a queue's contacts under a plan, over the calendar.

    first : first attempts
    reaching, lost : contacts that reach people, and those of them whom nobody answers
    resolution : share of those answered whose matter is solved
    returning : contacts that come again
    """

    first: float
    reaching: float
    lost: float
    resolution: float
    returning: float

    @property
    def attempts(self) -> float:
        """Contacts in all."""
        return self.first + self.returning

    @property
    def answered(self) -> float:
        """By people."""
        return self.reaching - self.lost


def attracted(on: Instance, working: Working, level: int, number: int) -> Attracted:
    """(R5)  attempts = first + sum_w (1 - resolution_w) x calls_back x answered_w + redials x lost.

    A vendor answers what its busy agents do; of the rest of an interval's answered contacts each pool answers
    in proportion to its agents there. Lost contacts are those of the exact tables.

    Parameters
    ----------
    level : of the queue `number`, which has repeats
    """
    queue, again = on.queues[number], on.again[number]
    contacts = queue.demand.contacts[:, level]
    lost = _lost(queue, working.on_queue(number, contacts.size), level)
    by = _answered(on, working, (level, number), contacts - lost)
    solved = mixed([(float(part.sum()), again.solved[who]) for who, part in by.items()])
    total_lost, who = float(lost.sum()), again.who
    unsolved = float((contacts - lost).sum()) * (1.0 - solved)
    first = queue.demand.first * again.forecast
    back = unsolved * who.calls_back + total_lost * who.redials
    return Attracted(first, float(contacts.sum()), total_lost, solved, back)


def _answered(on: Instance, working: Working, at: tuple[int, int], answered: Floats) -> dict[int, Floats]:
    """{pool or vendor: (T,) contacts} of the answered ones."""
    level, number = at
    handle_time, left = on.queues[number].demand.handle_time[:, level], answered.copy()
    found: dict[int, Floats] = {}
    for c, one in enumerate(working.bought):
        if number in one.busy:
            worked = one.busy[number] * on.calendar.interval
            many = np.divide(worked, handle_time, out=np.zeros(left.size), where=handle_time > 0)
            found[len(on.pools) + c] = np.minimum(many, left)
            left = left - found[len(on.pools) + c]
    own = {p: given for (p, q), given in working.agents.items() if q == number and p < len(on.pools)}
    everyone = np.sum(list(own.values()), axis=0) if own else np.zeros(left.size)
    each = np.divide(left, everyone, out=np.zeros(left.size), where=everyone > 0)
    return {**found, **{p: each * given for p, given in own.items()}}


def answered_by(on: Instance, working: Working, level: int, number: int) -> dict[int, float]:
    """{pool or vendor: contacts} answered over the calendar."""
    queue = on.queues[number]
    contacts = queue.demand.contacts[:, level]
    lost = _lost(queue, working.on_queue(number, contacts.size), level)
    by = _answered(on, working, (level, number), contacts - lost)
    return {who: float(part.sum()) for who, part in by.items()}


def needed_volume(on: Instance, working: Working, level: int, number: int) -> float:
    """What a plan attracts, as contacts / contacts of the forecast."""
    forecast = on.again[number].forecast
    return attracted(on, working, level, number).attempts / forecast if forecast > 0 else 1.0


def settled(on: Instance, working: Working, level: Sequence[int]) -> tuple[int, ...]:
    """Levels with each queue's volume raised to the first that has room for what the plan attracts there.

    The same levels, where they have room already; the highest volume, where none has.
    """
    return tuple(_settled(on, working, k, q) if q in on.again else k for q, k in enumerate(level))


def has_room(on: Instance, working: Working, level: int, number: int) -> bool:
    """Whether a queue's volume level has room for what the plan attracts at it."""
    room = on.queues[number].demand.room[level]
    return bool(needed_volume(on, working, level, number) <= room * (1 + _ROUNDING))


def _settled(on: Instance, working: Working, level: int, number: int) -> int:
    needed, asked = needed_volume(on, working, level, number), on.queues[number].demand
    mine = np.flatnonzero(asked.automation == asked.automation[level])
    above = mine[mine >= level]
    enough = above[asked.room[above] * (1 + _ROUNDING) >= needed]
    return int(enough[0]) if enough.size else int(mine[-1])


def _lost(queue: QueueInstance, agents: Floats, level: int) -> Floats:
    """(T,) contacts lost at so many agents, on average."""
    part = next((part for part in queue.measured if part.kind == "lost" and part.average), None)
    if part is None:
        return np.zeros(agents.size)
    share = share_at(part.tables, np.repeat(agents, queue.levels)).reshape(-1, queue.levels)[:, level]
    return np.asarray(share * queue.demand.contacts[:, level])


def attracts(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M24)  first + sum_w (1 - resolution_w) calls_back A[w,q] + redials L[q] <= sum_k room[q,k] z[q,k]

    sum_w A[w,q] + L[q] = sum_k contacts[q,k] z[q,k], w over pools and vendors that serve q; all over the
    calendar, in contacts. Where all solve as many, A is written out.
    """
    v = decide.variables
    for q, again in on.again.items():
        queue, columns = on.queues[q], decide.queues[q]
        if queue.levels == 1:
            continue
        lost = _lost_terms(queue, decide, q)
        asked = queue.demand
        room, _ = by_level(queue, columns, decide, -asked.room * again.forecast)
        reaching, _ = by_level(queue, columns, decide, asked.contacts.sum(axis=0))
        who, answered = again.who, columns.answered
        if not answered:
            back = who.calls_back * (1.0 - who.resolution[0])
            kept = [(z, back * many) for z, many in reaching]
            going = [(one, weight * (who.redials - back)) for one, weight in lost]
            yield f"attracts_{q}", _up_to([*kept, *going, *room], -asked.first * again.forecast)
            continue
        back_of = [(v[at], who.calls_back * (1.0 - again.solved[w])) for w, at in answered.items()]
        going = [(one, weight * who.redials) for one, weight in lost]
        yield f"attracts_{q}", _up_to([*back_of, *going, *room], -asked.first * again.forecast)
        every = [*((v[at], 1.0) for at in answered.values()), *lost]
        yield f"answered_{q}", total([*every, *((z, -many) for z, many in reaching)]) == 0


def _up_to(terms: list[Term], most: float) -> object:
    return total(terms) <= most


def _lost_terms(queue: QueueInstance, decide: Decisions, number: int) -> list[Term]:
    """L[q], the sum of what is counted lost; nothing where that is not counted on average."""
    for part, counted in zip(queue.measured, decide.queues[number].counted, strict=True):
        if part.kind == "lost" and part.average:
            return [(decide.variables[at], 1.0) for at in counted if at != NOWHERE]
    return []


def answering(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M25)  sum_q h[q] A[p,q] <= length phi_p sum_t sum_j a[j,t] x[p,j]   for every pool,

    with h the shortest handle time of the queue; of a vendor, h[q] A[c,q] <= length sum_t o[t,c,q].
    Whoever answers is busy no longer than there.
    """
    v, length = decide.variables, float(on.calendar.interval)
    shortest = {q: _shortest(on.queues[q]) for q in on.again}
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        mine = [(v[at], shortest[q]) for q, at in _answered_by(on, decide, p)]
        if mine:
            hours = np.asarray(pool.patterns.work.sum(axis=0)).ravel() * pool.effective * length
            there = [(v[x], -float(worth)) for x, worth in zip(columns.people, hours, strict=True)]
            yield f"answering_{p}", total([*mine, *there]) <= 0
    for c, vendor in enumerate(decide.vendors):
        for q, at in _answered_by(on, decide, len(on.pools) + c):
            there = [(v[o], -length) for o in vendor.agents[q] if o != NOWHERE]
            yield f"answering_v{c}_{q}", total([(v[at], shortest[q]), *there]) <= 0


def _answered_by(on: Instance, decide: Decisions, who: int) -> Iterator[tuple[int, int]]:
    for q in on.again:
        if who in decide.queues[q].answered:
            yield q, decide.queues[q].answered[who]


def _shortest(queue: QueueInstance) -> float:
    times = queue.demand.handle_time[queue.demand.contacts > 0]
    return float(times.min(initial=np.inf)) if times.size else 0.0
