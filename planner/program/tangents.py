"""Compiled: tangents of the loss tables, lifted over AI levels. Used by separate.py alone.

A slope s has the best intercept beta_k(s) = min over m of v_k(m) - s m at every level k at once
(equation (M4)), found by halving since a table's slopes only rise.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Floats
from planner.queueing.compiled import compiled

_ACTIVE = 1e-9


class Curves(NamedTuple):
    """What is counted on one queue, by interval, level and agents; a plain tuple to the compiler.

    values, first, offsets, which : of the loss tables, per contact
    scale : (T, K) contacts x what one counts in the program's units
    """

    values: Floats
    first: Counts
    offsets: Counts
    which: Counts
    scale: Floats


class Points(NamedTuple):
    """R points at which tangents are wanted.

    at : (R,) interval
    agents : (R,) agents on the queue there
    """

    at: Counts
    agents: Floats


@compiled
def intercepts(curves: Curves, at: Counts, slopes: Floats) -> Floats:
    """(R, K) beta of row r at every level, for slope slopes[r] in interval at[r]."""
    levels = curves.scale.shape[1]
    beta = np.empty((slopes.size, levels))
    for row in range(slopes.size):
        for k in range(levels):
            system = curves.which[at[row] * levels + k]
            scale = curves.scale[at[row], k]
            low, high = curves.offsets[system], curves.offsets[system + 1] - 1
            while low < high:
                middle = (low + high) // 2
                if (curves.values[middle + 1] - curves.values[middle]) * scale < slopes[row]:
                    low = middle + 1
                else:
                    high = middle
            agents = curves.first[system] + low - curves.offsets[system]
            beta[row, k] = curves.values[low] * scale - slopes[row] * agents
    return beta


@compiled
def steepest(curves: Curves, points: Points, level: Floats) -> Floats:
    """(R,) slope of the highest tangent at each point.

    The levels in use share the agents: segments of all their tables are taken steepest first, each
    as wide as its level's weight, until the agents are used up; the segment reached is the tangent.

    level : (K,) weight of each level, summing to 1
    """
    levels = level.size
    slopes = np.zeros(points.at.size)
    place = np.zeros(levels, dtype=np.int64)
    for row in range(slopes.size):
        used = 0.0
        for k in range(levels):
            system = curves.which[points.at[row] * levels + k]
            place[k] = curves.offsets[system]
            used += level[k] * curves.first[system]
        while True:
            best = _steepest_next(curves, points.at[row], level, place)
            if best < 0:
                slopes[row] = 0.0
                break
            slopes[row] = _rise(curves, points.at[row], best, place[best])
            used += level[best]
            if used >= points.agents[row]:
                break
            place[best] += 1
    return slopes


@compiled
def _steepest_next(curves: Curves, t: int, level: Floats, place: Counts) -> int:
    """The level in use whose next segment is steepest; -1 where every table has ended."""
    best, best_rise = -1, 0.0
    for k in range(level.size):
        end = curves.offsets[curves.which[t * level.size + k] + 1]
        if level[k] > _ACTIVE and place[k] + 1 < end:
            rise = _rise(curves, t, k, place[k])
            if best < 0 or rise < best_rise:
                best, best_rise = k, rise
    return best


@compiled
def _rise(curves: Curves, t: int, k: int, place: int) -> float:
    """Slope of the segment that begins at a place of the tables."""
    return float((curves.values[place + 1] - curves.values[place]) * curves.scale[t, k])


@compiled
def nearby(curves: Curves, points: Points, k: int, reach: int) -> Floats:
    """(R, 2 reach + 1) slopes of segments of level k's tables around the points; nan where there is none."""
    levels = curves.scale.shape[1]
    slopes = np.full((points.at.size, 2 * reach + 1), np.nan)
    for row in range(points.at.size):
        system = curves.which[points.at[row] * levels + k]
        begin, end = curves.offsets[system], curves.offsets[system + 1]
        middle = begin + int(np.floor(points.agents[row])) - curves.first[system]
        for step in range(-reach, reach + 1):
            if begin <= middle + step < end - 1:
                slopes[row, step + reach] = _rise(curves, points.at[row], k, middle + step)
    return slopes
