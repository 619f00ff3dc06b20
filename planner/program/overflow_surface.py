"""Compiled: planes below what a vendor's agents carry, lifted over AI levels. Used by overflow.py alone.

What the vendor carries depends on own agents m and all agents n, and so does what is counted of the queue. A
plane with slopes r (own agents), s (agents) and d (what is counted) has the best intercept

    gamma_k(r, s, d) = min over m <= n of busy_k(m, n) - r m - s n - d v_k(n)

at every level k at once. All is linear between whole agents (Q20), so whole ones are enough, with the floor.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Floats
from planner.queueing.compiled import compiled


class Surface(NamedTuple):
    """What own agents and all agents carry on one queue; a plain tuple to the compiler.

    carried, alone, waiting, which : of `OverflowTables`
    floor : (T, K) least agents in all
    most : (T,) most agents in all
    values, first, offsets, counted_of, scale : what is counted, as in tangents.py
    """

    carried: Floats
    alone: Floats
    waiting: Floats
    which: Counts
    floor: Floats
    most: Counts
    values: Floats
    first: Counts
    offsets: Counts
    counted_of: Counts
    scale: Floats


@compiled
def intercepts(on: Surface, at: Counts, slopes: Floats) -> Floats:
    """(R, K) gamma of row r at every level, for slopes[r] = (r, s, d) in interval at[r]."""
    levels = on.floor.shape[1]
    gamma = np.empty((at.size, levels))
    for row in range(at.size):
        for k in range(levels):
            gamma[row, k] = _least(on, at[row], k, slopes[row])
    return gamma


@compiled
def _least(on: Surface, t: int, k: int, slopes: Floats) -> float:
    """The least of busy - r m - s n - d v over the grid above the floor, and along the floor."""
    floor, r = on.floor[t, k], slopes[0]
    begin = int(np.ceil(floor - 1e-9))
    least = np.inf
    for n in range(begin, max(begin, on.most[t]) + 1):
        m = _best_own(on, t, k, min(n, on.carried.shape[1] - 1), r)
        other = busy(on, t, k, m, n) - r * m - slopes[1] * n - slopes[2] * counted(on, t, k, n)
        least = min(least, other)
    part = floor - (begin - 1)
    if part < 1.0 - 1e-9 and begin > 0:
        along = slopes[1] * floor + slopes[2] * (
            (1 - part) * counted(on, t, k, begin - 1) + part * counted(on, t, k, begin)
        )
        for m in range(begin):
            above, below = busy(on, t, k, m, begin), busy(on, t, k, m, begin - 1)
            least = min(least, part * above + (1 - part) * below - r * m - along)
            further = busy(on, t, k, m + 1, begin)
            least = min(least, part * further + (1 - part) * below - r * (m + part) - along)
    return least


@compiled
def _best_own(on: Surface, t: int, k: int, n: int, r: float) -> int:
    """Own agents, at most n, at which busy - r m is least: it is convex in them."""
    s = on.which[t * on.floor.shape[1] + k]
    waiting, low, high = on.waiting[s, n], 0, n
    while low < high:
        middle = (low + high) // 2
        step = -(1.0 - waiting) * (on.alone[s, middle + 1] - on.alone[s, middle]) - waiting - r
        if step < 0.0:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def busy(on: Surface, t: int, k: int, own: int, agents: int) -> float:
    """(Q19)  Busy agents of the vendor with whole numbers of own and of all agents."""
    s = on.which[t * on.floor.shape[1] + k]
    n = min(agents, on.carried.shape[1] - 1)
    m = min(own, n)
    waiting = on.waiting[s, n]
    return float(max(on.carried[s, n] - (1.0 - waiting) * on.alone[s, m] - waiting * m, 0.0))


@compiled
def counted(on: Surface, t: int, k: int, agents: int) -> float:
    """What is counted with so many whole agents; 0 where nothing is."""
    if on.counted_of.size == 0:
        return 0.0
    table = on.counted_of[t * on.floor.shape[1] + k]
    place = on.offsets[table] + max(agents - on.first[table], 0)
    return float(on.values[min(place, on.offsets[table + 1] - 1)] * on.scale[t, k])


@compiled
def steepest(on: Surface, at: Counts, where: Floats, k: int) -> Floats:
    """(R, 5, 3) slopes to try at points (own agents, agents, what is counted), by level k's surface.

    At the point: agents cost nothing but what they let be counted less (d); the same where so much is
    counted; agents at the floor, where nothing is counted (r alone), below it and above; and every own
    agent busy all the time, which is true where there are none.
    """
    slopes = np.zeros((at.size, 5, 3))
    for row in range(at.size):
        t = at[row]
        most = max(on.most[t], 1)
        m = min(max(int(np.floor(where[row, 0])), 0), most - 1)
        floor = int(np.ceil(on.floor[t, k] - 1e-9))
        n = min(max(int(np.floor(where[row, 1] + 1e-9)), m + 1, floor), most - 1)
        few = max(floor, m + 1)
        while few < n and counted(on, t, k, few + 1) >= where[row, 2] > 0.0:
            few += 1
        for number, agents in ((0, n), (1, few)):
            fall = counted(on, t, k, agents + 1) - counted(on, t, k, agents)
            rise = busy(on, t, k, m, agents + 1) - busy(on, t, k, m, agents)
            slopes[row, number, 0] = busy(on, t, k, m + 1, agents) - busy(on, t, k, m, agents)
            if fall < -1e-12:
                slopes[row, number, 2] = rise / fall
        slopes[row, 4, 0] = -1.0
        fall = counted(on, t, k, few + 1) - counted(on, t, k, few)
        if fall < -1e-12:
            slopes[row, 4, 2] = (busy(on, t, k, 0, few + 1) - busy(on, t, k, 0, few)) / fall
        for number, agents in ((2, max(floor, m + 1)), (3, max(floor - 1, m + 1))):
            slopes[row, number, 0] = busy(on, t, k, m + 1, agents) - busy(on, t, k, m, agents)
    return slopes
