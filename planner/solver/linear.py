"""One linear program, kept alive in a process of its own while rows, bounds and costs change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats, frozen, require
from planner.solver.basis import Basis
from planner.solver.matrix import Matrix, Rows, combined
from planner.solver.process import Child

LinearStatus: TypeAlias = Literal["optimal", "infeasible", "unbounded", "stopped"]
Method: TypeAlias = Literal["choose", "simplex", "ipm"]
ROUNDING = 1e-9  # share of a column's money below which its reduced cost is rounding


@dataclass(frozen=True, slots=True)
class LinearSolution:
    """How a linear solve ended. Only an optimal one has a cost; the others have nan and empty arrays.

    cost : money, as the solver says
    values : (C,)
    row_duals : (R,) what one more unit of the row's bound costs; positive where the lower bound holds
    reduced_costs : (C,)
    """

    status: LinearStatus
    cost: float
    values: Floats
    row_duals: Floats
    reduced_costs: Floats

    def __post_init__(self) -> None:
        for field in ("values", "row_duals", "reduced_costs"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        require(self.values.shape == self.reduced_costs.shape, "a solution has a reduced cost per column")


class LinearSession:
    """A linear program in HiGHS, solved again and again from where it stood.

    Changes are sent at once and take effect in the order they were made; only `solve` waits.

    Parameters
    ----------
    deadline : in `time.monotonic` terms; the process is killed then
    method : how the first solve after a load goes: simplex, or ipm (interior point, then crossover), which is
        faster on large programs; later solves start from the basis
    options : HiGHS options by name
    stopped : asked now and then while a solve takes its time; true ends it

    Raises
    ------
    OutOfTime
        From `solve` and `basis`, if the deadline comes first.
    Interrupted
        From `solve` and `basis`, if `stopped` says so.
    SolverFailed
        From `solve` and `basis`, if HiGHS refused something or died, with its last words.
    """

    def __init__(
        self,
        deadline: float,
        method: Method = "choose",
        options: Mapping[str, float | str | bool] | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._deadline = deadline
        self._method = method
        self._stopped = stopped
        self._options = dict(options or {})
        self._child = Child("highs", "linear")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._child.close()

    def load(self, matrix: Matrix, begin: Basis | None = None) -> None:
        """Take this program, whole numbers relaxed, in place of any before; `begin` is where to start."""
        self._child.post("load", matrix, self._method, self._options, begin)

    def add_rows(self, rows: Rows) -> None:
        """Add rows after those there are."""
        self._child.post("add_rows", rows)

    def remove_rows(self, rows: Counts) -> None:
        """Remove the rows at these positions; later ones move up."""
        self._child.post("remove_rows", rows)

    def change_bounds(self, columns: Counts, lower: Floats, upper: Floats) -> None:
        """Give these columns other bounds."""
        self._child.post("change_bounds", columns, lower, upper)

    def change_row_bounds(self, rows: Counts, lower: Floats, upper: Floats) -> None:
        """Give these rows other bounds."""
        self._child.post("change_row_bounds", rows, lower, upper)

    def change_cost(self, columns: Counts, values: Floats) -> None:
        """Give these columns another cost."""
        self._child.post("change_cost", columns, values)

    def solve(self) -> LinearSolution:
        """Solve the program as it stands."""
        self._child.post("solve")
        return LinearSolution(*self._child.receive(self._deadline, self._stopped))

    def basis(self) -> Basis:
        """Where the last solve ended."""
        self._child.post("basis")
        columns, rows = self._child.receive(self._deadline, self._stopped)
        return Basis(np.array(columns), np.array(rows))


def checked_bound(matrix: Matrix, row_duals: Floats) -> float:
    """A bound on the cost of every solution, from the row duals and the program's own numbers alone.

    offset + sum over rows of dual x bound + sum over columns of the least reduced cost x value. It holds for
    any duals, right or wrong; optimal ones make it the cost of the linear relaxation.

    Parameters
    ----------
    row_duals : (R,); one whose bound is infinite counts as zero

    Returns
    -------
    money; -inf if a reduced cost pulls a column towards an infinite bound

    Notes
    -----
    A reduced cost is the difference of larger numbers. Where it is below a billionth of their sum, it is
    taken for zero at an infinite bound, since solvers know it no better. Finite bounds avoid that.
    """
    rows = matrix.rows
    bounds = np.where(row_duals > 0, rows.lower, rows.upper)
    duals = np.where(np.isfinite(bounds), row_duals, 0.0)
    reduced = matrix.cost - combined(rows, rows.values, duals, len(matrix.cost))
    size = np.abs(matrix.cost) + combined(rows, np.abs(rows.values), np.abs(duals), len(matrix.cost))
    ends = np.where(reduced > 0, matrix.lower, matrix.upper)
    free = ~np.isfinite(ends)
    if np.any(np.abs(reduced[free]) > ROUNDING * size[free]):
        return float("-inf")
    by_rows = duals @ np.where(np.isfinite(bounds), bounds, 0.0)
    return float(matrix.offset + by_rows + reduced[~free] @ ends[~free])
