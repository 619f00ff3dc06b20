"""A figure and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from planner.arrays import require

CONFIDENCE = 0.95
"""Of every interval, each on its own."""

TAIL = (1.0 - CONFIDENCE) / 2.0
"""Chance that a figure lies beyond either end of its interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate and its 95 % interval; an end that is not known is infinite.

    value, low, high : in the unit of the figure
    """

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        require(self.low <= self.value <= self.high, "an estimate lies in its interval")

    def through(self, change: Callable[[float], float]) -> Estimate:
        """The estimate of a growing function of the figure."""
        return Estimate(change(self.value), change(self.low), change(self.high))


def as_cv(excess: Estimate) -> Estimate:
    """A coefficient of variation from its square."""
    return excess.through(math.sqrt)
