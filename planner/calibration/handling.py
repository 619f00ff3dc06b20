"""Mean handle time of a queue, and how much single handle times vary."""

from __future__ import annotations

import math

import numpy as np

from planner.arrays import Counts, Floats
from planner.calibration.estimate import TAIL, Estimate

LEAST_CONTACTS = 30
"""Handle times that a coefficient of variation is estimated from at the least."""

LEAST_DAYS = 5
"""Days from which on days are compared; with fewer, rows are."""


def mean_handle_time(handled: Floats, answered: Floats, day: Counts) -> Estimate | None:
    """Seconds handled per contact answered; None where nobody was.

    Parameters
    ----------
    handled : (N,) seconds in all of each row's contacts
    answered : (N,) contacts of each row
    day : (N,) ordinal of each row's date

    Notes
    -----
    Equations (H13) and (H14) of docs/explanation/calibration.md.
    """
    contacts = float(answered.sum())
    if contacts == 0:
        return None
    mean = float(handled.sum()) / contacts
    reach = _reach((handled - mean * answered) / contacts, day)
    return Estimate(mean, max(mean - reach, 0.0), mean + reach)


def handle_time_cv(seconds: Floats, day: Counts) -> Estimate | None:
    """Deviation of single handle times over their mean; None where they are few or all 0.

    Parameters
    ----------
    seconds : (N,) handle time of each contact
    day : (N,) ordinal of its date

    Notes
    -----
    Equation (H15) of docs/explanation/calibration.md.
    """
    if seconds.size < LEAST_CONTACTS or float(seconds.std()) == 0.0:
        return None
    mean, variance = float(seconds.mean()), float(seconds.var(ddof=1))
    apart = seconds - mean
    relative = apart**2 / variance / 2.0 - 0.5 - apart / mean
    cv = math.sqrt(variance) / mean
    by_law = 2.0 * math.sqrt(_of_lognormal(cv) / seconds.size)
    reach = max(_reach(relative / seconds.size, day), by_law)
    return Estimate(cv, cv * math.exp(-reach), cv * math.exp(reach))


def _of_lognormal(cv: float) -> float:
    """(H15)  Variance of the logarithm of an estimated variation, times contacts, if the law is lognormal.

    A few hundred contacts seldom hold the longest handle times, and so look surer than they are.
    """
    growth = 1.0 + cv**2
    skewness = (growth + 2.0) * cv
    kurtosis = growth**4 + 2.0 * growth**3 + 3.0 * growth**2 - 3.0
    return (kurtosis - 1.0) / 4.0 - skewness * cv + cv**2


def _reach(apart: Floats, day: Counts) -> float:
    """(H14)  Half of the interval of a sum of these, alike within a day; endless for a single one."""
    from scipy.special import stdtrit

    days, cluster = np.unique(day, return_inverse=True)
    parts = np.bincount(cluster, apart) if days.size >= LEAST_DAYS else apart
    if parts.size < 2:
        return math.inf
    deviation = math.sqrt(parts.size / (parts.size - 1) * float((parts**2).sum()))
    return float(stdtrit(parts.size - 1, 1.0 - TAIL)) * deviation
