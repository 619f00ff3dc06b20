"""(S5)  How times scatter around their mean: handle times and patience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats, frozen, require


@dataclass(frozen=True, slots=True)
class Exponential:
    """As the Erlang formulas have it: coefficient of variation 1."""

    def multiples(self, count: int, chance: np.random.Generator) -> Floats:
        """(count,) draws as multiples of the mean."""
        return chance.standard_exponential(count)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A long tail; `cv` is the standard deviation / the mean, 0 for no scatter at all."""

    cv: float

    def __post_init__(self) -> None:
        require(np.isfinite(self.cv) and self.cv >= 0, "a coefficient of variation is at least 0")

    def multiples(self, count: int, chance: np.random.Generator) -> Floats:
        """(count,) draws as multiples of the mean."""
        variance = np.log1p(self.cv**2)
        drawn: Floats = np.exp(np.sqrt(variance) * chance.standard_normal(count) - variance / 2.0)
        return drawn


@dataclass(frozen=True, slots=True)
class Empirical:
    """One of these times, each as likely; the sample gives the shape, the plan gives the mean.

    sample : (S,) seconds, or anything in proportion to them
    """

    sample: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "sample", frozen(self.sample))
        require(self.sample.ndim == 1 and self.sample.size > 0, "a sample holds at least one time")
        require(bool(np.isfinite(self.sample).all() and (self.sample >= 0).all()), "times are not negative")
        require(bool(self.sample.sum() > 0), "a sample's mean is positive")

    def multiples(self, count: int, chance: np.random.Generator) -> Floats:
        """(count,) draws as multiples of the mean."""
        drawn: Floats = self.sample[chance.integers(self.sample.size, size=count)] / self.sample.mean()
        return drawn


Law: TypeAlias = Exponential | Lognormal | Empirical
