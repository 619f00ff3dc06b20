"""The relaxation with its duals, and what they say of a program that differs a little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.errors import SolverFailed
from planner.problem import Problem
from planner.program.build import Program, build
from planner.program.instance import instance
from planner.program.separate import first_rows, violated
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, coefficients
from planner.solver.relaxation import relaxation

_TOLERANCE, _CONTENT = 1e-8, 1e-7
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxation of a problem, solved until hardly anything is missing from what is counted.

    values, reduced_costs : (C,) of the written program's columns
    duals : by name of the written row, money per unit of its bound
    """

    matrix: Matrix
    cost: float
    values: Floats
    reduced_costs: Floats
    duals: dict[str, float]


def relaxed(problem: Problem, session: LinearSession) -> Relaxed:
    """Solve the relaxation.

    Raises
    ------
    NoPointHolds
        If it is infeasible.
    OutOfTime, Interrupted
        If the session's time is over.
    """
    program = build(instance(problem))
    done = relaxation(
        (program.matrix, first_rows(program)), lambda values: _separate(program, values), session, _ignored
    )
    solution = session.solve()
    if solution.status != "optimal":
        raise SolverFailed(f"the linear relaxation ended {solution.status}")
    names = program.matrix.rows.names
    duals = dict(zip(names, solution.row_duals[: len(names)].tolist(), strict=True))
    return Relaxed(program.matrix, done.bound, solution.values, solution.reduced_costs, duals)


def _separate(program: Program, values: Floats) -> tuple[Rows, bool]:
    missing = violated(program, values, _TOLERANCE)
    return missing.rows, missing.violation < _CONTENT


def _ignored(_bound: float) -> None:
    """Nobody watches."""


def price_of(at: Relaxed, moved: Matrix) -> float | None:
    """(E9)  price = change of cost x values + sum over rows of dual x (change of bound - change of
    row x values) + sum over columns of reduced cost x change of bound

    What the relaxation's cost changes by to first order where the written program becomes `moved`; None where
    columns come or go, or rows that hold.
    """
    if moved.column_names != at.matrix.column_names:
        return None
    here = _rows(at.matrix.rows, at)
    there = _rows(moved.rows, at)
    gone = [name for name, dual in at.duals.items() if abs(dual) > _NOTHING and name not in there]
    if gone:
        return None
    by_rows = sum(at.duals[name] * (there[name] - value) for name, value in here.items() if name in there)
    ends = np.where(at.reduced_costs > 0, moved.lower - at.matrix.lower, moved.upper - at.matrix.upper)
    used = np.abs(at.reduced_costs) > _NOTHING
    by_columns = float(at.reduced_costs[used] @ np.nan_to_num(ends[used], posinf=0.0, neginf=0.0))
    by_cost = float((moved.cost - at.matrix.cost) @ at.values) + moved.offset - at.matrix.offset
    return by_cost + by_rows + by_columns


def _rows(rows: Rows, at: Relaxed) -> dict[str, float]:
    """By name: bound that holds - row x values, of rows with a dual."""
    worked = coefficients(rows, at.values.size) @ at.values
    found = {}
    for name, value, lower, upper in zip(rows.names, worked, rows.lower, rows.upper, strict=True):
        dual = at.duals.get(name, 0.0)
        bound = lower if dual > 0 else upper
        if abs(dual) > _NOTHING and np.isfinite(bound):
            found[name] = float(bound - value)
    return found
