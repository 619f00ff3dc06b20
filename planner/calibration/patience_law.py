"""Whether patience is lognormal rather than exponential, and then how much it varies."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.arrays import Flags, Floats
from planner.calibration.estimate import Estimate

LEAST_LEFT = 50
"""Contacts that left, below which the law of patience is not asked for."""

LEAST_SEEN = 0.5
"""Share of customers whose patience must have been seen to end; beyond lies guessing."""

_LEAST_WAITING = 20
_LIKELIER = math.log(20.0)
_HALF_CHI_SQUARE = 3.841459 / 2.0
_SHORTEST = 0.5
_WIDTHS = (0.05, 4.0)
_LOG_MEDIANS = (-3.0, 16.0)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A law of patience.

    cv : coefficient of variation
    mean : seconds
    """

    cv: Estimate
    mean: float


def patience_law(wait: Floats, left: Flags) -> Lognormal | str:
    """The lognormal law where it is plainly the better one, else why there is none.

    Parameters
    ----------
    wait : (N,) seconds that each contact waited
    left : (N,) whether it left, else it was answered

    Notes
    -----
    Equations (H18) to (H20) of docs/explanation/calibration.md.
    """
    if int(left.sum()) < LEAST_LEFT:
        return f"it takes {LEAST_LEFT} contacts that left, there are {int(left.sum())}"
    share, until = share_seen(wait, left)
    if share < LEAST_SEEN:
        return (
            f"waits were too short to see it: {100 * share:.0f} % of customers would have left by "
            f"{until:,.0f} s, it takes {100 * LEAST_SEEN:.0f} %"
        )
    waits = _Waits.of(wait, left)
    width = _best(lambda at: waits.likelihood(at)[0], _WIDTHS)
    likelihood, log_median = waits.likelihood(width)
    if likelihood - waits.exponential() < _LIKELIER:
        return "exponential patience, without a cv, fits as well"

    def beyond(at: float) -> float:
        return likelihood - waits.likelihood(at)[0] - _HALF_CHI_SQUARE

    interval = Estimate(width, _crossing(beyond, width, _WIDTHS[0]), _crossing(beyond, width, _WIDTHS[1]))
    return Lognormal(interval.through(_cv), math.exp(log_median + width**2 / 2.0))


def share_seen(wait: Floats, left: Flags) -> tuple[float, float]:
    """(H18)  Share whose patience ends while twenty contacts still wait, and seconds until then."""
    order = np.lexsort((~left, wait))
    waiting = np.arange(wait.size, 0, -1)
    enough = waiting >= min(_LEAST_WAITING, wait.size)
    staying = float(np.prod(1.0 - 1.0 / waiting[left[order] & enough]))
    return 1.0 - staying, float(wait[order][enough][-1])


@dataclass(frozen=True, slots=True)
class _Waits:
    """Distinct waits and how many contacts waited so long.

    left, stayed : seconds; those answered after a wait had patience for longer
    left_count, stayed_count : contacts
    """

    left: Floats
    left_count: Floats
    stayed: Floats
    stayed_count: Floats

    @classmethod
    def of(cls, wait: Floats, left: Flags) -> _Waits:
        """From single contacts, in tenths of seconds; nobody leaves before half a second has gone by."""
        wait = np.round(wait, 1)
        gone, gone_count = np.unique(np.maximum(wait[left], _SHORTEST), return_counts=True)
        stayed, stayed_count = np.unique(wait[~left & (wait > 0)], return_counts=True)
        return cls(gone, gone_count.astype(np.float64), stayed, stayed_count.astype(np.float64))

    def exponential(self) -> float:
        """(H19)  Logarithm of the likelihood under the best exponential law."""
        count = float(self.left_count.sum())
        seconds = float(self.left @ self.left_count + self.stayed @ self.stayed_count)
        return count * math.log(count / seconds) - count

    def likelihood(self, width: float) -> tuple[float, float]:
        """(H19)  Its logarithm under the best lognormal law of a width, and the log of that median."""

        def at(log_median: float) -> float:
            return self._lognormal(log_median, width)

        log_median = _best(at, _LOG_MEDIANS)
        return at(log_median), log_median

    def _lognormal(self, log_median: float, width: float) -> float:
        from scipy.special import log_ndtr

        logs = np.log(self.left)
        density = (
            -logs - math.log(width * math.sqrt(2.0 * math.pi)) - ((logs - log_median) / width) ** 2 / 2.0
        )
        survival = log_ndtr((log_median - np.log(self.stayed)) / width)
        return float(density @ self.left_count + survival @ self.stayed_count)


def _cv(width: float) -> float:
    """(H20)  Coefficient of variation of a lognormal law."""
    return math.sqrt(math.expm1(width**2))


def _best(likelihood: Callable[[float], float], ends: tuple[float, float]) -> float:
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda at: -likelihood(at), bounds=ends, method="bounded", options={"xatol": 1e-5}
    )
    return float(found.x)


def _crossing(beyond: Callable[[float], float], inside: float, outside: float) -> float:
    """Where `beyond` turns positive on the way out; the outermost point if it never does."""
    from scipy.optimize import brentq

    return outside if beyond(outside) <= 0 else float(brentq(beyond, inside, outside, xtol=1e-5))
