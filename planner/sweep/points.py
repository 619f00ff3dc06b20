"""The points of a sweep: which fields become what, in each of its tasks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Floats
from planner.sweep.file import Axis, Sample, Scalar, Span, Steps, SweepFile

Form: TypeAlias = Literal["values", "factors"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a scenario, and what it becomes: a value, or a factor on what is there."""

    path: str
    form: Form
    to: Scalar


Point: TypeAlias = tuple[Change, ...]


def points(swept: SweepFile) -> Iterator[Point]:
    """Every point: of the grid, the last field turning fastest; one at a time; then the sample's."""
    if swept.grid:
        yield from product(*(changes(path, axis) for path, axis in swept.grid.items()))
    for path, axis in swept.one_at_a_time.items():
        for change in changes(path, axis):
            yield (change,)
    if swept.sample is not None:
        yield from _drawn(swept.sample)


def count(swept: SweepFile) -> int:
    """How many points there are, without making them."""
    grid = math.prod(len(changes(path, axis)) for path, axis in swept.grid.items()) if swept.grid else 0
    single = sum(len(changes(path, axis)) for path, axis in swept.one_at_a_time.items())
    return grid + single + (0 if swept.sample is None else swept.sample.points)


def changes(path: str, axis: Axis) -> tuple[Change, ...]:
    """What one field becomes, in turn."""
    if axis.factors is not None:
        return tuple(Change(path, "factors", factor) for factor in _steps(axis.factors))
    return tuple(Change(path, "values", value) for value in _steps(axis.values or ()))


def extremes(swept: SweepFile) -> Iterator[tuple[tuple[str, ...], Change]]:
    """Place in the file, and change, of everything a field becomes; of a sample its ends."""
    for part, axes in (("grid", swept.grid), ("one_at_a_time", swept.one_at_a_time)):
        for path, axis in axes.items():
            for change in changes(path, axis):
                yield (part, path, change.form), change
    if swept.sample is not None:
        for path, drawn in swept.sample.over.items():
            form, span = _span(drawn.values, drawn.factors)
            for end in (span.from_, span.to):
                yield ("sample", "over", path, form), Change(path, form, end)


def latin_hypercube(low: Floats, high: Floats, count: int, seed: int) -> Floats:
    """(W1)  value[i,d] = low[d] + (high[d] - low[d]) (order[i,d] + u[i,d]) / N.

    For each field d, order is a random permutation of 0 to N - 1 and u is uniform on [0, 1): so each of N
    equal parts of a field's span is met once.

    Parameters
    ----------
    low, high : (D,) ends of the fields' spans
    count : N
    seed : the same points for the same seed

    Returns
    -------
    (N, D) values

    Notes
    -----
    McKay, Beckman and Conover (1979).
    """
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(d=low.size, rng=np.random.default_rng(seed)).random(count)
    return np.asarray(low + (high - low) * unit, dtype=np.float64)


def _drawn(sample: Sample) -> Iterator[Point]:
    spans = [(path, *_span(axis.values, axis.factors)) for path, axis in sample.over.items()]
    low, high = np.array([s.from_ for _, _, s in spans]), np.array([s.to for _, _, s in spans])
    for drawn in latin_hypercube(low, high, sample.points, sample.seed):
        yield tuple(Change(path, form, float(to)) for (path, form, _), to in zip(spans, drawn, strict=True))


def _span(values: Span | None, factors: Span | None) -> tuple[Form, Span]:
    if factors is not None:
        return "factors", factors
    assert values is not None
    return "values", values


def stepped(given: Steps) -> list[float]:
    """Numbers that are equally far apart, as people write them: without the last digits' noise."""
    return [float(f"{value:.12g}") for value in np.linspace(given.from_, given.to, given.steps)]


def _steps(given: Sequence[Scalar] | Steps) -> Sequence[Scalar]:
    return stepped(given) if isinstance(given, Steps) else given
