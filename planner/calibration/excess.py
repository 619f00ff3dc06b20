"""How much squares of residuals exceed what chance alone would make them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, require
from planner.calibration.estimate import TAIL, Estimate

_ROUNDS = 50
_SETTLED = 1e-12
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Squares:
    """Squares of residuals and what they are expected to be: chance + excess x factor.

    seen, chance, factor : (N,) contacts squared
    clusters : each (N,), index of the day or week that each belongs to; within one they may be alike
    freedom : degrees of freedom that estimated means leave
    """

    seen: Floats
    chance: Floats
    factor: Floats
    clusters: tuple[Counts, ...]
    freedom: float

    def __post_init__(self) -> None:
        require(self.seen.shape == self.chance.shape == self.factor.shape, "a factor and a chance for each")
        require(
            all(cluster.shape == self.seen.shape for cluster in self.clusters), "a cluster for each square"
        )

    def expected(self, excess: float) -> Floats:
        """(N,) the squares as they would be on average."""
        return self.chance + excess * self.factor


def excess_over_chance(squares: Squares) -> Estimate:
    """The excess, a squared coefficient of variation, never below 0.

    Notes
    -----
    Equations (H7) to (H9) of docs/explanation/calibration.md.
    """
    excess = settled_excess(squares)
    weight = _weights(squares, excess)
    seen = float(weight @ squares.seen)
    chance, factor = float(weight @ squares.chance), float(weight @ squares.factor)
    freedom = _freedom(squares, excess, weight)
    ends = [seen * part for part in _chi_square_factors(freedom)]
    low, high = (max((end - chance) / factor, 0.0) for end in ends)
    return Estimate(min(max(excess, low), high), low, high)


def settled_excess(squares: Squares) -> float:
    """(H7)  the excess with weights that fit it, never below 0."""
    excess = 0.0
    for _ in range(_ROUNDS):
        weight = _weights(squares, excess)
        beyond = float(weight @ squares.seen) - float(weight @ squares.chance)
        before, excess = excess, max(beyond / float(weight @ squares.factor), 0.0)
        if abs(excess - before) <= _SETTLED + 1e-9 * excess:
            break
    return excess


def _weights(squares: Squares, excess: float) -> Floats:
    """(H7)  factor / variance of a square, as it is for gamma busyness and Poisson contacts.

    A day that alone decides its own expectation has no residual, and no weight.
    """
    variance = squares.expected(excess)
    tells = squares.factor > _NOTHING * float(squares.factor.max())
    spread = np.where(tells, variance**2 * (2.0 + 6.0 * excess) + variance, 1.0)
    weight: Floats = np.where(tells, squares.factor, 0.0) / spread
    return weight


def _freedom(squares: Squares, excess: float, weight: Floats) -> float:
    """(H9)  degrees of freedom that a sum of such squares has, the least that anything says."""
    expected = weight * squares.expected(excess)
    seen = weight * squares.seen
    total = float(expected.sum())
    by_law = float((expected**2 * (2.0 + 6.0 * excess)).sum() + (weight * expected).sum())
    beyond = seen - expected * (float(seen.sum()) / total)
    by_clusters = [float((np.bincount(cluster, beyond) ** 2).sum()) for cluster in squares.clusters]
    taken = int((weight > 0).sum()) / squares.freedom
    return min(squares.freedom, 2.0 * total**2 / max(by_law, *by_clusters) / taken)


def _chi_square_factors(freedom: float) -> tuple[float, float]:
    """(H8)  a sum of squares over what it would be on average: the factors of its ends."""
    from scipy.special import gammainccinv, gammaincinv

    return (
        freedom / (2.0 * float(gammainccinv(freedom / 2.0, TAIL))),
        freedom / (2.0 * max(float(gammaincinv(freedom / 2.0, TAIL)), _NOTHING)),
    )
