"""Random numbers: one generator per seed, replication, and who draws for what."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np

Purpose: TypeAlias = Literal[
    "volume",
    "arrival",
    "handle_time",
    "patience",
    "attendance",
    "shared_volume",
    "intent",
    "containment",
    "return",
    "delay",
    "handle_time_again",
    "patience_again",
    "on_demand",
]

_NUMBER: dict[Purpose, int] = {
    "volume": 0,
    "arrival": 1,
    "handle_time": 2,
    "patience": 3,
    "attendance": 4,
    "shared_volume": 5,
    "intent": 6,
    "containment": 7,
    "return": 8,
    "delay": 9,
    "handle_time_again": 10,
    "patience_again": 11,
    "on_demand": 12,
}


def generator(seed: int, replication: int, purpose: Purpose, who: int) -> np.random.Generator:
    """The numbers of one queue in one replication, for one purpose; number 0 where it is for all queues.

    Separate generators keep the n-th contact of a queue the same person whatever else is drawn:
    a plan with other people, or another law of patience, meets the same arrivals and handle times.
    """
    key = (replication, _NUMBER[purpose], who)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
