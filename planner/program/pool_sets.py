"""Which sets of pools say all there is to say about sharing their people out.

Somebody who can serve two queues is on one of them at a time. Whether the agents asked for on all queues can
be given is a question of flows: it can be done if and only if no set of queues asks for more than all pools
that serve any of them have (Gale 1957; Hall's theorem for quantities). Of those conditions only few are
needed: one for every set of pools that hangs together, taken with all queues that nobody else serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.program.instance import Instance

MOST_SETS = 32
"""In an interval; where it takes more, who works which queue is a column of its own (y)."""


DENSE = 2.0
"""Sets that a pool stands in, on average, from which on it gets a column g for its agents present."""


@dataclass(frozen=True, slots=True)
class PoolSet:
    """Pools, and the queues that they alone may serve; indices in rising order."""

    pools: tuple[int, ...]
    queues: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PoolSets:
    """The sets needed in every interval.

    at : (T,) sets, in order of size; empty where no queue asks for agents
    complete : whether they are all that are needed; otherwise those of single queues alone are listed
    """

    at: tuple[tuple[PoolSet, ...], ...]
    complete: bool

    @property
    def dense(self) -> bool:
        """Whether a pool stands in so many sets that a column for its agents present saves entries."""
        pools = sum(len({p for each in sets for p in each.pools}) for sets in self.at)
        return self.complete and sum(len(each.pools) for sets in self.at for each in sets) > DENSE * pools


def pool_sets(on: Instance, most: int = MOST_SETS) -> PoolSets:
    """The sets of pools of every interval, at most so many in each."""
    pools, queues = list(enumerate(on.pools)), range(len(on.queues))
    serving = [frozenset(p for p, pool in pools if q in pool.serves) for q in queues]
    asked = np.column_stack([queue.active for queue in on.queues])
    patterns, which = np.unique(asked, axis=0, return_inverse=True)
    found = [_needed(serving, np.flatnonzero(active).tolist(), most) for active in patterns]
    complete = all(each is not None for each in found)
    if not complete:
        found = [_single(serving, np.flatnonzero(active).tolist()) for active in patterns]
    return PoolSets(tuple(found[number] or () for number in which.reshape(-1)), complete)


def _needed(
    serving: Sequence[frozenset[int]], queues: Sequence[int], most: int
) -> tuple[PoolSet, ...] | None:
    """Every union of the queues' pools that hangs together; None where there are too many."""
    single = {serving[q] for q in queues}
    every, latest = set(single), set(single)
    if len(every) > most:
        return None
    while latest:
        latest = {one | other for one in latest for other in single if one & other} - every
        every |= latest
        if len(every) > most:
            return None
    return _listed(every, serving, queues)


def _single(serving: Sequence[frozenset[int]], queues: Sequence[int]) -> tuple[PoolSet, ...]:
    return _listed({serving[q] for q in queues}, serving, queues)


def _listed(
    sets: set[frozenset[int]], serving: Sequence[frozenset[int]], queues: Sequence[int]
) -> tuple[PoolSet, ...]:
    found = [PoolSet(tuple(sorted(pools)), tuple(q for q in queues if serving[q] <= pools)) for pools in sets]
    return tuple(sorted(found, key=lambda each: (len(each.pools), each.pools)))
