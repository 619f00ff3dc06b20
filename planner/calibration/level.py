"""What a day's contacts are expected to be: what its weekday usually has, times a slow level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats

Level: TypeAlias = Literal["constant", "trend", "week"]
"""How the level moves: not at all, by the same share every week, or freely from week to week."""

_ROUNDS = 30
_FURTHEST = 25.0
_LEAST = 1e-9
_HAIR = 1e-10
_SETTLED = 1e-7


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
    start = np.log(total + 0.5)
    fit = _solved(design.T @ design, design.T @ start)
    mean = _means(design, fit)
    for _ in range(_ROUNDS):
        weighed = design * (mean / (1.0 + excess * mean))[:, None]
        step = _solved(weighed.T @ design, weighed.T @ (total / mean - 1.0))
        fit = fit + np.clip(step, -2.0, 2.0)
        before, mean = mean, _means(design, fit)
        if bool((np.abs(mean - before) <= _SETTLED * (1.0 + mean)).all()):
            break
    return _expected(design, mean, excess)


def _solved(matrix: Floats, right: Floats) -> Floats:
    """A step of the fit; a hair on the diagonal settles it where levels cannot all be told apart."""
    hair = _HAIR * float(np.trace(matrix)) / matrix.shape[0]
    solution: Floats = np.linalg.solve(matrix + hair * np.eye(matrix.shape[0]), right)
    return solution


def _means(design: Floats, fit: Floats) -> Floats:
    mean: Floats = np.maximum(np.exp(np.clip(design @ fit, -_FURTHEST, _FURTHEST)), _LEAST)
    return mean


def _expected(design: Floats, mean: Floats, excess: Floats) -> Expected:
    """(H5)  The hat matrix of the fit, linear at its end."""
    share = 1.0 / (1.0 + excess * mean)
    inner = (design * (mean * share)[:, None]).T @ design
    hat: Floats = mean[:, None] * (design @ np.linalg.pinv(inner, hermitian=True) @ design.T) * share[None, :]
    return Expected(mean, hat, mean.size - int(np.linalg.matrix_rank(design.T @ design, hermitian=True)))


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
