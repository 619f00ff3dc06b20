"""The seam to PuLP: what PuLP 3.3 and PuLP 4 share, and the way from a problem to arrays.

PuLP writes the model and never solves it here. Both versions have `add_variable`, `addConstraint`,
`setObjective` and `constraints()`; a variable's hash tells it apart in both (its address in 3.3, its number
in 4), while comparing variables with == makes a row in both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pulp

from planner.arrays import Floats
from planner.solver.matrix import Matrix, Rows

# The classes differ between the versions (a row is an LpConstraint in 3.3 and an LpAffineExpression in 4).
Problem: TypeAlias = Any
Column: TypeAlias = Any
Expression: TypeAlias = Any
Row: TypeAlias = Any

LONGEST_NAME = 255  # of the LP format


def new_problem(name: str) -> Problem:
    """An empty problem, to be minimised."""
    return pulp.LpProblem(name, pulp.LpMinimize)


def add_column(problem: Problem, name: str, lower: float, upper: float, integer: bool) -> Column:
    """A decision of the problem; an infinite bound leaves its side free."""
    kind = pulp.LpInteger if integer else pulp.LpContinuous
    return problem.add_variable(name, _finite(lower), _finite(upper), kind)


def add_row(problem: Problem, row: Row, name: str) -> None:
    """What must hold.

    Raises
    ------
    TypeError
        If the row holds no decision, so that Python compared two numbers.
    """
    if isinstance(row, bool | np.bool_):
        raise TypeError(f"{name}: this row holds no decision")
    problem.addConstraint(row, name)


def set_cost(problem: Problem, expression: Expression) -> None:
    """What is minimised: an expression, a decision or a number."""
    problem.setObjective(pulp.lpSum([expression]))


def write_lp(problem: Problem, path: Path) -> None:
    """The problem as a readable LP file."""
    problem.writeLP(str(path), max_length=LONGEST_NAME)


def matrix_of(problem: Problem, columns: Sequence[Column]) -> Matrix:
    """The problem as arrays.

    Parameters
    ----------
    columns : every decision of the problem, in the order the arrays shall have

    Raises
    ------
    KeyError
        If a row or the cost holds a decision that is not among the columns.
    """
    position = {hash(column): index for index, column in enumerate(columns)}
    cost = np.zeros(len(columns))
    for column, value in problem.objective.items():
        cost[position[hash(column)]] = value
    return Matrix(
        column_names=tuple(column.name for column in columns),
        cost=cost,
        offset=float(problem.objective.constant),
        lower=_bounds([column.lowBound for column in columns], -math.inf),
        upper=_bounds([column.upBound for column in columns], math.inf),
        integer=np.array([column.cat == pulp.LpInteger for column in columns], dtype=np.bool_),
        rows=_rows(problem.constraints(), position),
    )


def _rows(constraints: Sequence[Row], position: dict[int, int]) -> Rows:
    starts, columns, values = [0], [], []
    for constraint in constraints:
        items = constraint.items()
        columns.extend([position[hash(column)] for column, _ in items])
        values.extend([value for _, value in items])
        starts.append(len(columns))
    right = np.array([-constraint.constant for constraint in constraints], dtype=np.float64)
    sense = np.array([constraint.sense for constraint in constraints], dtype=np.int64)
    return Rows(
        names=tuple(constraint.name for constraint in constraints),
        starts=np.array(starts),
        columns=np.array(columns, dtype=np.int64),
        values=np.array(values, dtype=np.float64),
        lower=np.where(sense == pulp.LpConstraintLE, -np.inf, right),
        upper=np.where(sense == pulp.LpConstraintGE, np.inf, right),
    )


def _finite(bound: float) -> float | None:
    return float(bound) if math.isfinite(bound) else None


def _bounds(bounds: Sequence[float | None], free: float) -> Floats:
    return np.array([free if bound is None else bound for bound in bounds], dtype=np.float64)
