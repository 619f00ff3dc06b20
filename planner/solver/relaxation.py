"""The linear relaxation with rows on demand: a bound that rises round by round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Flags, Floats
from planner.errors import SolverFailed
from planner.solver.basis import NamedBasis
from planner.solver.linear import LinearSession, LinearSolution, checked_bound
from planner.solver.matrix import Matrix, Rows, activity, relaxed, selected, with_rows

_MOST_ROUNDS = 60
_AGREES = 1e-6
_RISEN = 1e-6
_SPARE = 1e-6
"""Of the unit of a row; one that has more to spare is away from the point."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The relaxation once no row is violated by much.

    bound : money no plan can undercut, computed from the duals by our own arithmetic
    values : (C,) the relaxation's point
    reduced_costs : (C,) money
    rows : those on demand that the program holds at the end
    basis : where the simplex method ended, for the written program and these rows
    rounds : linear programs solved
    held : the program as the session holds it, with these rows
    """

    bound: float
    values: Floats
    reduced_costs: Floats
    rows: Rows
    basis: NamedBasis
    rounds: int
    held: Matrix


class NoPointHolds(SolverFailed):
    """Not even fractions of people keep every rule."""


def relaxation(
    written: tuple[Matrix, Rows],
    separate: Callable[[Floats], tuple[Rows, bool]],
    session: LinearSession,
    watch: Callable[[float], None],
    begin: NamedBasis | None = None,
) -> Relaxation:
    """Solve, add violated rows, solve again from the last basis, until `separate` is content.

    Rows on demand that a point keeps with room to spare go again, as long as the bound rises: the linear
    program stays small, and that is most of its time.

    Parameters
    ----------
    written : the program, and the first of the rows on demand
    separate : gives the rows a point violates, and whether it is near enough
    session : where the linear programs are solved
    watch : told every bound
    begin : where a program that differs a little ended, with the same first rows

    Raises
    ------
    NoPointHolds
        If the relaxation is infeasible.
    SolverFailed
        If the solver's bound is not borne out by its duals.
    """
    matrix, first = written
    program, rounds = with_rows(relaxed(matrix), first), 0
    names = matrix.column_names, matrix.rows.names
    session.load(program, None if begin is None else begin.for_program(*names))
    best = -np.inf
    while True:
        solution = session.solve()
        bound, rounds = verified(program, solution), rounds + 1
        watch(bound)
        rows, content = separate(solution.values)
        if content or not len(rows) or rounds == _MOST_ROUNDS:
            break
        if bound > best + _RISEN * abs(bound):
            program = _thinned(program, len(matrix.rows), solution.values, session)
        best = max(best, bound)
        program = with_rows(program, rows)
        session.add_rows(rows)
    return Relaxation(
        bound,
        solution.values,
        solution.reduced_costs,
        selected(program.rows, np.arange(len(matrix.rows), len(program.rows))),
        NamedBasis(*names, session.basis()),
        rounds,
        program,
    )


def _thinned(program: Matrix, written: int, values: Floats, session: LinearSession) -> Matrix:
    """Without the rows on demand that this point keeps with room to spare; the session likewise."""
    away = spare(program.rows, values)
    away[:written] = False
    return without(program, away, session)


def spare(rows: Rows, values: Floats) -> Flags:
    """(R,) the rows that a point keeps with room to spare."""
    at = activity(rows, values)
    found: Flags = np.minimum(at - rows.lower, rows.upper - at) > _SPARE
    return found


def without(program: Matrix, away: Flags, session: LinearSession) -> Matrix:
    """The program without some rows; the session likewise, which stands where it stood."""
    if not away.any():
        return program
    session.remove_rows(np.flatnonzero(away))
    return replace(program, rows=selected(program.rows, np.flatnonzero(~away)))


def verified(program: Matrix, solution: LinearSolution) -> float:
    """The bound that the duals prove, which must agree with the solver's word.

    Raises
    ------
    NoPointHolds
        If the program is infeasible.
    SolverFailed
        If the solver did not end, or its bound is not borne out by its duals.
    """
    if solution.status == "infeasible":
        raise NoPointHolds("the linear relaxation is infeasible")
    if solution.status != "optimal":
        raise SolverFailed(f"the linear relaxation ended {solution.status}")
    bound = checked_bound(program, solution.row_duals)
    if abs(bound - solution.cost) > _AGREES * max(1.0, abs(solution.cost)) * 10:
        raise SolverFailed(f"HiGHS reports {solution.cost}, its duals prove {bound}")
    return min(bound, solution.cost)
