"""What a day's contacts are expected to be: what its weekday usually has, times a slow level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats

Level: TypeAlias = Literal["constant", "trend", "week"]
"""How the level moves: not at all, by the same share every week, or freely from week to week."""

_ROUNDS = 200
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected totals of days.

    mean : (D,) contacts
    hat : (D, D) how much each day's total moves the expectation of each day
    freedom : days less means estimated
    """

    mean: Floats
    hat: Floats
    freedom: int


def expected_totals(total: Floats, day: Counts, level: Level, excess: Floats) -> Expected:
    """(H2)  The weekday's usual total times the level, fitted so that days weigh what they are sure of.

    Parameters
    ----------
    total : (D,) contacts of each day
    day : (D,) ordinal of its date
    excess : (D,) squared variation of a total beyond Poisson
    """
    design = _design(day, level)
    fit = np.linalg.lstsq(design, np.log(total + 0.5), rcond=None)[0]
    for _ in range(_ROUNDS):
        mean = np.maximum(np.exp(np.clip(design @ fit, -25.0, 25.0)), _LEAST)
        root = np.sqrt(mean / (1.0 + excess * mean))
        step = np.linalg.lstsq(design * root[:, None], root * (total - mean) / mean, rcond=None)[0]
        fit = fit + np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < 1e-10:
            break
    mean = np.maximum(np.exp(np.clip(design @ fit, -25.0, 25.0)), _LEAST)
    root = np.sqrt(mean / (1.0 + excess * mean))
    left, size, _ = np.linalg.svd(design * root[:, None], full_matrices=False)
    left = left[:, size > size.max() * 1e-9]
    scale = mean / root
    hat: Floats = (scale[:, None] * (left @ left.T)) / scale[None, :]
    return Expected(mean, hat, day.size - left.shape[1])


def _design(day: Counts, level: Level) -> Floats:
    """(D, P) what the logarithm of a day's expectation is made of: its weekday, and the level."""
    columns = [_indicators((day - 1) % 7)]
    if level == "trend":
        columns.append(((day - day.mean()) / 7.0)[:, None])
    if level == "week":
        columns.append(_indicators((day - 1) // 7)[:, 1:])
    return np.hstack(columns)


def _indicators(kind: Counts) -> Floats:
    kinds = np.unique(kind)
    same: Floats = (kind[:, None] == kinds[None, :]).astype(np.float64)
    return same
