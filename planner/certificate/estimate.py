"""A ratio over replications, with what is known of each of them taken into account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Flags, Floats, frozen, frozen_flags
from planner.certificate.promised import Spans
from planner.simulation.statistics import ratio

STRANGE = 5.0
"""Standard errors; a control whose mean is off by more is none: the replay is of another world."""


LEAST = 0.1
"""A replication that the correction follows wholly says nothing of its error: it counts at most tenfold."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """G ratios.

    mean : nan where there was nothing to divide by
    error : its standard error; infinite with too few replications
    freedom : degrees of freedom of the standard error
    """

    mean: Floats
    error: Floats
    freedom: int

    def bound(self, error: float) -> Floats:
        """By how much the mean may be off on one side, if that may be wrong with this chance."""
        from scipy.special import stdtrit

        return frozen(-float(stdtrit(max(self.freedom, 1), error)) * self.error)


def estimated(over: Spans) -> Estimated:
    """(V2)  What is counted / out of what, each corrected by its regression on the controls.

    The ratio's standard error is that of the correction of above - ratio x below, as in (S12).
    """
    runs, _, count = over.controls.shape
    if count == 0 or runs <= count + 1:
        plain = ratio(over.above, over.below)
        return Estimated(plain.mean, _plain_error(over, plain.mean), runs - 1)
    surprise = over.controls.mean(axis=0)
    around = over.controls - surprise
    moments = np.einsum("rgk,rgl->gkl", around, around)
    inverse = np.linalg.pinv(moments, hermitian=True)
    inverse = np.where(_strange(surprise, moments, runs)[:, None, None], 0.0, inverse)

    def corrected(counted: Floats) -> tuple[Floats, Floats]:
        """(G,) mean had the controls come as expected, and (R, G) what the controls leave open."""
        slope = np.einsum("gkl,rgl,rg->gk", inverse, around, counted, optimize=True)
        mean = counted.mean(axis=0)
        open_ = counted - mean - np.einsum("rgk,gk->rg", around, slope)
        return mean - np.einsum("gk,gk->g", surprise, slope), open_

    (above, left_above), (below, left_below) = corrected(over.above), corrected(over.below)
    mean = np.divide(above, below, out=np.full(below.shape, np.nan), where=below > 0)
    weight = 1.0 / runs - np.einsum("rgk,gkl,gl->rg", around, inverse, surprise, optimize=True)
    pull = 1.0 / runs + np.einsum("rgk,gkl,rgl->rg", around, inverse, around, optimize=True)
    left = (left_above - mean * left_below) * weight / np.maximum(1.0 - pull, LEAST)
    spread = np.sqrt((left**2).sum(axis=0))
    freedom = runs - 1 - count
    error = np.divide(spread, below, out=np.full(below.shape, np.nan), where=below > 0)
    return Estimated(frozen(mean), frozen(error), freedom)


def _plain_error(over: Spans, mean: Floats) -> Floats:
    """(S12)'s standard error."""
    runs, total = over.above.shape[0], over.below.sum(axis=0)
    if runs == 1:
        return frozen(np.where(total > 0, np.inf, np.nan))
    spread = np.sqrt(((over.above - mean * over.below) ** 2).sum(axis=0) / (runs - 1) / runs)
    return frozen(np.divide(spread, total / runs, out=np.full(total.shape, np.nan), where=total > 0))


def _strange(surprise: Floats, moments: Floats, runs: int) -> Flags:
    """(G,) whether a span's controls are off by more than chance would have it."""
    spread = np.sqrt(np.diagonal(moments, axis1=1, axis2=2) / (runs - 1) / runs)
    return frozen_flags((np.abs(surprise) > STRANGE * spread + 1e-9).any(axis=1))
