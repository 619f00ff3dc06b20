"""Whole people cover floors: (M16), which no whole plan breaks and fractions do.

At night a queue needs two and a half agents, and two and a half people cost less than the three who must
come. These rows say three. They follow from (M15) or (M1) with (M2), and (M6), by rounding up (Chvatal 1973).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from planner.arrays import Floats
from planner.program.cover import shares
from planner.program.decisions import Decisions
from planner.program.instance import Instance
from planner.program.pool_sets import PoolSet
from planner.program.rows import Row, total
from planner.program.service import by_level

FEW = 8
"""People; where it takes more, rounding one of them up is worth less than the row costs (solving.md)."""
_SLACK = 1e-6
"""Taken off before rounding up, so that rounding of numbers never makes a row too strong."""


def whole_people(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M16)  sum_{p in P} sum_j ceil(phi_p a[j,t] / d) x[p,j] >= sum_k ceil(need[t,q,k] / d) z[q,k]

    for every interval t, set P of pools that a few people suffice for, queue q that only P may serve, and d
    among the phi of P. need: the floor of q, and the least floors of the other queues that only P may serve.
    A queue that a vendor may help needs nobody for sure.
    """
    v = decide.variables
    for t, sets in enumerate(decide.sets.at):
        for number, each in enumerate(sets):
            alone = [q for q in each.queues if q not in on.overflow]
            for q, unit in product(alone, sorted({on.pools[p].effective for p in each.pools})):
                needed = np.ceil(_floors(on, each, t, q) / unit - _SLACK)
                if 0 < needed.max() <= FEW:
                    people = [
                        (v[place], float(np.ceil(share / unit - _SLACK)))
                        for p in each.pools
                        for place, share in shares(on, decide, p, t)
                    ]
                    levels, constant = by_level(on.queues[q], decide.queues[q], decide, -needed)
                    yield f"whole_{number}_{t}_{q}_{unit:.6g}", total([*people, *levels]) >= -constant


def _floors(on: Instance, each: PoolSet, t: int, q: int) -> Floats:
    """(K,) agents that the set's queues need at least, by level of queue q."""
    alone = [other for other in each.queues if other != q and other not in on.overflow]
    others = sum(float(on.queues[other].floor[t].min()) for other in alone)
    return np.asarray(on.queues[q].floor[t] + others)
