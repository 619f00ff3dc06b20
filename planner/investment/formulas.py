"""What a row of monthly amounts is worth, returns and when it is paid back."""

from __future__ import annotations

import numpy as np

from planner.arrays import Floats
from planner.technology import monthly_rate

_NOTHING = 1e-9  # money; less is rounding


def net_present_value(flow: Floats, discount_rate: float) -> float:
    """(F3)  worth = sum_m flow[m] (1 + i)^(-m).

    Parameters
    ----------
    flow : (M + 1,) money at the end of each month, month 0 being before the first
    discount_rate : share a year; i is that of (T1)
    """
    return float(flow @ (1.0 + monthly_rate(discount_rate)) ** -np.arange(flow.size, dtype=np.float64))


def return_on_investment(invested: float, saved: float) -> float | None:
    """(F4)  return = (saved - invested) / invested.

    Parameters
    ----------
    invested : money, all that is paid for capital beyond the baseline's
    saved : money, all that running costs are below the baseline's

    Returns
    -------
    share of what was invested; None where nothing is
    """
    return (saved - invested) / invested if invested > _NOTHING else None


def payback_month(flow: Floats) -> float | None:
    """(F5)  payback = n - 1 - C[n-1] / flow[n],   C[n] = sum_{m <= n} flow[m].

    n is the first month from which on C is never below 0 again, and a month's money comes evenly over it.

    Parameters
    ----------
    flow : (M + 1,) money at the end of each month

    Returns
    -------
    months; 0 where C is never below 0, None where it is so at the end
    """
    together = np.cumsum(flow)
    below = np.flatnonzero(together < -_NOTHING)
    if below.size == 0:
        return 0.0
    last = int(below[-1])
    if last == flow.size - 1:
        return None
    return float(last - together[last] / flow[last + 1])
