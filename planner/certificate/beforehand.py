"""What is known of a replay before it begins, from what the plan puts to work alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Flags, Floats, frozen, frozen_flags, require
from planner.simulation import Centre, Conditions, Customers
from planner.simulation.repeats import NEVER


@dataclass(frozen=True, slots=True)
class Beforehand:
    """Means that the replay scatters around, in a calendar of T intervals, with Q queues and P pools.

    contacts : (T, Q) contacts expected to be offered; the factors of (S1) have mean 1
    handle_time : (T, Q) seconds, mean
    longest_wait : (Q,) seconds of a mean wait that nothing can exceed, see (V7)
    serves : (P, Q) whether a pool serves a queue
    all_come_once : whether nobody calls again, so that as many contacts are offered on average as expected
    """

    contacts: Floats
    handle_time: Floats
    longest_wait: Floats
    serves: Flags
    all_come_once: bool

    def __post_init__(self) -> None:
        require(self.contacts.shape == self.handle_time.shape, "a handle time per expected contacts")
        require(self.contacts.shape[1:] == self.longest_wait.shape, "a longest wait per queue")
        require(self.serves.shape[1:] == self.longest_wait.shape, "skills in every queue")

    def only_for(self, queue: int) -> Flags | None:
        """(P,) the pools that serve a queue, if none of them serves another; else None."""
        mine = self.serves[:, queue]
        return mine if mine.any() and bool((self.serves[mine].sum(axis=1) == 1).all()) else None

    def helped_by(self, queue: int) -> Flags:
        """(Q,) the other queues that share a pool with this one."""
        shared = self.serves[self.serves[:, queue]].any(axis=0)
        return frozen_flags(shared & (np.arange(shared.size) != queue))


def beforehand(centre: Centre, world: Conditions) -> Beforehand:
    """What is known of the replays of a centre in a world.

    Nobody waits longer than his patience, and patience does not depend on the queue. Where it is endless
    nothing bounds a wait, and the longest mean handle time stands in its place: by Erlang C whoever waits
    does so for less, on average, wherever there is one agent more than the load.
    """
    talk = np.max(centre.handle_time, axis=0, initial=0.0, where=centre.contacts > 0)
    return Beforehand(
        contacts=centre.contacts,
        handle_time=frozen(np.where(centre.contacts > 0, centre.handle_time, 0.0)),
        longest_wait=frozen(np.where(np.isinf(centre.patience), talk, centre.patience)),
        serves=centre.crew.serves,
        all_come_once=all(_comes_once(world.of(name)) for name in centre.queues),
    )


def _comes_once(customers: Customers) -> bool:
    return customers.repeats == NEVER and customers.first_attempts == 1.0
