"""HiGHS, inside a child process: linear programs kept alive, and integer solves."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

import highspy
import numpy as np

from planner.arrays import Counts, Floats
from planner.solver.basis import Basis
from planner.solver.matrix import Matrix, Rows, rounded, violation

ROW_WISE = 2
MINIMISE = 1
FEASIBLE = 2
TIGHT = 1e-6  # the violation that solvers allow themselves
PAUSE_SECONDS = 0.1  # between two bounds that are told
ANSWERS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kModelEmpty: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kUnknown: "stopped",
    highspy.HighsModelStatus.kTimeLimit: "stopped",
    highspy.HighsModelStatus.kIterationLimit: "stopped",
    highspy.HighsModelStatus.kSolutionLimit: "stopped",
    highspy.HighsModelStatus.kInterrupt: "stopped",
    highspy.HighsModelStatus.kHighsInterrupt: "stopped",
    highspy.HighsModelStatus.kObjectiveBound: "stopped",
    highspy.HighsModelStatus.kObjectiveTarget: "stopped",
}


def serve(connection: Connection[Any, Any]) -> None:
    """Answer messages until the parent closes the connection: one integer solve, or a linear session."""
    session = _Session(connection)
    while True:
        try:
            verb, *arguments = connection.recv()
        except EOFError:
            return
        if verb == "mixed":
            solve_mixed(connection, *arguments)
        else:
            getattr(session, verb)(*arguments)


class _Session:
    """A linear program that stays in HiGHS with its basis; its methods are the messages of LinearSession."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._highs = new_highs({})
        self._later = ""

    def load(self, matrix: Matrix, method: str, options: Mapping[str, Any], begin: Basis | None) -> None:
        self._highs = new_highs({**options, "solver": method if begin is None else "choose"})
        self._later = "choose"
        pass_model(self._highs, matrix, integer=False)
        if begin is not None:
            must(self._highs.setBasis(_highs_basis(begin)))

    def add_rows(self, rows: Rows) -> None:
        must(
            self._highs.addRows(
                len(rows),
                rows.lower,
                rows.upper,
                len(rows.values),
                _indices(rows.starts[:-1]),
                _indices(rows.columns),
                rows.values,
            )
        )

    def remove_rows(self, which: Counts) -> None:
        must(self._highs.deleteRows(len(which), _indices(np.sort(which))))

    def change_bounds(self, columns: Counts, lower: Floats, upper: Floats) -> None:
        must(self._highs.changeColsBounds(len(columns), _indices(columns), lower, upper))

    def change_row_bounds(self, rows: Counts, lower: Floats, upper: Floats) -> None:
        must(self._highs.changeRowsBounds(len(rows), _indices(rows), lower, upper))

    def change_cost(self, columns: Counts, values: Floats) -> None:
        must(self._highs.changeColsCost(len(columns), _indices(columns), values))

    def basis(self) -> None:
        stands = self._highs.getBasis()
        self._connection.send(
            tuple([int(kind) for kind in kinds] for kinds in (stands.col_status, stands.row_status))
        )

    def solve(self) -> None:
        status = answer(self._highs)
        solution, cost = self._highs.getSolution(), float("nan")
        parts: tuple[Any, ...] = ([], [], [])
        if status == "optimal":
            parts = (solution.col_value, solution.row_dual, solution.col_dual)
            cost = self._highs.getObjectiveValue()
        self._connection.send((status, cost, *(np.array(part, dtype=np.float64) for part in parts)))
        must(self._highs.setOptionValue("solver", self._later))


def _highs_basis(begin: Basis) -> highspy.HighsBasis:
    """A basis that HiGHS completes or thins out where it has too few or too many members."""
    basis = highspy.HighsBasis()
    basis.col_status = [highspy.HighsBasisStatus(int(kind)) for kind in begin.columns]
    basis.row_status = [highspy.HighsBasisStatus(int(kind)) for kind in begin.rows]
    basis.valid, basis.alien = True, True
    return basis


def new_highs(options: Mapping[str, Any]) -> highspy.Highs:
    """A silent HiGHS on one thread, with these options."""
    highs = highspy.Highs()
    settings = {"output_flag": False, "threads": 1, "parallel": "off", **options}
    for name, value in settings.items():
        must(highs.setOptionValue(name, value))
    return highs


def pass_model(highs: highspy.Highs, matrix: Matrix, integer: bool = True) -> None:
    """Give HiGHS the whole program at once."""
    rows = matrix.rows
    kinds = matrix.integer if integer else np.zeros(len(matrix.cost))
    must(
        highs.passModel(
            len(matrix.cost),
            len(rows),
            len(rows.values),
            ROW_WISE,
            MINIMISE,
            matrix.offset,
            matrix.cost,
            matrix.lower,
            matrix.upper,
            rows.lower,
            rows.upper,
            _indices(rows.starts),
            _indices(rows.columns),
            rows.values,
            _indices(kinds),
        )
    )


def must(status: highspy.HighsStatus) -> None:
    """Raise RuntimeError where HiGHS refused."""
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused what it was given")


def answer(highs: highspy.Highs) -> str:
    """Solve, and say in one word how it ended.

    Raises
    ------
    RuntimeError
        If HiGHS gave up.
    """
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        must(highs.setOptionValue("presolve", "off"))  # which of the two, only a full solve tells
        highs.run()
        must(highs.setOptionValue("presolve", "choose"))
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnknown:
        must(highs.clearSolver())  # numerical trouble on the way from an old basis: start afresh
        highs.run()
    status = highs.getModelStatus()
    if status not in ANSWERS:
        raise RuntimeError(f"HiGHS stopped with {highs.modelStatusToString(status)}")
    return ANSWERS[status]


def solve_mixed(connection: Connection[Any, Any], matrix: Matrix, order: Mapping[str, Any]) -> None:
    """Solve an integer program; sends ("plan", values), ("bound", bound), at last ("done", status, bound)."""
    effort = {"balanced": 0.05, "plans": 0.3, "bound": 0.0}[order["emphasis"]]
    options = {
        "mip_rel_gap": order["gap"],
        "random_seed": order["seed"],
        "mip_heuristic_effort": effort,
        "time_limit": max(0.1, order["soft_deadline"] - time.monotonic()),
        **({} if order["nodes"] is None else {"mip_max_nodes": order["nodes"]}),
        **order["options"],
    }
    highs = new_highs(options)
    pass_model(highs, matrix)
    if order["start"] is not None:
        columns = np.arange(len(matrix.cost), dtype=np.int32)
        must(highs.setSolution(len(columns), columns, order["start"]))
    _stream(highs, matrix, connection, pause_seconds(order))
    status = answer(highs)
    info = highs.getInfo()
    if status in {"optimal", "stopped"} and info.primal_solution_status == FEASIBLE:
        send_plan(connection, matrix, np.array(highs.getSolution().col_value))
    connection.send(("done", status, _bound(info, matrix, status)))


def _bound(info: highspy.HighsInfo, matrix: Matrix, status: str) -> float:
    """What HiGHS proved; a linear program has only its optimum for a bound."""
    if np.any(matrix.integer):
        return float(info.mip_dual_bound)
    return float(info.objective_function_value) if status == "optimal" else -math.inf


def pause_seconds(order: Mapping[str, Any]) -> float:
    """Between two bounds that are told: none where the same work shall tell the same."""
    return PAUSE_SECONDS if order["nodes"] is None else 0.0


def _stream(highs: highspy.Highs, matrix: Matrix, connection: Connection[Any, Any], pause: float) -> None:
    """Send plans and bounds as HiGHS finds them."""
    best, quiet_until = -np.inf, 0.0

    def plan(event: Any) -> None:
        send_plan(connection, matrix, np.array(event.data_out.mip_solution))

    def bound(event: Any) -> None:
        nonlocal best, quiet_until
        value = float(event.data_out.mip_dual_bound)
        if math.isfinite(value) and value > best + 1e-6 * abs(value) and time.monotonic() >= quiet_until:
            best, quiet_until = value, time.monotonic() + pause
            connection.send(("bound", value))

    highs.cbMipImprovingSolution += plan
    highs.cbMipInterrupt += bound


def send_plan(connection: Connection[Any, Any], matrix: Matrix, values: Floats) -> None:
    """Send a plan with its whole numbers made whole.

    Where that breaks a row, the other columns are computed again; where that fails, the plan goes as it is.
    """
    whole = rounded(matrix, values)
    if violation(matrix, whole) > TIGHT:
        again = completed(matrix, whole)
        whole = values if again is None else again
    connection.send(("plan", whole))


def completed(matrix: Matrix, whole: Floats) -> Floats | None:
    """The cheapest plan with these whole numbers; None where there is none."""
    fixed = np.where(matrix.integer, whole, matrix.lower), np.where(matrix.integer, whole, matrix.upper)
    highs = new_highs({"time_limit": 5.0, "primal_feasibility_tolerance": 1e-8})
    pass_model(highs, replace(matrix, lower=fixed[0], upper=fixed[1]), integer=False)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return rounded(matrix, np.array(highs.getSolution().col_value))


def _indices(values: Counts | Floats | Any) -> Any:
    return np.ascontiguousarray(values, dtype=np.int32)
