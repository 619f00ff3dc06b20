"""A plan in the making: whole people and levels, split exactly, priced and checked by its own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen_counts
from planner.program.assignment import Assignment, Splits, capacity
from planner.program.attracted import Working, has_room, settled
from planner.program.build import Program
from planner.program.buying import (
    ROUNDS,
    Bought,
    Hint,
    Minutes,
    Shown,
    bought,
    choices,
    first_offer,
    following,
    minutes_of,
    next_offer,
    shown_by,
)
from planner.program.decisions import NOWHERE
from planner.program.headcount import (
    desks_needed,
    headcount_needed,
    most_with_least_hours,
    room_for_one_more,
)
from planner.program.instance import Instance, Measured, PoolInstance
from planner.program.piecewise import ON
from planner.program.platforms import cheapest_platform, platform_seats_needed
from planner.program.seats_ordered import seats_fee
from planner.queueing import share_at

_MOST_REPAIRS = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """Decisions whose service and cost are counted exactly.

    people : per pool (J,) whole people
    level : AI level of each queue
    headcount, desks : per pool
    bought : per vendor
    platform : the one chosen; None without any to choose from, or where none lets these people work
    platform_seats : most people at work at once who need one
    """

    people: tuple[Counts, ...]
    level: tuple[int, ...]
    assignment: Assignment
    headcount: tuple[int, ...]
    desks: tuple[int, ...]
    cost: float
    bought: tuple[Bought, ...] = ()
    platform: int | None = None
    platform_seats: int = 0

    @property
    def working(self) -> Working:
        """Who works which queue."""
        return Working(self.assignment.agents, self.bought)

    def hint(self, on: Instance) -> Hint | None:
        """What was bought of vendors and who works what, for the next split; None without vendors."""
        if not self.bought:
            return None
        return Hint(minutes_of(self.bought), shown_by(on, self.assignment.agents))


def decided(program: Program, values: Floats) -> tuple[tuple[Counts, ...], tuple[int, ...]]:
    """People and levels of a solution of the program."""
    people = tuple(frozen_counts(np.round(values[pool.people])) for pool in program.decide.pools)
    return people, tuple(_decided_level(program, values, q) for q in range(len(program.on.queues)))


def _decided_level(program: Program, values: Floats, number: int) -> int:
    """The AI level with the most weight, and of its volume levels the one with the most."""
    places = program.decide.queues[number].level
    if not places.size:
        return 0
    automation, weight = program.on.queues[number].demand.automation, values[places]
    chosen = int(np.argmax(np.bincount(automation, weights=np.maximum(weight, 0.0))))
    return int(np.argmax(np.where(automation == chosen, weight, -np.inf)))


def decided_platform(program: Program, values: Floats) -> int | None:
    """The platform of a solution of the program; None without any to choose from."""
    chosen = program.decide.platforms.chosen
    return int(np.argmax(values[chosen])) if chosen.size else None


def seen(program: Program, values: Floats) -> Hint | None:
    """What a solution of the program buys of vendors, and who works what there; None without any."""
    on, decide = program.on, program.decide
    if not on.vendors:
        return None
    minutes = tuple(
        float(values[vendor.minutes].sum()) if values[vendor.piece].sum() > ON else None
        for vendor in decide.vendors
    )
    vendors = {
        (c, q): _there(values, places)
        for c, vendor in enumerate(decide.vendors)
        for q, places in vendor.agents.items()
    }
    own = {
        q: _there(values, decide.queues[q].agents)
        - np.sum([given for (_, queue), given in vendors.items() if queue == q], axis=0)
        for q in on.overflow
    }
    return Hint(minutes, Shown(own, vendors))


def _there(values: Floats, places: Counts) -> Floats:
    """(T,) what a family of columns is; 0 where there is none."""
    return np.where(places == NOWHERE, 0.0, values[places])


def candidate(
    on: Instance,
    people: Sequence[Counts],
    level: Sequence[int],
    splits: Splits,
    hint: Hint | None = None,
) -> Candidate:
    """These people and levels, split at their best and priced; `hint` says what to buy of vendors.

    Where the plan attracts more contacts than its volume levels have room for, they are raised.
    """
    made = _at_levels(on, people, level, splits, hint)
    while on.again and (higher := settled(on, made.working, made.level)) != made.level:
        made = _at_levels(on, people, higher, splits, hint)
    return made


def _at_levels(
    on: Instance, people: Sequence[Counts], level: Sequence[int], splits: Splits, hint: Hint | None
) -> Candidate:
    present = capacity(on, people)
    if not on.vendors:
        return _priced(on, people, level, (splits.of(present, level), ()))
    made = [
        _priced(on, people, level, split)
        for chosen in choices(on, hint)
        for split in _bought_splits(on, (present, level), splits, chosen)
    ]
    return min(made, key=lambda one: (one.assignment.missing, one.cost))


def _bought_splits(
    on: Instance, given: tuple[Floats, Sequence[int]], splits: Splits, chosen: Hint
) -> Iterator[tuple[Assignment, tuple[Bought, ...]]]:
    """The split that was shown, then others, each told how busy vendors were in the one before."""
    present, level = given
    if chosen.shown is not None:
        split = splits.of(present, level, following(on, level, chosen))
        yield split, bought(on, level, chosen.minutes, split.agents)
    offer = first_offer(on, level, chosen.minutes)
    for _ in range(ROUNDS):
        split = splits.of(present, level, offer)
        made = bought(on, level, chosen.minutes, split.agents)
        yield split, made
        offer = next_offer(on, level, tuple(_kept(minutes_of(made), chosen.minutes)), split.agents)


def _kept(hint: Minutes, chosen: Minutes) -> Iterator[float | None]:
    """Minutes of contracts that are on; one that is off stays off."""
    return (None if on is None else minutes or 0.0 for minutes, on in zip(hint, chosen, strict=True))


def _priced(
    on: Instance,
    people: Sequence[Counts],
    level: Sequence[int],
    split: tuple[Assignment, tuple[Bought, ...]],
) -> Candidate:
    headcount = tuple(
        max(headcount_needed(pool, on.calendar, x), pool.rules.minimum_headcount)
        for pool, x in zip(on.pools, people, strict=True)
    )
    desks = tuple(
        desks_needed(pool, x) if pool.desk_cost > 0 else 0 for pool, x in zip(on.pools, people, strict=True)
    )
    seats = platform_seats_needed(on, people) if on.technologies else 0
    chosen = cheapest_platform(on, people, seats)
    unpriced = Candidate(
        tuple(people), tuple(level), split[0], headcount, desks, 0.0, split[1], chosen, seats
    )
    return replace(unpriced, cost=sum(costs(on, unpriced)))


def costs(on: Instance, made: Candidate) -> Iterator[float]:
    """(M0) by parts: investments, people and desks of pools, platform, vendors, AI and losses of queues."""
    yield on.investments
    parts = zip(on.pools, made.people, made.headcount, made.desks, strict=True)
    for pool, people, headcount, desks in parts:
        yield float(pool.shift_cost @ people) + pool.person_cost * headcount + pool.desk_cost * desks
        yield seats_fee(pool, people, headcount)
    if made.platform is not None:
        yield on.technologies[made.platform].cost(made.platform_seats)
    yield from (one.fee for one in made.bought)
    for q, queue in enumerate(on.queues):
        yield float(queue.ai_cost[made.level[q]])
        yield from (
            part.price * part.unit * counted(on, made, q, part) for part in queue.measured if part.price > 0
        )


def counted(on: Instance, made: Candidate, number: int, part: Measured) -> float:
    """Contacts lost, or seconds waited, on a queue over the calendar, from the exact tables."""
    queue, k = on.queues[number], made.level[number]
    every = np.repeat(made.assignment.on_queue(number), queue.levels)
    share = share_at(part.tables, every).reshape(-1, queue.levels)[:, k]
    return float(share @ queue.demand.contacts[:, k])


def repaired(on: Instance, made: Candidate, splits: Splits) -> Candidate:
    """The candidate with a few people added where a promise is narrowly missed.

    Each step adds one person to the pattern that mends most for its money. The result may still miss.
    """
    for _ in range(_MOST_REPAIRS):
        if made.assignment.missing == 0.0:
            break
        step = _best_addition(on, made)
        if step is None:
            break
        pool, pattern = step
        people = [np.array(x) for x in made.people]
        people[pool][pattern] += 1
        made = candidate(on, [frozen_counts(x) for x in people], made.level, splits, made.hint(on))
    return made


def _best_addition(on: Instance, made: Candidate) -> tuple[int, int] | None:
    best, best_ratio = None, 0.0
    for p, pool in enumerate(on.pools):
        mends = pool.effective * (pool.patterns.work.T @ made.assignment.worth[:, p])
        allowed = _may_add(on, pool, made.people[p]) & _may_work(on, made, p)
        if allowed.any():
            ratio = np.where(allowed, mends / (_price(pool) + 1e-9), 0.0)
            j = int(np.argmax(ratio))
            if ratio[j] > best_ratio:
                best, best_ratio = (p, j), float(ratio[j])
    return best


def _price(pool: PoolInstance) -> Floats:
    """(J,) money one more person on each pattern costs, a person on the books and a seat taken by the day."""
    month = pool.person_cost + (0.0 if pool.offer is None else pool.offer.price)
    return pool.shift_cost + month / pool.rules.contract.days_per_week + 1e-6


def _may_add(on: Instance, pool: PoolInstance, people: Counts) -> Flags:
    """(J,) whether one more person on the pattern breaks no rule that counts people or patterns."""
    counted = pool.rules.maximum_patterns is not None or (pool.patterns.minimum_people > 1).any()
    room = room_for_one_more(pool, on.calendar, people)
    return room & (people > 0) if counted else room


def _may_work(on: Instance, made: Candidate, p: int) -> bool:
    return made.platform is None or bool(on.technologies[made.platform].allows[p])


def _limits(on: Instance, pool: PoolInstance, people: Counts) -> Iterator[str]:
    rules = pool.rules
    if rules.maximum_seats is not None:
        seats = desks_needed(pool, people, absence=0.0)
        if seats > rules.maximum_seats:
            yield f"{pool.name}: {seats} people at work at once, {rules.maximum_seats} seats"
    if rules.maximum_headcount is not None:
        headcount = headcount_needed(pool, on.calendar, people)
        if headcount > rules.maximum_headcount:
            yield f"{pool.name}: {headcount} people needed, at most {rules.maximum_headcount} allowed"
    if rules.contract.least_hours_per_week > 0:
        headcount = max(headcount_needed(pool, on.calendar, people), rules.minimum_headcount)
        if headcount > most_with_least_hours(pool, on.calendar, people) + 1e-9:
            yield f"{pool.name}: {headcount} people on the books have too few hours"


def faults(on: Instance, made: Candidate) -> list[str]:
    """Rules of the pools, and promises, that the candidate breaks; each checked by its own arithmetic."""
    found = [] if made.assignment.missing == 0.0 else ["a promise or floor is missed"]
    found += [
        f"{on.queues[q].name}: more contacts come than the volume level has room for"
        for q in on.again
        if not has_room(on, made.working, made.level[q], q)
    ]
    if on.technologies and made.platform is None:
        found.append("no technology lets all these pools work")
    for pool, people in zip(on.pools, made.people, strict=True):
        found += _limits(on, pool, people)
        shapes = np.unique(pool.patterns.shape[people > 0]).size
        if pool.rules.maximum_patterns is not None and shapes > pool.rules.maximum_patterns:
            found.append(f"{pool.name}: {shapes} distinct patterns")
        few = (people > 0) & (people < pool.patterns.minimum_people)
        if few.any():
            found.append(f"{pool.name}: a pattern with too few people")
    return found
