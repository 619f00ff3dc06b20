"""Rows on demand reach the bound of all rows at once, and the bound is borne out by its duals."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import reduce

import numpy as np
import pytest

from planner.arrays import Floats
from planner.solver.linear import LinearSession, checked_bound
from planner.solver.matrix import Matrix, Rows, no_rows, stacked
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


def bowl_with_rows(budget: float, floor: bool) -> Matrix:
    """The bowl with V at most a budget, and n at least 2.2 if there is a floor."""
    names = ("budget", "floor") if floor else ("budget",)
    rows = Rows(
        names,
        np.arange(len(names) + 1),
        np.array([1, 0])[: len(names)],
        np.ones(len(names)),
        np.array([-np.inf, 2.2])[: len(names)],
        np.array([budget, np.inf])[: len(names)],
    )
    return replace(bowl(), upper=np.array([9.0, 100.0]), rows=rows)


def of_bowl(values: Floats) -> tuple[Rows, bool]:
    n, counted = values
    return tangent(float(n)), (n - 3) ** 2 / 4 - counted < 1e-6


def test_a_relaxation_goes_on_from_where_one_with_other_limits_ended() -> None:
    with LinearSession(time.monotonic() + 20) as session:
        first = relaxation((bowl_with_rows(0.1, False), no_rows()), of_bowl, session, lambda _: None)
        again = bowl_with_rows(0.04, False)
        cold = relaxation((again, no_rows()), of_bowl, session, lambda _: None)
        warm = relaxation((again, first.rows), of_bowl, session, lambda _: None, first.basis)
    # V = (n - 3)^2 / 4 <= 0.04 leaves n >= 2.6
    assert cold.bound == pytest.approx(0.5 * 2.6 + 0.04, abs=1e-5)
    assert warm.bound == pytest.approx(cold.bound, abs=1e-5)
    assert warm.rounds < cold.rounds


@pytest.mark.parametrize("floor_before", [True, False])
def test_a_row_that_came_or_went_does_no_harm(floor_before: bool) -> None:
    with LinearSession(time.monotonic() + 20) as session:
        before = relaxation((bowl_with_rows(1.0, floor_before), no_rows()), of_bowl, session, lambda _: None)
        now = bowl_with_rows(1.0, not floor_before)
        found = relaxation((now, before.rows), of_bowl, session, lambda _: None, before.basis)
    n = 2.0 if floor_before else 2.2
    assert found.bound == pytest.approx(0.5 * n + (n - 3) ** 2 / 4, abs=1e-5)


def test_the_same_program_from_its_own_end_is_solved_without_a_step() -> None:
    with LinearSession(time.monotonic() + 20) as session:
        first = relaxation((bowl(), no_rows()), of_bowl, session, lambda _: None)
        again = relaxation((bowl(), first.rows), of_bowl, session, lambda _: None, first.basis)
    assert again.rounds == 1
    assert again.bound == pytest.approx(first.bound, abs=1e-9)
    assert np.array_equal(again.basis.basis.columns, first.basis.basis.columns)


def test_rows_that_are_away_from_the_point_are_let_go_and_the_bound_is_the_same() -> None:
    far = [tangent(float(at)) for at in (0.0, 0.5, 6.0, 9.0)]
    first = reduce(stacked, far)
    with LinearSession(time.monotonic() + 20) as session:
        thin = relaxation((bowl(), first), of_bowl, session, lambda _: None)
        held = session.solve()
        plain = relaxation((bowl(), no_rows()), of_bowl, session, lambda _: None)
    assert thin.bound == pytest.approx(plain.bound, abs=1e-6)
    assert len(thin.rows) < len(first) + thin.rounds - 1
    assert len(thin.held.rows) == len(thin.rows)
    assert held.row_duals.size == len(thin.held.rows), "the session holds the same rows"
    assert checked_bound(thin.held, held.row_duals) == pytest.approx(thin.bound, abs=1e-9)
    assert thin.basis.basis.rows.size == len(thin.held.rows)
