"""Rows on demand reach the bound of all rows at once, and the bound is borne out by its duals."""

from __future__ import annotations

import time

import numpy as np
import pytest

from planner.arrays import Floats
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, no_rows
from planner.solver.relaxation import NoPointHolds, relaxation


def bowl(lower: float = 0.0) -> Matrix:
    """Minimise V with V above tangents of (n - 3)^2 / 4 that come on demand; n is cheap to raise."""
    return Matrix(
        column_names=("n", "V"),
        cost=np.array([0.5, 1.0]),
        offset=0.0,
        lower=np.array([lower, 0.0]),
        upper=np.array([2.0, 100.0]),
        integer=np.zeros(2, dtype=np.bool_),
        rows=no_rows(),
    )


def tangent(at: float) -> Rows:
    """V - s n >= value - s at, the tangent of (n - 3)^2 / 4."""
    slope, value = (at - 3) / 2, (at - 3) ** 2 / 4
    return Rows(
        (),
        np.array([0, 2]),
        np.array([0, 1]),
        np.array([-slope, 1.0]),
        np.array([value - slope * at]),
        np.array([np.inf]),
    )


def test_rows_on_demand_reach_the_convex_optimum_from_below() -> None:
    told: list[float] = []

    def separate(values: Floats) -> tuple[Rows, bool]:
        n, counted = values
        return tangent(float(n)), (n - 3) ** 2 / 4 - counted < 1e-6

    with LinearSession(time.monotonic() + 20) as session:
        found = relaxation((bowl(), no_rows()), separate, session, told.append)

    # 0.5 n + (n - 3)^2 / 4 is least at n = 2, where it is 1.25
    assert found.bound == pytest.approx(1.25, abs=1e-5)
    assert told == sorted(told)
    assert found.rounds == len(told)


def test_a_relaxation_that_nothing_satisfies_says_so() -> None:
    empty = Rows((), np.array([0, 1]), np.array([0]), np.array([1.0]), np.array([5.0]), np.array([np.inf]))

    with LinearSession(time.monotonic() + 20) as session, pytest.raises(NoPointHolds):
        relaxation((bowl(), empty), lambda values: (no_rows(), True), session, lambda bound: None)
