"""How sure a replay is of the worst span of a promise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen
from planner.certificate.certificate import CONFIDENCE
from planner.certificate.estimate import Estimated, estimated
from planner.certificate.promised import Spans


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


def bounded(over: Spans, error: float, at_most: bool, most: float | None = None) -> Bounded:
    """(V3)  Bounds of the worst span of a promise, wrong with at most this chance, each side on its own.

    Where the worst is the lowest: the lowest lower bound is above the worst span only if that span's own
    bound is, however many spans there are. The lowest upper bound is below it if any span's is, so the
    spans share the error of that side. For what must stay below a target it is the other way round.

    Parameters
    ----------
    error : chance that the bound of one side is wrong
    at_most : the worst is the highest, not the lowest
    most : of a mean: what it cannot exceed where hardly anything is counted; None: it is a share of contacts
    """
    found = estimated(over)
    among = error / over.first.size
    lower, _ = one_sided(over, found, among if at_most else error, most)
    _, upper = one_sided(over, found, error if at_most else among, most)
    width = found.bound((1.0 - CONFIDENCE) / 2.0)
    worst = int(np.argmax(found.mean) if at_most else np.argmin(found.mean))
    extreme = np.max if at_most else np.min
    ceiling = 1.0 if most is None else np.inf

    def possible(value: float) -> float:
        return float(np.clip(value, 0.0, ceiling))

    return Bounded(
        worst,
        possible(found.mean[worst]),
        possible(found.mean[worst] - width[worst]),
        possible(found.mean[worst] + width[worst]),
        float(extreme(lower)),
        float(extreme(upper)),
    )


def one_sided(over: Spans, found: Estimated, error: float, most: float | None) -> tuple[Floats, Floats]:
    """(V4)  (G,) lower and upper bounds, each wrong with at most this chance.

    Student's t over replications, or what is wider: in an interval in which all of a dozen contacts were
    answered at once every replication agrees, and t would be sure.
    """
    width = found.bound(error)
    low, high = (found.mean - width).clip(0.0), found.mean + width
    if most is not None:
        return frozen(low), frozen(np.maximum(high, rare(over, found, error, most)))
    least, greatest = binomial(over.above.sum(axis=0), over.below.sum(axis=0), error)
    often = found.mean >= 0.5
    low = np.minimum(low, np.where(often, 1.0 - skewed(1.0 - found.mean, found.error, error), low))
    high = np.maximum(high, np.where(often, high, skewed(found.mean, found.error, error)))
    return frozen(np.minimum(low, least).clip(0.0)), frozen(np.maximum(high, greatest).clip(max=1.0))


def binomial(hits: Floats, trials: Floats, error: float) -> tuple[Floats, Floats]:
    """(V5)  Clopper and Pearson's bounds of a share, each wrong with at most this chance.

    The lower is the share with which so many hits or more have this chance, the upper with which so many
    or fewer have it.
    """
    from scipy.special import betaincinv

    none, every = hits <= 0, hits >= trials
    least = betaincinv(np.where(none, 1.0, hits), trials - hits + 1.0, error)
    most = betaincinv(hits + 1.0, np.where(every, 1.0, trials - hits), 1.0 - error)
    return frozen(np.where(none, 0.0, least)), frozen(np.where(every, 1.0, most))


def skewed(mean: Floats, deviation: Floats, error: float) -> Floats:
    """(V6)  (G,) upper bounds of a mean found with this standard error, as if its total were gamma.

    The fewer the replications that a total comes from, the further a gamma's tail reaches beyond t's.
    """
    from scipy.special import gammaincinv

    known = (mean > 0) & (deviation > 0) & np.isfinite(deviation)
    parts = np.divide(mean, deviation, out=np.ones(mean.shape), where=known) ** 2
    return frozen(np.where(known, mean * parts / gammaincinv(parts, error), mean))


def rare(over: Spans, found: Estimated, error: float, most: float) -> Floats:
    """(V7)  (G,) upper bounds of a mean that hardly any replication adds to.

    The gamma's, or if that is less the share of replications that may have any at all, as if all of them
    had the most contacts seen and each contact the most that it can count. Each has half of the error.
    """
    some = (over.above > 0).sum(axis=0).astype(np.float64)
    runs = np.full(some.shape, float(over.above.shape[0]))
    size = over.below.max(axis=0) / over.below.mean(axis=0)
    ceiling = binomial(some, runs, error / 2.0)[1] * size * most
    gamma = skewed(found.mean, found.error, error / 2.0)
    return frozen(np.where(some > 0, np.minimum(gamma, ceiling), ceiling))
