from __future__ import annotations

import numpy as np
import pytest

from planner.arrays import frozen_counts
from planner.solver.matrix import (
    Rows,
    activity,
    coefficients,
    no_rows,
    objective,
    part,
    relaxed,
    rounded,
    selected,
    stacked,
    violation,
    with_bounds,
    with_rows,
)
from tests.solver.programs import dense_rows, program

TWO_ROWS = dense_rows([[1, 2], [3, 0]], [4, -np.inf], [np.inf, 9])


def test_cost_is_the_offset_and_the_price_of_every_decision() -> None:
    assert objective(program([2, 5], TWO_ROWS), np.array([3.0, 1.0])) == 11.0


def test_a_solution_that_holds_has_no_violation() -> None:
    assert violation(program([1, 1], TWO_ROWS), np.array([2.0, 1.0])) == 0.0


def test_a_row_is_measured_relative_to_its_bound() -> None:
    assert violation(program([1, 1], TWO_ROWS), np.array([4.0, 0.0])) == pytest.approx(3 / 9)
    assert violation(program([1, 1], TWO_ROWS), np.array([0.0, 0.0])) == pytest.approx(4 / 4)


def test_a_bound_and_a_whole_number_are_measured_in_their_own_units() -> None:
    matrix = program([1, 1], TWO_ROWS, most=2.0)
    assert violation(matrix, np.array([2.0, 4.0])) == 2.0
    assert violation(matrix, np.array([2.0, 1.25])) == 0.25
    assert violation(relaxed(matrix), np.array([2.0, 1.25])) == 0.0


def test_a_value_that_is_no_number_never_holds() -> None:
    assert violation(program([1, 1], TWO_ROWS), np.array([2.0, np.nan])) == np.inf


def test_whole_numbers_are_rounded_only_where_they_nearly_are_whole() -> None:
    values = rounded(program([1, 1], TWO_ROWS), np.array([1.999999, 1.5]))
    assert values.tolist() == [2.0, 1.5]


def test_added_rows_stand_after_the_others() -> None:
    matrix = with_rows(program([1, 1], TWO_ROWS), dense_rows([[7, 8]], [1], [1]))
    assert coefficients(matrix.rows, 2).toarray().tolist() == [[1, 2], [3, 0], [7, 8]]
    assert activity(matrix.rows, np.array([1.0, 10.0])).tolist() == [21.0, 3.0, 87.0]


def test_selected_rows_keep_their_order_and_names() -> None:
    named = Rows(
        ("cover", "level"), TWO_ROWS.starts, TWO_ROWS.columns, TWO_ROWS.values, TWO_ROWS.lower, TWO_ROWS.upper
    )
    part = selected(named, frozen_counts([1]))
    assert part.names == ("level",)
    assert activity(part, np.array([2.0, 5.0])).tolist() == [6.0]


def test_nothing_added_changes_nothing() -> None:
    assert stacked(TWO_ROWS, no_rows()).values.tolist() == TWO_ROWS.values.tolist()
    assert activity(no_rows(), np.array([1.0])).tolist() == []


def test_changed_bounds_leave_the_first_program_as_it_was() -> None:
    matrix = program([1, 1], TWO_ROWS)
    changed = with_bounds(matrix, frozen_counts([1]), np.array([3.0]), np.array([4.0]))
    assert changed.lower.tolist() == [0.0, 3.0]
    assert changed.upper.tolist() == [np.inf, 4.0]
    assert matrix.lower.tolist() == [0.0, 0.0]


def test_rows_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="end at the non-zeros"):
        Rows((), np.array([0, 3]), np.array([0]), np.array([1.0]), np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="column that does not exist"):
        program([1.0], TWO_ROWS)


def test_a_part_costs_and_holds_as_the_whole_does_with_some_columns_standing_still() -> None:
    rows = dense_rows([[1, 2, 0], [3, 0, 1], [0, 5, 0]], [4, -np.inf, 1], [np.inf, 9, 20])
    whole = program([2, 5, 1], rows)
    smaller = part(whole, np.array([1]), np.array([3.0]))
    values = np.array([1.5, 3.0, 2.0])

    assert smaller.free.tolist() == [0, 2]
    assert len(smaller.matrix.rows) == 2, "the row that nothing moves any more is left out"
    assert smaller.inside(values).tolist() == [1.5, 2.0]
    assert smaller.outside(np.array([1.5, 2.0])).tolist() == values.tolist()
    assert objective(smaller.matrix, smaller.inside(values)) == objective(whole, values)
    assert smaller.matrix.rows.lower.tolist() == [4 - 2 * 3, -np.inf]
    assert violation(smaller.matrix, np.array([4.0, 0.0])) == pytest.approx(
        violation(whole, np.array([4.0, 3.0, 0.0]))
    )
