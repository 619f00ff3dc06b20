"""Busyness that the queues of a centre share, told from what each has of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.calibration.estimate import TAIL, Estimate, as_cv
from planner.calibration.scatter import Scatter

LEAST_DAYS = 10
"""Days that two queues must have in common."""

_LEAST = 1e-12
_WIDEST = 100.0
_HALVINGS = 80


def shared_day_cv(scatters: Sequence[Scatter]) -> Estimate | None:
    """The variation of a factor that all queues share from day to day; None where they share too few days.

    Notes
    -----
    Equations (H10) and (H11) of docs/explanation/calibration.md.
    """
    known = [scatter for scatter in scatters if scatter.day_cv is not None]
    together = _together(known) if len(known) > 1 else None
    return None if together is None else as_cv(_covariance(together))


def own_day_cv(whole: float, shared: float) -> float:
    """(H12)  What a queue's busyness varies beside the busyness that it shares; 0 if it shares it all."""
    return math.sqrt(max((1.0 + whole**2) / (1.0 + shared**2) - 1.0, 0.0))


@dataclass(frozen=True, slots=True)
class _Together:
    """Day factors of Q queues side by side.

    apart : (D, Q) factor - 1; 0 where a queue lacks the day
    weight : (D, Q, Q) of each product of two queues on a day; 0 on the diagonal and where one lacks the day
    variance : (Q,) of the factors
    freedom : share of the days that estimated means leave
    """

    apart: Floats
    weight: Floats
    variance: Floats
    freedom: float

    @property
    def daily(self) -> Floats:
        """(D,) contribution of each day to the covariance; they add up to it."""
        total = float(self.weight.sum()) * self.freedom
        products: Floats = np.einsum("dq,dqr,dr->d", self.apart, self.weight, self.apart) / total
        return products

    def error(self, shared: float, found: float) -> float:
        """(H11)  Variance of the covariance if it truly is `shared`, for normal factors."""
        own = np.maximum(self.variance - found, 0.0)
        covariance = np.diag(own) + shared
        spread = self.weight @ covariance
        total = float(self.weight.sum())
        return 2.0 * float(np.einsum("dqr,drq->", spread, spread)) / total**2 / self.freedom


def _together(known: Sequence[Scatter]) -> _Together | None:
    days = np.unique(np.concatenate([scatter.day for scatter in known]))
    apart = np.zeros((days.size, len(known)))
    there = np.zeros(apart.shape, dtype=np.bool_)
    for column, scatter in enumerate(known):
        place = np.searchsorted(days, scatter.day)
        apart[place, column] = scatter.factor - 1.0
        there[place, column] = True
    if int((there.sum(axis=1) > 1).sum()) < LEAST_DAYS:
        return None
    variance = np.array([max(float(np.mean((each.factor - 1.0) ** 2)), _LEAST) for each in known])
    freedom = np.array([scatter.freedom / scatter.day.size for scatter in known])
    weight = there[:, :, None] * there[:, None, :] / np.outer(variance, variance)
    weight *= 1.0 - np.eye(len(known))
    return _Together(apart, weight, variance / freedom, float(freedom.mean()))


def _covariance(together: _Together) -> Estimate:
    """(H10), (H11)  The mean covariance of two queues' factors, never below 0, and its interval."""
    daily = together.daily
    found = float(daily.sum())
    seen = float(((daily - found / daily.size) ** 2).sum()) * together.freedom
    by_law = together.error(max(found, 0.0), max(found, 0.0))
    wider = max(seen / by_law, 1.0) if by_law > 0 else 1.0
    reach = _student(daily.size * together.freedom) * math.sqrt(wider)

    def beyond(shared: float) -> float:
        return abs(found - shared) - reach * math.sqrt(together.error(shared, max(found, 0.0)))

    value = max(found, 0.0)
    low = 0.0 if beyond(0.0) <= 0 else _crossing(beyond, value, 0.0)
    high = value if beyond(value) > 0 else _crossing(beyond, value, _WIDEST)
    return Estimate(value, low, high)


def _student(freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(max(freedom, 1.0), 1.0 - TAIL))


def _crossing(beyond: Callable[[float], float], inside: float, outside: float) -> float:
    """Where `beyond` turns from negative to positive between two points."""
    if beyond(outside) <= 0:
        return math.inf
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2.0
        inside, outside = (middle, outside) if beyond(middle) <= 0 else (inside, middle)
    return (inside + outside) / 2.0
