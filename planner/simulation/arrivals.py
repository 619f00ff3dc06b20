"""When contacts come: how busy days and intervals are, and a Poisson stream that follows the rate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.conditions import Customers
from planner.simulation.timeline import Timeline

Chance: TypeAlias = Callable[[], np.random.Generator]
"""Makes the numbers to draw from; where nothing is drawn none are made, which takes its time."""


def busyness(customers: Customers, slots: Timeline, chance: Chance) -> Floats:
    """(S1)  (K,) a queue's own factor on expected contacts: gamma of the day x of the interval, mean 1."""
    if customers.day_cv == customers.interval_cv == 0.0:
        return np.ones(slots.slots)
    drawn = chance()
    days = _gamma(customers.day_cv, int(slots.day[-1]) + 1, drawn)[slots.day]
    return days * _gamma(customers.interval_cv, slots.slots, drawn)


def busy_days(cv: float, slots: Timeline, chance: Chance) -> Floats:
    """(S1)  (K,) gamma factor of the day, mean 1."""
    return np.ones(slots.slots) if cv == 0.0 else _gamma(cv, int(slots.day[-1]) + 1, chance())[slots.day]


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


def arrivals(rates: Floats, width: float, chance: np.random.Generator) -> tuple[Floats, Counts]:
    """(S3)  When a Poisson stream of these rates arrives.

    The n-th contact comes when the expected contacts so far reach the sum of n exponentials. So it stays
    the n-th, a little sooner or later, if the rates are changed.

    Parameters
    ----------
    rates : (H, 2) contacts per second at the start and the end of a stretch of time, linear in between
    width : seconds of a stretch

    Returns
    -------
    (N,) seconds after the first stretch's start, and (N,) the stretch in which each contact comes
    """
    from planner.simulation.compiled.arriving import moments

    before = np.concatenate(([0.0], np.cumsum(rates.sum(axis=1) / 2.0 * width)))
    return moments(_unit_stream(float(before[-1]), chance), before, rates, width)


def _unit_stream(until: float, chance: np.random.Generator) -> Floats:
    """Sums of 1, 2, ... unit exponentials, as far as they stay below a limit."""
    sums = _further(until, chance)
    while sums[-1] < until:
        sums = np.concatenate((sums, sums[-1] + _further(until - sums[-1], chance)))
    return sums[: np.searchsorted(sums, until)]


def _further(left: float, chance: np.random.Generator) -> Floats:
    """Sums of so many unit exponentials as most likely suffice."""
    return np.cumsum(chance.standard_exponential(int(left + 4.0 * np.sqrt(left)) + 16))
