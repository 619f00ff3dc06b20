"""How busy a day is at most, with a probability."""

from __future__ import annotations

from functools import cache

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.queueing.busyness import Busyness

_LEAST = 1e-9
"""A probability nearer to 0 or 1 is none that anybody asks for."""
_PANELS = (0.0, 1e-10, 1e-8, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5)
_POINTS, _GRID = 10, 2000


def quantiles(busyness: Busyness, chance: Floats) -> Floats:
    """Values that busyness does not exceed with these probabilities.

    Parameters
    ----------
    busyness : of at most two gamma factors
    chance : probabilities, each between 1e-9 and 1 - 1e-9

    Notes
    -----
    Equation (Q18) of docs/explanation/queueing.md.
    """
    from scipy.special import gammaincinv

    asked = np.asarray(chance, dtype=np.float64)
    require(bool(np.all((asked >= _LEAST) & (asked <= 1 - _LEAST))), "probabilities lie within (0, 1)")
    shapes = [1.0 / one**2 for one in busyness.variations]
    require(len(shapes) <= 2, "a day has at most two factors")
    if not shapes:
        return frozen(np.full(asked.shape, busyness.level))
    if len(shapes) == 1:
        return frozen(busyness.level * gammaincinv(shapes[0], asked) / shapes[0])
    return frozen(busyness.level * _of_product(tuple(sorted(shapes)), asked))


def surely(busyness: Busyness, chance: float) -> Busyness:
    """Days that are as busy as days are at most, with a probability; never less busy than forecast."""
    return Busyness(level=max(float(quantiles(busyness, np.array([chance]))[0]), busyness.level))


def _of_product(shapes: tuple[float, ...], chance: Floats) -> Floats:
    """Quantiles of a product of two factors: its distribution on a grid, read backwards."""
    from scipy.interpolate import PchipInterpolator
    from scipy.special import ndtri

    place, log_value = _grid(shapes)
    found = np.exp(PchipInterpolator(place, log_value)(ndtri(chance)))
    return np.asarray(found, dtype=np.float64)


@cache
def _grid(shapes: tuple[float, ...]) -> tuple[Floats, Floats]:
    """Normal scores of the product's distribution, rising, and logarithms of the values there."""
    from scipy.special import gammainc, gammaincc, gammaincinv, ndtri

    wide, narrow = shapes
    other, weight = _second(narrow)
    low, high = (gammaincinv(wide, end) / wide * other[at] for end, at in ((1e-13, 0), (1 - 1e-13, -1)))
    log_value = np.linspace(np.log(max(low, 1e-250)), np.log(high), _GRID)
    first = wide * np.exp(log_value)[:, None] / other
    below, above = gammainc(wide, first) @ weight, gammaincc(wide, first) @ weight
    there = (below > _LEAST / 10) & (above > _LEAST / 10)
    place = np.where(below < 0.5, ndtri(np.minimum(below, 0.5)), -ndtri(np.minimum(above, 0.5)))[there]
    rising = np.concatenate([[True], np.diff(place) > 0])
    return frozen(place[rising]), frozen(log_value[there][rising])


def _second(shape: float) -> tuple[Floats, Floats]:
    """Values of a factor over panels of its probability, finer towards both ends, with Gauss's weights."""
    from scipy.special import gammainccinv, gammaincinv

    points, weights = np.polynomial.legendre.leggauss(_POINTS)
    starts, widths = np.array(_PANELS[:-1]), np.diff(_PANELS)
    chance = (starts[:, None] + widths[:, None] * (points + 1) / 2).ravel()
    weight = (widths[:, None] * weights / 2).ravel()
    values = np.concatenate([gammaincinv(shape, chance), gammainccinv(shape, chance)[::-1]]) / shape
    return values, np.concatenate([weight, weight[::-1]])
