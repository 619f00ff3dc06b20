"""The contacts of one replication: when they come, what they are about, how long they take and wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Flags, Floats, require
from planner.simulation.automation import CONTAINED, mean_handle_time, sort
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

    def of(self, chosen: Counts | Flags) -> Contacts:
        """Some of them, in this order."""
        return Contacts(
            self.time[chosen],
            self.slot[chosen],
            self.queue[chosen],
            self.handle_time[chosen],
            self.patience[chosen],
            self.session[chosen],
        )

    @property
    def for_people(self) -> Contacts:
        """All but those that AI keeps for good."""
        return self.of(self.session != CONTAINED)


def contacts(
    centre: Centre, conditions: Conditions, slots: Timeline, seed: int, replication: int
) -> Contacts:
    """All queues' contacts of one replication, before AI, in order of arrival."""
    shared = busy_days(conditions.day_cv, slots, generator(seed, replication, "shared_volume", 0))
    parts = [
        _of_queue(centre, conditions.of(name), slots, shared, (seed, replication, queue))
        for queue, name in enumerate(centre.queues)
    ]
    together = Contacts(
        np.concatenate([part.time for part in parts]),
        np.concatenate([part.slot for part in parts]),
        np.concatenate([part.queue for part in parts]),
        np.concatenate([part.handle_time for part in parts]),
        np.concatenate([part.patience for part in parts]),
        np.concatenate([part.session for part in parts]),
    )
    return together.of(np.argsort(together.time, kind="stable"))


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
        return mean, np.zeros(interval.size, dtype=np.int64)
    about = generator(seed, replication, "intent", queue).random(interval.size)
    ends = generator(seed, replication, "containment", queue).random(interval.size)
    found = sort(intents, about, ends)
    return mean_handle_time(intents, found, mean), found.session


def busyness(customers: Customers, slots: Timeline, chance: np.random.Generator) -> Floats:
    """(S1)  (K,) a queue's own factor on expected contacts: gamma of the day x of the interval, mean 1."""
    days = busy_days(customers.day_cv, slots, chance)
    return days * _gamma(customers.interval_cv, slots.slots, chance)


def busy_days(cv: float, slots: Timeline, chance: np.random.Generator) -> Floats:
    """(S1)  (K,) gamma factor of the day, mean 1."""
    return _gamma(cv, int(slots.day[-1]) + 1, chance)[slots.day]


def _gamma(cv: float, count: int, chance: np.random.Generator) -> Floats:
    if cv == 0.0:
        return np.ones(count)
    return chance.standard_gamma(cv**-2, count) * cv**2


def level(expected: Floats, slots: Timeline) -> Floats:
    """(2K, 2) contacts per second at the start and the end of every half slot: constant in a slot."""
    return np.repeat(expected / slots.length, 4).reshape(-1, 2)


def ramp(expected: Floats, slots: Timeline) -> Floats:
    """(S2)  (2K, 2) contacts per second at the start and the end of every half slot, in straight lines.

    At the edge of two slots with rates r and s: min((r + s) / 2, 2 r, 2 s). In the middle of a slot what
    keeps its expected contacts: 2 r - (left edge + right edge) / 2, which is never negative. Beside a slot
    without contacts, where a queue opens or closes, a slot keeps its own rate up to the edge.
    """
    rate = expected / slots.length
    joined = np.minimum((rate[:-1] + rate[1:]) / 2.0, 2.0 * np.minimum(rate[:-1], rate[1:]))
    left, right = rate.copy(), rate.copy()
    left[1:] = np.where(rate[:-1] > 0, joined, rate[1:])
    right[:-1] = np.where(rate[1:] > 0, joined, rate[:-1])
    middle = 2.0 * rate - (left + right) / 2.0
    return np.column_stack((left, middle, middle, right)).reshape(-1, 2)


def arrivals(rates: Floats, width: float, chance: np.random.Generator) -> Floats:
    """(S3)  (N,) seconds after the first slot's start at which a Poisson stream of these rates arrives.

    The n-th contact comes when the expected contacts so far reach the sum of n exponentials. So it stays
    the n-th, a little sooner or later, if the rates are changed.

    Parameters
    ----------
    rates : (H, 2) contacts per second at the start and the end of a stretch of time, linear in between
    width : seconds of a stretch
    """
    start, end = rates[:, 0], rates[:, 1]
    before = np.concatenate(([0.0], np.cumsum((start + end) / 2.0 * width)))
    reached = _unit_stream(float(before[-1]), chance)
    stretch = np.minimum(np.searchsorted(before[1:], reached, side="right"), start.size - 1)
    ahead = reached - before[stretch]
    first, slope = start[stretch], (end - start)[stretch] / width
    root = np.sqrt(np.maximum(first**2 + 2.0 * slope * ahead, 0.0))
    return stretch * width + np.clip(2.0 * ahead / (first + root), 0.0, width)


def _unit_stream(until: float, chance: np.random.Generator) -> Floats:
    """Sums of 1, 2, ... unit exponentials, as far as they stay below a limit."""
    sums = np.zeros(1)
    while sums[-1] < until:
        left = until - sums[-1]
        steps = chance.standard_exponential(int(left + 4.0 * np.sqrt(left)) + 16)
        sums = np.concatenate((sums, sums[-1] + np.cumsum(steps)))
    return sums[1 : np.searchsorted(sums, until)]
