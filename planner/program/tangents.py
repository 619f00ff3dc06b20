"""Compiled: tangents of the loss tables, lifted over AI levels. Used by separate.py alone.

A slope s has the best intercept beta_k(s) = min over m of v_k(m) - s m at every level k at once
(equation (M4)), found by halving since a table's slopes only rise.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from planner.arrays import Counts, Floats

_ACTIVE = 1e-9


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def _argmin(values: Floats, begin: int, end: int, scale: float, slope: float) -> int:
    """Place of the first segment of values[begin:end] x scale that is not steeper than slope."""
    low, high = begin, end - 1
    while low < high:
        middle = (low + high) // 2
        if (values[middle + 1] - values[middle]) * scale < slope:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def intercepts(slopes: Floats, at: Counts, scale: Floats, table: tuple, beta: Floats) -> None:  # type: ignore[type-arg]
    """beta[r, k] of row r, which has slope slopes[r] in interval at[r].

    scale : (T, K) what one contact counts in the program's units x contacts
    table : values, first, offsets, which of the loss tables
    beta : (R, K), written
    """
    values, first, offsets, which = table
    levels = scale.shape[1]
    for row in range(slopes.size):
        for k in range(levels):
            system = which[at[row] * levels + k]
            begin, end = offsets[system], offsets[system + 1]
            best = _argmin(values, begin, end, scale[at[row], k], slopes[row])
            agents = first[system] + best - begin
            beta[row, k] = values[best] * scale[at[row], k] - slopes[row] * agents


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def steepest(agents: Floats, level: Floats, at: Counts, scale: Floats, table: tuple, slopes: Floats) -> None:  # type: ignore[type-arg]
    """The slope of the highest tangent at each point, written to `slopes`.

    The levels in use share the agents: segments of all their tables are taken steepest first, each
    as wide as its level's weight, until the agents are used up; the segment reached is the tangent.

    agents : (R,) agents on the queue in interval at[r]
    level : (K,) weight of each level, summing to 1
    """
    values, first, offsets, which = table
    levels = scale.shape[1]
    place = np.zeros(levels, dtype=np.int64)
    for row in range(slopes.size):
        t = at[row]
        used = 0.0
        for k in range(levels):
            system = which[t * levels + k]
            place[k] = offsets[system]
            if level[k] > _ACTIVE:
                used += level[k] * first[system]
        slope = 0.0
        while True:
            best, best_slope = -1, 0.0
            for k in range(levels):
                if level[k] > _ACTIVE:
                    here = place[k]
                    if here + 1 < offsets[which[t * levels + k] + 1]:
                        rise = (values[here + 1] - values[here]) * scale[t, k]
                        if best < 0 or rise < best_slope:
                            best, best_slope = k, rise
            if best < 0:
                slope = 0.0
                break
            slope = best_slope
            used += level[best]
            if used >= agents[row]:
                break
            place[best] += 1
        slopes[row] = slope


@njit(cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def nearby(agents: Floats, k: int, reach: int, at: Counts, scale: Floats, table: tuple, slopes: Floats) -> None:  # type: ignore[type-arg]
    """Slopes of the segments of level k's tables around a number of agents, NaN where there is none.

    slopes : (R, 2 x reach + 1), written
    """
    values, first, offsets, which = table
    levels = scale.shape[1]
    for row in range(at.size):
        system = which[at[row] * levels + k]
        begin, end = offsets[system], offsets[system + 1]
        middle = begin + int(np.floor(agents[row])) - first[system]
        for step in range(-reach, reach + 1):
            here = middle + step
            inside = begin <= here < end - 1
            rise = (values[here + 1] - values[here]) * scale[at[row], k] if inside else np.nan
            slopes[row, step + reach] = rise
