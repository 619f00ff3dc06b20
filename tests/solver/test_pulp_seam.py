from __future__ import annotations

from pathlib import Path

import numpy as np
import pulp
import pytest

from planner.solver import pulp_seam
from planner.solver.matrix import coefficients


def mix() -> tuple[pulp_seam.Problem, list[pulp_seam.Column]]:
    """2 x + 3 y + 7, x + 4 y >= 5 + z, x = 2 y, y - z <= 6 with bounds on each decision."""
    problem = pulp_seam.new_problem("mix")
    x = pulp_seam.add_column(problem, "x", 0.0, np.inf, integer=True)
    y = pulp_seam.add_column(problem, "y", -np.inf, 8.0, integer=False)
    z = pulp_seam.add_column(problem, "z", 0.0, 1.0, integer=True)
    pulp_seam.set_cost(problem, 2 * x + 3 * y + 7)
    pulp_seam.add_row(problem, x + 4 * y >= 5 + z, "cover")
    pulp_seam.add_row(problem, x == 2 * y, "level")
    pulp_seam.add_row(problem, pulp.lpSum([y, -1 * z]) <= 6, "floor")
    return problem, [z, y, x]


def test_a_problem_in_pulp_becomes_the_matrix_one_would_write_by_hand() -> None:
    matrix = pulp_seam.matrix_of(*mix())
    assert matrix.column_names == ("z", "y", "x")
    assert matrix.cost.tolist() == [0.0, 3.0, 2.0]
    assert matrix.offset == 7.0
    assert matrix.lower.tolist() == [0.0, -np.inf, 0.0]
    assert matrix.upper.tolist() == [1.0, 8.0, np.inf]
    assert matrix.integer.tolist() == [True, False, True]
    assert matrix.rows.names == ("cover", "level", "floor")
    assert coefficients(matrix.rows, 3).toarray().tolist() == [[-1, 4, 1], [0, -2, 1], [-1, 1, 0]]
    assert matrix.rows.lower.tolist() == [5.0, 0.0, -np.inf]
    assert matrix.rows.upper.tolist() == [np.inf, 0.0, 6.0]


def test_the_file_names_every_row(tmp_path: Path) -> None:
    problem, _ = mix()
    pulp_seam.write_lp(problem, tmp_path / "mix.lp")
    text = (tmp_path / "mix.lp").read_text()
    assert all(f"{name}:" in text for name in ("cover", "level", "floor"))


def test_a_row_without_decisions_is_refused() -> None:
    with pytest.raises(TypeError, match="empty: this row holds no decision"):
        pulp_seam.add_row(pulp_seam.new_problem("empty"), True, "empty")


def test_a_decision_left_out_of_the_columns_is_noticed() -> None:
    problem, columns = mix()
    with pytest.raises(KeyError):
        pulp_seam.matrix_of(problem, columns[:2])


def test_a_cost_may_be_one_decision_or_a_number() -> None:
    problem, columns = mix()
    pulp_seam.set_cost(problem, columns[0])
    assert pulp_seam.matrix_of(problem, columns).cost.tolist() == [1.0, 0.0, 0.0]
    pulp_seam.set_cost(problem, 3.5)
    assert pulp_seam.matrix_of(problem, columns).offset == 3.5
