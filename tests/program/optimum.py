"""An optimum of the program by another way than the walk's: scipy, and rows added until none is missing."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.arrays import Floats
from planner.program.build import Program
from planner.program.separate import first_rows, violated
from planner.solver.matrix import Matrix, coefficients, with_rows

WITHIN = 1e-6
"""Per contact; a row is kept to within as much by the solver itself, so that asking for less never ends."""


def solved(made: Program) -> Floats:
    """An optimum of the program, loss rows added until none is missing; by another way than the walk's."""
    matrix = with_rows(made.matrix, first_rows(made))
    for _ in range(60):
        values = _integer_optimum(matrix)
        missing = violated(made, values, WITHIN)
        if not len(missing.rows):
            return values
        matrix = with_rows(matrix, missing.rows)
    raise AssertionError("loss rows without end")


def _integer_optimum(matrix: Matrix) -> Floats:
    table = coefficients(matrix.rows, len(matrix.cost))
    found = milp(
        matrix.cost,
        constraints=LinearConstraint(table, matrix.rows.lower, matrix.rows.upper),
        bounds=Bounds(matrix.lower, matrix.upper),
        integrality=matrix.integer.astype(int),
        options={"mip_rel_gap": 0.0},
    )
    assert found.status == 0, found.message
    values: Floats = found.x
    return np.where(matrix.integer, np.round(values), values)
