"""The contacts of one replication: when they come, what they are about, how long they take and wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, require
from planner.simulation.arrivals import arrivals, busy_days, busyness, level, ramp
from planner.simulation.automation import CONTAINED, NO_SESSION, mean_handle_time, sort
from planner.simulation.centre import Centre
from planner.simulation.conditions import Conditions, Customers
from planner.simulation.draws import generator
from planner.simulation.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Contacts:
    """N contacts in order of arrival.

    time : (N,) seconds after the calendar's start
    slot : (N,) slot of the timeline in which each arrives
    queue : (N,) index
    handle_time : (N,) seconds an agent of productivity 1 takes
    patience : (N,) seconds each would wait; infinite where nobody leaves
    session : (N,) what AI did with each, as automation.py counts it
    """

    time: Floats
    slot: Counts
    queue: Counts
    handle_time: Floats
    patience: Floats
    session: Counts

    def __post_init__(self) -> None:
        count = self.time.shape
        require(count == self.slot.shape == self.queue.shape, "an entry per contact")
        require(count == self.handle_time.shape == self.patience.shape, "an entry per contact")
        require(count == self.session.shape, "an entry per contact")

    def of(self, chosen: Counts) -> Contacts:
        """Some of them, in this order."""
        return Contacts(
            self.time[chosen],
            self.slot[chosen],
            self.queue[chosen],
            self.handle_time[chosen],
            self.patience[chosen],
            self.session[chosen],
        )


def came(
    centre: Centre, conditions: Conditions, slots: Timeline, seed: int, replication: int
) -> tuple[Contacts, ...]:
    """(Q,) the contacts of every queue in one replication, before AI."""
    shared = busy_days(conditions.day_cv, slots, generator(seed, replication, "shared_volume", 0))
    return tuple(
        _of_queue(centre, conditions.of(name), slots, shared, (seed, replication, queue))
        for queue, name in enumerate(centre.queues)
    )


def for_people(came: Sequence[Contacts]) -> Contacts:
    """All queues' contacts together but those that AI keeps for good."""
    together = Contacts(
        np.concatenate([each.time for each in came]),
        np.concatenate([each.slot for each in came]),
        np.concatenate([each.queue for each in came]),
        np.concatenate([each.handle_time for each in came]),
        np.concatenate([each.patience for each in came]),
        np.concatenate([each.session for each in came]),
    )
    met = np.flatnonzero(together.session != CONTAINED)
    return together.of(met[np.argsort(together.time[met], kind="stable")])


def _of_queue(
    centre: Centre, customers: Customers, slots: Timeline, shared: Floats, draw: tuple[int, int, int]
) -> Contacts:
    seed, replication, queue = draw
    volume = generator(seed, replication, "volume", queue)
    expected = centre.contacts[slots.interval, queue] * shared * busyness(customers, slots, volume)
    rates = ramp(expected, slots) if customers.ramped else level(expected, slots)
    since = arrivals(rates, slots.length / 2.0, generator(seed, replication, "arrival", queue))
    slot = np.minimum((since / slots.length).astype(np.int64), slots.slots - 1)
    taking = customers.handle_time.multiples(since.size, generator(seed, replication, "handle_time", queue))
    staying = customers.patience.multiples(since.size, generator(seed, replication, "patience", queue))
    patient = np.isinf(centre.patience[queue])
    mean, session = _met_by_ai(centre, slots.interval[slot], draw)
    return Contacts(
        time=slots.start + since,
        slot=slot,
        queue=np.full(since.size, queue, dtype=np.int64),
        handle_time=mean * taking,
        patience=np.full(since.size, np.inf) if patient else centre.patience[queue] * staying,
        session=session,
    )


def _met_by_ai(centre: Centre, interval: Counts, draw: tuple[int, int, int]) -> tuple[Floats, Counts]:
    """Seconds expected of people for each contact of a queue, and what AI did with it."""
    seed, replication, queue = draw
    mean, intents = centre.handle_time[interval, queue], centre.intents[queue]
    if intents is None:
        return mean, np.full(interval.size, NO_SESSION)
    about = generator(seed, replication, "intent", queue).random(interval.size)
    ends = generator(seed, replication, "containment", queue).random(interval.size)
    found = sort(intents, about, ends)
    return mean_handle_time(intents, found, mean), found.session
