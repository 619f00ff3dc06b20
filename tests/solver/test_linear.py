from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from planner.arrays import Floats, frozen_counts
from planner.errors import OutOfTime, SolverFailed
from planner.solver.linear import LinearSession, Method, checked_bound
from planner.solver.matrix import Matrix, coefficients, objective, violation, with_rows
from tests.solver.programs import dense_rows, market_split, program


def soon() -> float:
    return time.monotonic() + 30.0


def diet() -> Matrix:
    """Minimise 3 x + 2 y where x + y >= 4, x + 3 y >= 6: the optimum is 8 at (0, 4) by its corners."""
    return program([3, 2], dense_rows([[1, 1], [1, 3]], [4, 6], [np.inf, np.inf]), most=10.0, whole=False)


def highs_by_scipy(matrix: Matrix) -> tuple[float, Floats]:
    """Optimum and row duals through another interface: every row has a lower bound only."""
    table = -coefficients(matrix.rows, len(matrix.cost))
    bounds = list(zip(matrix.lower, matrix.upper, strict=True))
    found = linprog(matrix.cost, A_ub=table.toarray(), b_ub=-matrix.rows.lower, bounds=bounds)
    assert found.fun is not None
    return float(found.fun), -np.asarray(found.ineqlin.marginals)


def test_the_optimum_of_a_small_program_is_the_best_corner() -> None:
    with LinearSession(soon()) as session:
        session.load(diet())
        solution = session.solve()
    assert solution.status == "optimal"
    assert solution.cost == pytest.approx(8.0)
    assert solution.values == pytest.approx(np.array([0.0, 4.0]))
    assert solution.row_duals == pytest.approx(np.array([2.0, 0.0]))
    assert solution.reduced_costs == pytest.approx(np.array([1.0, 0.0]))


@pytest.mark.parametrize("method", ["simplex", "ipm"])
def test_a_session_that_goes_on_agrees_with_one_that_starts_anew(method: Method) -> None:
    matrix = market_split()
    cut = dense_rows([[1.0] * 30 + [0.0] * 8, [0.0] * 30 + [1.0] * 8], [17.0, 3.0], [np.inf, np.inf])
    with LinearSession(soon(), method) as session:
        session.load(matrix)
        session.solve()
        session.add_rows(cut)
        warm = session.solve()  # the last eight columns cost 1 each, the cut wants three of them
        session.load(with_rows(matrix, cut))
        cold = session.solve()
    assert warm.cost == pytest.approx(13.0)
    assert cold.cost == pytest.approx(warm.cost)
    assert len(warm.row_duals) == len(cold.row_duals) == 6


def test_every_change_counts_from_the_next_solve_on() -> None:
    with LinearSession(soon()) as session:
        session.load(diet())
        session.change_bounds(frozen_counts([1]), np.array([0.0]), np.array([1.0]))
        assert session.solve().cost == pytest.approx(11.0)
        session.change_cost(frozen_counts([0]), np.array([1.0]))
        assert session.solve().cost == pytest.approx(5.0)
        session.remove_rows(frozen_counts([1]))
        session.change_row_bounds(frozen_counts([0]), np.array([0.5]), np.array([9.0]))
        assert session.solve().cost == pytest.approx(0.5)


def test_impossible_and_endless_programs_are_called_so() -> None:
    with LinearSession(soon()) as session:
        session.load(program([1, 1], dense_rows([[1, 1]], [5], [np.inf]), most=2.0))
        assert session.solve().status == "infeasible"
        session.load(program([-1, 1], dense_rows([[1, -1]], [0], [np.inf])))
        endless = session.solve()
        assert endless.status == "unbounded"
        assert endless.values.size == 0


def test_a_deadline_that_has_passed_ends_the_session() -> None:
    with LinearSession(time.monotonic() + 0.01) as session:
        session.load(diet())
        with pytest.raises(OutOfTime):
            session.solve()


def test_a_solver_that_dies_leaves_its_last_words() -> None:
    with LinearSession(soon(), options={"no such option": 1.0}) as session:
        session.load(diet())
        with pytest.raises(SolverFailed, match="HiGHS refused"):
            session.solve()


@st.composite
def covers(draw: st.DrawFn) -> Matrix:
    """Feasible cover programs: every row can be met with a third of what the columns allow."""
    columns = draw(st.integers(1, 6))
    whole = st.integers(0, 9).map(float)
    cost = draw(st.lists(whole, min_size=columns, max_size=columns))
    table = draw(st.lists(st.lists(whole, min_size=columns, max_size=columns), min_size=1, max_size=5))
    need = [sum(row) * draw(st.floats(0.0, 10.0)) for row in table]
    return program(cost, dense_rows(table, need, [np.inf] * len(table)), most=30.0, whole=False)


@settings(max_examples=60, deadline=None)
@given(covers(), st.lists(st.floats(-5, 5), min_size=5, max_size=5))
def test_no_duals_make_a_bound_above_the_optimum(matrix: Matrix, guess: list[float]) -> None:
    optimum, duals = highs_by_scipy(matrix)
    assert checked_bound(matrix, np.array(guess[: len(matrix.rows)])) <= optimum + 1e-9 * max(1.0, optimum)
    assert checked_bound(matrix, duals) == pytest.approx(optimum, rel=1e-6, abs=1e-9)


def test_a_reduced_cost_that_pulls_to_infinity_bounds_nothing() -> None:
    matrix = program([1, 1], dense_rows([[1, 1]], [5], [np.inf]))
    assert checked_bound(matrix, np.array([2.0])) == -np.inf
    assert checked_bound(matrix, np.array([1.0])) == pytest.approx(5.0)


def test_the_bound_of_a_session_is_checked_by_the_programs_own_numbers() -> None:
    matrix = market_split(seed=3)
    with LinearSession(soon()) as session:
        session.load(matrix)
        solution = session.solve()
    assert violation(matrix, np.round(solution.values, 9)) >= 0.0
    assert objective(matrix, solution.values) == pytest.approx(solution.cost)
    assert checked_bound(matrix, solution.row_duals) == pytest.approx(solution.cost)
