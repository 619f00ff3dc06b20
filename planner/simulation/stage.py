"""A centre under conditions, and the records that the engine replays one replication of it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require
from planner.simulation.attendance import Attendance, one_by_one
from planner.simulation.centre import Centre
from planner.simulation.conditions import USUAL_PRIORITY, Conditions
from planner.simulation.repeats import CHANCE
from planner.simulation.reserves import Reserves, reserves
from planner.simulation.shifts import Shifts
from planner.simulation.timeline import Timeline, laid_out, timeline
from planner.simulation.traffic import Contacts

if TYPE_CHECKING:
    from planner.simulation.compiled.records import Records, Scene


@dataclass(frozen=True, slots=True)
class Stage:
    """What all replications share.

    people : a row for every single person who is planned
    turn : (P,) pools of a lower turn are asked first for an arriving contact
    priority : (Q,) queues of a lower one are served first
    opened : (Q, K + 1) seconds that each queue has been open at every slot's edge
    again : (Q,) each, who comes again, by the names that records.QUEUE has for it
    """

    centre: Centre
    conditions: Conditions
    slots: Timeline
    people: Shifts
    turn: Counts
    priority: Counts
    reserves: Reserves
    opened: Floats
    again: dict[str, Floats]
    seed: int


def stage(centre: Centre, conditions: Conditions, seed: int) -> Stage:
    """A centre under conditions, ready to be replayed.

    Raises
    ------
    ValueError
        If the conditions name a queue or a pool that the centre does not have.
    """
    unknown = {*conditions.queues, *conditions.priority, *conditions.reserve} - {*centre.queues}
    require(not unknown, f"the centre has no queue {', '.join(sorted(unknown))}")
    strangers = {*conditions.pool_order} - {*centre.pools}
    require(not strangers, f"the centre has no pool {', '.join(sorted(strangers))}")
    slots = timeline(centre.calendar)
    priority = frozen_counts([conditions.priority.get(name, USUAL_PRIORITY) for name in centre.queues])
    kept = frozen_counts([conditions.reserve.get(name, 0) for name in centre.queues])
    return Stage(
        centre=centre,
        conditions=conditions,
        slots=slots,
        people=one_by_one(laid_out(centre.shifts, centre.calendar)),
        turn=_turns(centre, conditions.pool_order),
        priority=priority,
        reserves=reserves(centre, slots, priority, kept),
        opened=_opened(centre, slots),
        again=_again(centre, conditions),
        seed=seed,
    )


def _turns(centre: Centre, order: tuple[str, ...]) -> Counts:
    """As ordered, those not named after all others; without an order, pools with fewer queues first.

    Vendors come after everybody, in the order of their groups.
    """
    own, places = centre.own_pools, {name: place for place, name in enumerate(order)}
    turns = [
        places.get(name, len(order)) if order else int(centre.crew.serves[pool].sum())
        for pool, name in enumerate(centre.pools[:own])
    ]
    last = max(turns, default=0)
    return frozen_counts([*turns, *(last + 1 + group for group in range(len(centre.pools) - own))])


def _opened(centre: Centre, slots: Timeline) -> Floats:
    seconds = slots.length * centre.accepts[slots.interval].T
    return frozen(np.column_stack((np.zeros(len(centre.queues)), np.cumsum(seconds, axis=1))))


def _again(centre: Centre, conditions: Conditions) -> dict[str, Floats]:
    repeats = [conditions.of(name).repeats for name in centre.queues]
    names = ("further", "after_abandonment", "after_answer", "abandonment_delay", "unresolved_delay")
    return {name: frozen([getattr(each, name) for each in repeats]) for name in names}


def scene(on: Stage, contacts: Contacts, people: Attendance) -> Scene:
    """Everything in place before the first event: nobody there, nobody waiting."""
    from planner.simulation.compiled import records

    crew, count = on.centre.crew, people.pool.size
    nobody = {"first": records.NONE, "last": records.NONE}
    room = _room(on, contacts)
    plans = {name: getattr(people, name) for name in ("time", "person", "kind", "length")}
    return records.Scene(
        contacts=_contacts(contacts, room),
        firsts=contacts.time.size,
        attempts=_filled(records.ATTEMPT, room),
        further=contacts.further,
        returns=_filled(records.DUE, 2 * room + 3, time=np.inf),
        opened=on.opened.copy(),
        start=on.slots.start,
        length=on.slots.length,
        plans=_filled(records.PLAN, people.time.size, **plans),
        people=_filled(records.PERSON, count, pool=people.pool, productivity=crew.productivity[people.pool]),
        pools=_filled(records.POOL, on.turn.size, turn=on.turn, **nobody),
        queues=_filled(records.QUEUE, on.priority.size, priority=on.priority, **on.again, **nobody),
        until=on.reserves.until.copy(),
        reserve=on.reserves.people.copy(),
        due=_filled(records.DUE, count + 2, time=np.inf),
        stretches=_filled(records.STRETCH, people.time.size + 1),
    )


def _contacts(contacts: Contacts, room: int) -> Records:
    """The first attempts, and room for so many after them."""
    from planner.simulation.compiled.arriving import write_first_attempts
    from planner.simulation.compiled.records import CONTACT

    made = np.empty(contacts.time.size + room, dtype=CONTACT)
    write_first_attempts(made, contacts.time, contacts.queue, contacts.handle_time, contacts.patience)
    return made


def _room(on: Stage, contacts: Contacts) -> int:
    """At most so many attempts will follow the first ones, by what was drawn for them."""
    if contacts.further.size == 0:
        return 0
    likely = np.maximum(on.again["after_abandonment"], on.again["after_answer"])[contacts.queue, None]
    allowed = np.arange(contacts.further.shape[1]) < on.again["further"][contacts.queue, None]
    comes = allowed & (contacts.further[:, :, CHANCE] < likely)
    return int(np.logical_and.accumulate(comes, axis=1).sum())


def _filled(layout: np.dtype[np.void], count: int, **fields: object) -> Records:
    """So many records with these fields, and 0 in the others."""
    made = np.zeros(count, dtype=layout)
    for name, values in fields.items():
        made[name] = values
    return made
