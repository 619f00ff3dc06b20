"""One replication: contacts and people drawn, brought together, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planner.arrays import Counts, Floats, frozen_counts
from planner.simulation.attendance import Attendance, attendance
from planner.simulation.centre import Centre, Shifts
from planner.simulation.conditions import Conditions
from planner.simulation.facts import Counted
from planner.simulation.timeline import Timeline, laid_out, timeline
from planner.simulation.traffic import Contacts, contacts

if TYPE_CHECKING:
    from planner.simulation.compiled.scene import Calls, Rules, Trace


@dataclass(frozen=True, slots=True)
class Stage:
    """What all replications share.

    turn : (P,) pools of a lower turn are asked first for an arriving contact
    priority : (Q,) queues of a lower one are served first
    """

    centre: Centre
    conditions: Conditions
    slots: Timeline
    shifts: Shifts
    turn: Counts
    priority: Counts
    seed: int


def stage(centre: Centre, conditions: Conditions, seed: int) -> Stage:
    """A centre under conditions, ready to be replayed."""
    return Stage(
        centre=centre,
        conditions=conditions,
        slots=timeline(centre.calendar),
        shifts=laid_out(centre.shifts, centre.calendar),
        turn=_turns(centre, conditions.pool_order),
        priority=frozen_counts([conditions.priority.get(name, 0) for name in centre.queues]),
        seed=seed,
    )


def _turns(centre: Centre, order: tuple[str, ...]) -> Counts:
    """As ordered, those not named after all others; without an order, pools with fewer queues first."""
    if not order:
        return frozen_counts(centre.crew.serves.sum(axis=1))
    places = {name: place for place, name in enumerate(order)}
    return frozen_counts([places.get(name, len(order)) for name in centre.pools])


@dataclass(frozen=True, slots=True)
class Played:
    """One replication as it went: who came when, and what became of everybody."""

    contacts: Contacts
    people: Attendance
    calls: Calls
    rules: Rules
    trace: Trace


def play(on: Stage, replication: int) -> Played:
    """Replay one replication."""
    from planner.simulation.compiled.engine import run
    from planner.simulation.compiled.scene import Calls, Plans, Rules

    arriving = contacts(on.centre, on.conditions, on.slots, on.seed, replication)
    people = attendance(on.centre, on.shifts, on.conditions, on.slots, (on.seed, replication))
    crew = on.centre.crew
    calls = Calls(arriving.time, arriving.queue, arriving.handle_time, arriving.patience)
    plans = Plans(people.time, people.person, people.kind, people.length)
    rules = Rules(people.pool, crew.productivity, crew.serves, on.turn, on.priority)
    return Played(arriving, people, calls, rules, run(calls, plans, rules))


def counted(on: Stage, replication: int) -> Counted:
    """The counts of one replication."""
    from planner.simulation.compiled.count import (
        contacts_by_interval,
        in_time_by_interval,
        seconds_by_interval,
    )

    played = play(on, replication)
    interval = played.contacts.slot - on.slots.warm_up
    shape = on.centre.contacts.shape
    length, within = on.slots.length, np.array(on.conditions.within_seconds)
    closing = _closing(on, played.people.time)
    return Counted(
        contacts_by_interval(played.calls, interval, played.trace, shape, closing),
        in_time_by_interval(played.calls, interval, played.trace, shape, within),
        seconds_by_interval(played.rules, played.trace, shape[0], length),
    )


def _closing(on: Stage, planned: Floats) -> float:
    """Seconds at which the calendar has ended and the last person's shift too."""
    end = on.slots.length * on.centre.calendar.intervals
    return max(end, float(planned[-1])) if planned.size else end
