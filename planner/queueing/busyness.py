"""How busy a day is beside its forecast: a random factor, and the few values that stand for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require
from planner.queueing.systems import Systems

NODES = (1, 12, 16, 24, 32, 48, 64, 96)
"""Numbers of values that a rule may have; a finer rule has twice as many."""


UNFELT = 1e-13
"""Share of days, or of contacts, that changes no average."""


class Rules(NamedTuple):
    """Values of a factor and their weights, as the compiled loops take them.

    factor, weight : (R, J) of R rules; what a shorter rule does not need weighs 0
    which : (S,) the rule of each system
    """

    factor: Floats
    weight: Floats
    which: Counts


@dataclass(frozen=True, slots=True)
class Busyness:
    """The factor on a day's contacts: a level times independent gamma factors of mean 1.

    Attributes
    ----------
    variations : coefficient of variation of each gamma factor, above 0; none: the factor is the level
    level : its mean, positive
    """

    variations: tuple[float, ...] = ()
    level: float = 1.0

    def __post_init__(self) -> None:
        require(all(0 < one < 10 for one in self.variations), "a variation lies between 0 and 10")
        require(0 < self.level < np.inf, "level must be positive")

    @property
    def variation(self) -> float:
        """Coefficient of variation of the whole factor."""
        return float(np.sqrt(np.prod([1.0 + one**2 for one in self.variations]) - 1.0))

    def rules(self, load: Floats, finer: bool = False) -> Rules:
        """The rule of every system: more values where a day's load may differ by more than chance makes it.

        Parameters
        ----------
        load : (S,) erlang, as forecast
        finer : twice as many values, to judge what fewer of them gave

        Notes
        -----
        Equation (Q17) of docs/explanation/queueing.md.
        """
        wanted = 12.0 + 16.0 * self.variation**2 * load if self.variations else np.ones(load.shape)
        which = np.searchsorted(NODES, np.minimum(wanted, NODES[-1]))
        used = range(which.max(initial=0) + 1)
        found = [self.nodes(NODES[number] * (1 + (finer and number > 0))) for number in used]
        factor, weight = (np.zeros((len(found), found[-1][0].size)) for _ in range(2))
        for row, (values, weights) in enumerate(found):
            felt = weights * np.maximum(values, 1.0) > UNFELT
            factor[row, : felt.sum()], weight[row, : felt.sum()] = values[felt], weights[felt]
        return Rules(frozen(factor), frozen(weight), frozen_counts(which))

    def nodes(self, count: int) -> tuple[Floats, Floats]:
        """So many values of the factor, rising, and their weights; moments 0 to 2 count - 1 are exact.

        Notes
        -----
        Equations (Q15) and (Q16) of docs/explanation/queueing.md; Golub and Welsch (1969).
        """
        factor, weight = _nodes(self.variations, count)
        return frozen(self.level * factor), weight


def require_leaving(systems: Systems, busyness: Busyness) -> None:
    """Where nobody leaves, a queue grows for ever on a busy enough day: waits then have no mean."""
    waits = np.isinf(systems.patience) & (systems.rate > 0)
    require(not (busyness.variations and waits.any()), "busyness varies, so customers must leave in the end")


AS_FORECAST = Busyness()
"""Every day is as forecast."""


@cache
def _nodes(variations: tuple[float, ...], count: int) -> tuple[Floats, Floats]:
    factor, weight = np.ones(1), np.ones(1)
    for variation in variations:
        more, chance = _gamma_nodes(variation, count)
        factor, weight = np.outer(factor, more).ravel(), np.outer(weight, chance).ravel()
        if factor.size > count:
            factor, weight = _solved(*_recurrence(factor, weight, count))
    return frozen(factor), frozen(weight)


def _gamma_nodes(variation: float, count: int) -> tuple[Floats, Floats]:
    """(Q15)  Recurrence of the generalised Laguerre polynomials, divided by the shape."""
    shape, order = 1.0 / variation**2, np.arange(count, dtype=np.float64)
    beside = np.sqrt(order[1:] * (order[1:] + shape - 1.0))
    return _solved((2.0 * order + shape) / shape, beside / shape)


def _recurrence(factor: Floats, weight: Floats, count: int) -> tuple[Floats, Floats]:
    """(Q16)  The polynomials orthogonal over a rule: Lanczos' steps, each made orthogonal twice."""
    basis = np.zeros((count, factor.size))
    basis[0] = np.sqrt(weight)
    diagonal, beside = np.zeros(count), np.zeros(count - 1)
    for k in range(count):
        step = factor * basis[k]
        diagonal[k] = step @ basis[k]
        if k + 1 < count:
            for _ in range(2):
                step = step - (basis[: k + 1] @ step) @ basis[: k + 1]
            beside[k] = np.linalg.norm(step)
            basis[k + 1] = step / beside[k]
    return diagonal, beside


def _solved(diagonal: Floats, beside: Floats) -> tuple[Floats, Floats]:
    """Eigenvalues of the recurrence are the values, squares of the vectors' first entries the weights."""
    from scipy.linalg import eigh_tridiagonal

    values, vectors = eigh_tridiagonal(diagonal, beside)
    weight = vectors[0] ** 2
    return np.maximum(values, 1e-300), weight / weight.sum()
