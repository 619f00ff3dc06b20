"""Idle people, pool by pool, in the order in which they became idle: linked lists."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled

NOBODY = -1


class Idle(NamedTuple):
    """first, last : (P,) person; before, after : (M,) neighbours in the pool's list; since : (M,) seconds."""

    first: Counts
    last: Counts
    before: Counts
    after: Counts
    since: Floats


@compiled
def nobody_idle(pools: int, people: int) -> Idle:
    """Empty lists."""
    nobody = np.full(pools, NOBODY)
    before, after = np.empty(people, dtype=np.int64), np.empty(people, dtype=np.int64)
    return Idle(nobody, nobody.copy(), before, after, np.empty(people))


@compiled
def rest(idle: Idle, pool: int, person: int, now: float) -> None:
    """A person becomes idle."""
    last = idle.last[pool]
    idle.before[person], idle.after[person], idle.since[person] = last, NOBODY, now
    if last == NOBODY:
        idle.first[pool] = person
    else:
        idle.after[last] = person
    idle.last[pool] = person


@compiled
def rouse(idle: Idle, pool: int, person: int) -> None:
    """A person is idle no longer."""
    before, after = idle.before[person], idle.after[person]
    if before == NOBODY:
        idle.first[pool] = after
    else:
        idle.after[before] = after
    if after == NOBODY:
        idle.last[pool] = before
    else:
        idle.before[after] = before
