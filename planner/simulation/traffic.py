"""The contacts of one replication: when they come, what they are about, how long they take and wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, require
from planner.simulation.arrivals import arrivals, busy_days, busyness, level, ramp
from planner.simulation.automation import CONTAINED, NO_SESSION, Intents, met
from planner.simulation.centre import Centre
from planner.simulation.conditions import Conditions, Customers
from planner.simulation.draws import generator
from planner.simulation.repeats import CHANCE, DELAY, HANDLE_TIME, PATIENCE
from planner.simulation.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Arrivals:
    """N contacts of one queue in order of arrival, before AI.

    time : (N,) seconds after the calendar's start
    slot : (N,) slot of the timeline in which each arrives
    handle_time : (N,) seconds an agent of productivity 1 takes
    patience : (N,) seconds each would wait; infinite where nobody leaves
    session : (N,) what AI did with each, as automation.py counts it
    further : (N, A, 4) of the attempts after the first: CHANCE that is drawn for whether it comes, DELAY as
        a multiple of its mean, HANDLE_TIME and PATIENCE as above
    """

    time: Floats
    slot: Counts
    handle_time: Floats
    patience: Floats
    session: Counts
    further: Floats

    def __post_init__(self) -> None:
        count = self.time.shape
        require(count == self.slot.shape == self.session.shape, "an entry per contact")
        require(count == self.handle_time.shape == self.patience.shape, "an entry per contact")
        require(count == self.further.shape[:1], "an entry per contact")

    @property
    def left_to_people(self) -> Arrivals:
        """All but those that AI keeps for good."""
        left = self.session != CONTAINED
        if left.all():
            return self
        met = np.flatnonzero(left)
        return Arrivals(
            self.time[met],
            self.slot[met],
            self.handle_time[met],
            self.patience[met],
            self.session[met],
            self.further[met],
        )


@dataclass(frozen=True, slots=True)
class Contacts:
    """N contacts of all queues that reach people, in order of arrival.

    queue : (N,) index
    time, slot, handle_time, patience, further : as of Arrivals
    """

    time: Floats
    slot: Counts
    queue: Counts
    handle_time: Floats
    patience: Floats
    further: Floats

    def __post_init__(self) -> None:
        count = self.time.shape
        require(count == self.slot.shape == self.queue.shape, "an entry per contact")
        require(count == self.handle_time.shape == self.patience.shape, "an entry per contact")
        require(count == self.further.shape[:1], "an entry per contact")


def came(
    centre: Centre, conditions: Conditions, slots: Timeline, seed: int, replication: int
) -> Iterator[Arrivals]:
    """The contacts of every queue in one replication."""
    shared = busy_days(conditions.day_cv, slots, lambda: generator(seed, replication, "shared_volume", 0))
    for queue, name in enumerate(centre.queues):
        yield _of_queue(centre, conditions.of(name), slots, shared, (seed, replication, queue))


def together(came: Sequence[Arrivals]) -> Contacts:
    """All queues' contacts."""
    if len(came) == 1:
        (each,) = came
        only = np.zeros(each.time.size, dtype=np.int64)
        return Contacts(each.time, each.slot, only, each.handle_time, each.patience, each.further)
    order = np.argsort(np.concatenate([each.time for each in came]), kind="stable")
    most = max(each.further.shape[1] for each in came)
    return Contacts(
        np.concatenate([each.time for each in came])[order],
        np.concatenate([each.slot for each in came])[order],
        np.repeat(np.arange(len(came)), [each.time.size for each in came])[order],
        np.concatenate([each.handle_time for each in came])[order],
        np.concatenate([each.patience for each in came])[order],
        np.concatenate([_with_room(each.further, most) for each in came])[order],
    )


def _with_room(further: Floats, attempts: int) -> Floats:
    """(N, attempts, 4) with nothing in what is missing: nobody makes those attempts."""
    return np.pad(further, ((0, 0), (0, attempts - further.shape[1]), (0, 0)))


def _of_queue(
    centre: Centre, customers: Customers, slots: Timeline, shared: Floats, draw: tuple[int, int, int]
) -> Arrivals:
    seed, replication, queue = draw
    busy = shared * busyness(customers, slots, lambda: generator(seed, replication, "volume", queue))
    expected = centre.contacts[slots.interval, queue] * customers.first_attempts * busy
    rates = ramp(expected, slots) if customers.ramped else level(expected, slots)
    since, half = arrivals(rates, slots.length / 2.0, generator(seed, replication, "arrival", queue))
    slot = half >> 1
    taking = customers.handle_time.multiples(since.size, generator(seed, replication, "handle_time", queue))
    staying = customers.patience.multiples(since.size, generator(seed, replication, "patience", queue))
    mean = centre.handle_time[slots.interval, queue][slot]
    mean, session = _met_by_ai(centre.intents[queue], mean, draw)
    return Arrivals(
        time=slots.start + since,
        slot=slot,
        handle_time=mean * taking,
        patience=_waits(centre.patience[queue], staying),
        session=session,
        further=_again(customers, mean, float(centre.patience[queue]), draw),
    )


def _waits(mean: float, multiples: Floats) -> Floats:
    """(N,) seconds that contacts would wait; infinite, whatever the multiples, where the mean is."""
    return np.full(multiples.size, np.inf) if np.isinf(mean) else mean * multiples


def _met_by_ai(intents: Intents | None, mean: Floats, draw: tuple[int, int, int]) -> tuple[Floats, Counts]:
    """Seconds expected of people for each contact of a queue, and what AI did with it."""
    seed, replication, queue = draw
    if intents is None:
        return mean, np.full(mean.size, NO_SESSION)
    about = generator(seed, replication, "intent", queue).random(mean.size)
    ends = generator(seed, replication, "containment", queue).random(mean.size)
    return met(intents, about, ends, mean)


def _again(customers: Customers, mean: Floats, patience: float, draw: tuple[int, int, int]) -> Floats:
    """(N, A, 4) what is drawn for further attempts, whether they will be made or not.

    mean : (N,) seconds expected of people for each contact, and for each attempt of it
    """
    seed, replication, queue = draw
    shape = (mean.size, customers.repeats.further)
    found = np.empty((*shape, 4))
    if found.size:
        times = customers.handle_time.multiples(
            shape[0] * shape[1], generator(seed, replication, "handle_time_again", queue)
        )
        waits = customers.patience.multiples(
            shape[0] * shape[1], generator(seed, replication, "patience_again", queue)
        )
        found[..., CHANCE] = generator(seed, replication, "return", queue).random(shape)
        found[..., DELAY] = generator(seed, replication, "delay", queue).standard_exponential(shape)
        found[..., HANDLE_TIME] = mean[:, None] * times.reshape(shape)
        found[..., PATIENCE] = _waits(patience, waits).reshape(shape)
    return found
