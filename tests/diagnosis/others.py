"""Whether a plan exists, and the least it costs, by another way than the walk's: scipy and rows on demand."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from planner.arrays import Floats
from planner.problem import Problem
from planner.program.build import build
from planner.program.instance import instance
from planner.program.separate import first_rows, violated
from planner.solver.matrix import Matrix, coefficients, objective, with_rows

WITHIN = 1e-6
INFEASIBLE = 2


def least_cost(of: Problem) -> float:
    """Cost of the cheapest plan of the program; infinite if there is none."""
    made = build(instance(of))
    matrix = with_rows(made.matrix, first_rows(made))
    for _ in range(60):
        values = _optimum(matrix)
        if values is None:
            return float("inf")
        missing = violated(made, values, WITHIN)
        if not len(missing.rows):
            return objective(matrix, values)
        matrix = with_rows(matrix, missing.rows)
    raise AssertionError("loss rows without end")


def exists(of: Problem) -> bool:
    return least_cost(of) < float("inf")


def _optimum(matrix: Matrix) -> Floats | None:
    found = milp(
        matrix.cost,
        constraints=LinearConstraint(
            coefficients(matrix.rows, len(matrix.cost)), matrix.rows.lower, matrix.rows.upper
        ),
        bounds=Bounds(matrix.lower, matrix.upper),
        integrality=matrix.integer.astype(int),
        options={"mip_rel_gap": 0.0},
    )
    if found.status == INFEASIBLE:
        return None
    assert found.status == 0, found.message
    values: Floats = found.x
    return np.where(matrix.integer, np.round(values), values)
