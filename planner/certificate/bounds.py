"""How sure a replay is of the worst span of a promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen
from planner.certificate.certificate import CONFIDENCE
from planner.certificate.promised import Spans
from planner.simulation.statistics import ratio


@dataclass(frozen=True, slots=True)
class Bounded:
    """The worst span of a promise.

    worst : which span came out worst
    mean, low, high : its estimate and 95 % interval, on its own
    lower, upper : bounds of the true value of the worst span, whichever that is
    """

    worst: int
    mean: float
    low: float
    high: float
    lower: float
    upper: float


def bounded(over: Spans, error: float, at_most: bool, share: bool) -> Bounded:
    """(V2)  Bounds of a promise that are wrong with at most this chance, each side on its own.

    The error is split evenly over the spans. All lower bounds hold at once then, and so the lowest of
    them is below the lowest true value; in the same way the lowest upper bound is above it. For what must
    stay below a target it is the highest of each.

    Parameters
    ----------
    error : chance that the bound of one side is wrong
    at_most : the worst is the highest, not the lowest
    share : the value lies between 0 and 1
    """
    lower, upper = one_sided(over, error / over.first.size, share)
    usual = ratio(over.above, over.below, CONFIDENCE)
    most = 1.0 if share else np.inf
    worst = int(np.argmax(usual.mean) if at_most else np.argmin(usual.mean))
    extreme = np.max if at_most else np.min
    return Bounded(
        worst,
        float(usual.mean[worst]),
        float(np.clip(usual.low[worst], 0.0, most)),
        float(np.clip(usual.high[worst], 0.0, most)),
        float(extreme(lower)),
        float(extreme(upper)),
    )


def one_sided(over: Spans, error: float, share: bool) -> tuple[Floats, Floats]:
    """(V3)  (G,) lower and upper bounds, each wrong with at most this chance.

    Student's t over replications, and for shares the exact binomial bound where that is wider: in an
    interval in which all of a dozen contacts were answered every replication agrees, and t would be sure.
    """
    found = ratio(over.above, over.below, 1.0 - 2.0 * error)
    if not share:
        return frozen(np.maximum(found.low, 0.0)), found.high
    least, most = binomial(over.above.sum(axis=0), over.below.sum(axis=0), error)
    return frozen(np.minimum(found.low, least).clip(0.0)), frozen(np.maximum(found.high, most).clip(max=1.0))


def binomial(hits: Floats, trials: Floats, error: float) -> tuple[Floats, Floats]:
    """(V4)  Clopper and Pearson's bounds of a share, each wrong with at most this chance.

    The lower is the share with which so many hits or more have this chance, the upper with which so many
    or fewer have it.
    """
    from scipy.special import betaincinv

    none, every = hits <= 0, hits >= trials
    least = betaincinv(np.where(none, 1.0, hits), trials - hits + 1.0, error)
    most = betaincinv(hits + 1.0, np.where(every, 1.0, trials - hits), 1.0 - error)
    return frozen(np.where(none, 0.0, least)), frozen(np.where(every, 1.0, most))
