"""Rates and means with their confidence, estimated from the facts of replications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats, frozen, require
from planner.scenario.service import Period
from planner.simulation.facts import Facts

Over: TypeAlias = Literal["offered", "answered", "virtual"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Ratios with a two-sided interval of confidence, an entry per group of intervals and queue or pool.

    mean : nan where there was nothing to divide by
    half_width : of the interval; nan where mean is, infinite with a single replication
    """

    mean: Floats
    half_width: Floats

    def __post_init__(self) -> None:
        require(self.mean.shape == self.half_width.shape, "a half width per mean")

    @property
    def low(self) -> Floats:
        """The interval's lower end."""
        return frozen(self.mean - self.half_width)

    @property
    def high(self) -> Floats:
        """The interval's upper end."""
        return frozen(self.mean + self.half_width)


def ratio(above: Floats, below: Floats, confidence: float = 0.95) -> Estimate:
    """(S12)  Sum of what is above / sum of what is below, over replications.

    Replications are independent, so the ratio's standard error is that of the mean of
    above - ratio x below, divided by the mean of below; Student's t with R - 1 degrees of freedom.

    Parameters
    ----------
    above, below : (R, ...) counts of R replications
    """
    from scipy.special import stdtrit

    runs = above.shape[0]
    total = below.sum(axis=0)
    mean = np.divide(above.sum(axis=0), total, out=np.full(total.shape, np.nan), where=total > 0)
    if runs == 1:
        return Estimate(frozen(mean), frozen(np.where(total > 0, np.inf, np.nan)))
    spread = np.sqrt(((above - mean * below) ** 2).sum(axis=0) / (runs - 1) / runs)
    quantile = float(stdtrit(runs - 1, 0.5 + confidence / 2.0))
    error = np.divide(spread, total / runs, out=np.full(total.shape, np.nan), where=total > 0)
    return Estimate(frozen(mean), frozen(quantile * error))


def answer_rate(facts: Facts, period: Period, confidence: float = 0.95) -> Estimate:
    """(G, Q) answered / offered, by interval, day or week."""
    return _rate(facts, facts.answered, facts.offered, period, confidence)


def average_wait(facts: Facts, period: Period, over: Over = "offered", confidence: float = 0.95) -> Estimate:
    """(G, Q) seconds, over the offered or the answered contacts."""
    require(over != "virtual", "an average wait is over offered or answered contacts")
    if over == "offered":
        return _rate(facts, facts.waited, facts.offered, period, confidence)
    return _rate(facts, facts.waited_answered, facts.answered, period, confidence)


def service_level(
    facts: Facts, period: Period, within: float, over: Over = "offered", confidence: float = 0.95
) -> Estimate:
    """(G, Q) share within so many seconds, in one of the three conventions; the time is one of the facts'."""
    place = facts.within.index(within)
    counted = facts.virtually_in_time if over == "virtual" else facts.in_time
    below = facts.answered if over == "answered" else facts.offered
    return _rate(facts, counted[:, place], below, period, confidence)


def occupancy(facts: Facts, period: Period, confidence: float = 0.95) -> Estimate:
    """(G, P) busy / present seconds of every pool, on whichever of its queues."""
    return _rate(facts, facts.busy, facts.present, period, confidence)


def _rate(facts: Facts, above: Floats, below: Floats, period: Period, confidence: float) -> Estimate:
    return ratio(summed(facts, above, period), summed(facts, below, period), confidence)


def summed(facts: Facts, counts: Floats, period: Period) -> Floats:
    """(R, G, ...) counts of (R, T, ...) added up over the intervals of every day or week."""
    if period == "interval":
        return counts
    group = facts.calendar.day if period == "day" else facts.calendar.week
    summed: Floats = np.add.reduceat(counts, group_starts(group), axis=1)
    return summed


def group_starts(group: Counts) -> Counts:
    """(G,) the first interval of every day or week."""
    return np.flatnonzero(np.diff(group, prepend=-1))
