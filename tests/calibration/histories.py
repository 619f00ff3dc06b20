"""Synthetic histories with known truth, drawn with numpy alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from planner.arrays import Counts, Floats
from planner.calibration import Calibration, Level, Rules, calibrate, history_of
from planner.calibration.scatter import Whole
from planner.forecast.table import table_of

MONDAY = date(2025, 1, 6).toordinal()
WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Truth:
    """A centre open on workdays, busiest at noon, busier towards the end of the week."""

    weeks: int = 13
    volume: float = 1000.0
    day_cv: float = 0.0
    interval_cv: float = 0.0
    intervals: int = 24
    weekly_growth: float = 0.0

    @property
    def days(self) -> Counts:
        return np.array([MONDAY + 7 * week + day for week in range(self.weeks) for day in range(WORKDAYS)])

    @property
    def expected(self) -> Floats:
        """(D, I) contacts before any busyness."""
        noon = (np.arange(self.intervals) - self.intervals / 2) / (self.intervals / 4)
        profile = np.exp(-(noon**2))
        weekday = 1.0 + 0.1 * ((self.days - MONDAY) % 7)
        level = np.exp(self.weekly_growth * ((self.days - MONDAY) // 7))
        expected: Floats = self.volume * np.outer(weekday * level, profile / profile.sum())
        return expected


def gamma(cv: float, shape: tuple[int, ...], chance: np.random.Generator) -> Floats:
    """Factors of mean 1."""
    return np.ones(shape) if cv == 0 else chance.gamma(cv**-2, cv**2, shape)


def contacts(truth: Truth, seed: int, shared: Floats | None = None) -> Floats:
    """(D, I) contacts by day and interval."""
    chance = np.random.default_rng(seed)
    days = gamma(truth.day_cv, (truth.days.size, 1), chance) * (1.0 if shared is None else shared[:, None])
    intervals = gamma(truth.interval_cv, truth.expected.shape, chance)
    return chance.poisson(truth.expected * days * intervals).astype(float)


def whole(truth: Truth, seed: int, shared: Floats | None = None) -> Whole:
    return Whole(truth.days, contacts(truth, seed, shared))


def rows(truth: Truth, seed: int, queue: str = "calls") -> list[dict[str, Any]]:
    """A row for every half hour from 8:00, as a table holds them."""
    counted = contacts(truth, seed)
    return [
        {"start": stamp(int(day), place), "queue": queue, "offered": int(counted[row, place])}
        for row, day in enumerate(truth.days)
        for place in range(truth.intervals)
    ]


def stamp(day: int, place: int) -> str:
    """When the half hour of that number starts, the first at 8:00."""
    return f"{date.fromordinal(day)}T{8 + place // 2:02d}:{place % 2 * 30:02d}"


def lognormal(mean: float, cv: float, count: int, chance: np.random.Generator) -> Floats:
    width = math.sqrt(math.log1p(cv**2))
    drawn: Floats = mean * np.exp(width * chance.standard_normal(count) - width**2 / 2)
    return drawn


def calibrated(
    table: list[dict[str, Any]], level: Level = "trend", rules: Rules | None = None
) -> Calibration:
    return calibrate(history_of(table_of(table, "history"), rules or Rules()), level)
