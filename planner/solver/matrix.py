"""A program as arrays: what the solvers are given, and what their answers are judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen, frozen_counts, frozen_flags, require

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class Rows:
    """Linear rows, lower <= values x columns <= upper, stored row after row (CSR).

    names : one per row, or () where nobody will ask
    starts : (R+1,) where each row begins in `columns` and `values`
    columns : (N,) index of the column of each non-zero, at most once per row
    values : (N,) the non-zeros
    lower, upper : (R,) infinite where a side is free, equal for an equation
    """

    names: tuple[str, ...]
    starts: Counts
    columns: Counts
    values: Floats
    lower: Floats
    upper: Floats

    def __post_init__(self) -> None:
        for field in ("starts", "columns"):
            object.__setattr__(self, field, frozen_counts(getattr(self, field)))
        for field in ("values", "lower", "upper"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        count = len(self.lower)
        require(self.upper.shape == self.lower.shape == (count,), "rows need as many upper as lower bounds")
        require(self.starts.shape == (count + 1,), "rows need one start per row and the end of the last")
        require(self.starts[0] == 0 and bool(np.all(np.diff(self.starts) >= 0)), "row starts must not fall")
        ends = len(self.columns) == len(self.values) == self.starts[-1]
        require(bool(ends), "row starts must end at the non-zeros")
        require(bool(np.all(np.isfinite(self.values))), "coefficients must be finite")
        require(not bool(np.any(np.isnan(self.lower) | np.isnan(self.upper))), "row bounds must be numbers")
        require(len(self.names) in (0, count), "rows need a name each, or none at all")

    def __len__(self) -> int:
        """How many rows."""
        return len(self.lower)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A program, always to be minimised.

    column_names : C names
    cost : (C,) money per unit of each column
    offset : money that no decision changes
    lower, upper : (C,) bounds, infinite where a side is free
    integer : (C,) which columns are whole numbers
    rows : what must hold
    """

    column_names: tuple[str, ...]
    cost: Floats
    offset: float
    lower: Floats
    upper: Floats
    integer: Flags
    rows: Rows

    def __post_init__(self) -> None:
        for field in ("cost", "lower", "upper"):
            object.__setattr__(self, field, frozen(getattr(self, field)))
        object.__setattr__(self, "integer", frozen_flags(self.integer))
        shape = (len(self.column_names),)
        shapes = {self.cost.shape, self.lower.shape, self.upper.shape, self.integer.shape}
        require(shapes == {shape}, "a program needs a cost, bounds and a kind for every column name")
        require(bool(np.all(np.isfinite(self.cost))) and np.isfinite(self.offset), "costs must be finite")
        known = not np.any(np.isnan(self.lower) | np.isnan(self.upper))
        require(known, "column bounds must be numbers")
        columns = self.rows.columns
        inside = columns.size == 0 or (columns.min() >= 0 and columns.max() < shape[0])
        require(bool(inside), "a row names a column that does not exist")


def no_rows() -> Rows:
    """No rows at all."""
    none = np.zeros(0)
    return Rows((), frozen_counts([0]), frozen_counts([]), none, none, none)


def stacked(first: Rows, second: Rows) -> Rows:
    """The rows of both, the first's first; names only where both have them."""
    named = all(part.names or not len(part) for part in (first, second))
    return Rows(
        names=first.names + second.names if named else (),
        starts=np.concatenate([first.starts, first.starts[-1] + second.starts[1:]]),
        columns=np.concatenate([first.columns, second.columns]),
        values=np.concatenate([first.values, second.values]),
        lower=np.concatenate([first.lower, second.lower]),
        upper=np.concatenate([first.upper, second.upper]),
    )


def selected(rows: Rows, which: Counts) -> Rows:
    """The rows at these positions, in this order."""
    part = coefficients(rows, int(rows.columns.max(initial=-1)) + 1)[which]
    return Rows(
        names=tuple(rows.names[row] for row in which) if rows.names else (),
        starts=frozen_counts(part.indptr),
        columns=frozen_counts(part.indices),
        values=part.data,
        lower=rows.lower[which],
        upper=rows.upper[which],
    )


def with_rows(matrix: Matrix, rows: Rows) -> Matrix:
    """The program with these rows after its own."""
    return replace(matrix, rows=stacked(matrix.rows, rows))


def with_bounds(matrix: Matrix, columns: Counts, lower: Floats, upper: Floats) -> Matrix:
    """The program with other bounds on some columns."""
    lowers, uppers = matrix.lower.copy(), matrix.upper.copy()
    lowers[columns], uppers[columns] = lower, upper
    return replace(matrix, lower=lowers, upper=uppers)


@dataclass(frozen=True, slots=True)
class Part:
    """What is left of a program where some columns stand still.

    matrix : the columns that may move, and the rows that they stand in
    free : (F,) their places in the whole program
    whole : (C,) the whole program's columns, as they stand
    """

    matrix: Matrix
    free: Counts
    whole: Floats

    def inside(self, values: Floats) -> Floats:
        """(F,) a solution of the whole program, as the part has it."""
        return values[self.free]

    def outside(self, values: Floats) -> Floats:
        """(C,) a solution of the part, as the whole program has it."""
        every = self.whole.copy()
        every[self.free] = values
        return frozen(every)


def part(matrix: Matrix, columns: Counts, held: Floats) -> Part:
    """The program with these columns held at these values, and what no longer moves left out."""
    whole = np.where(matrix.lower == matrix.upper, matrix.lower, 0.0)
    still = matrix.lower == matrix.upper
    whole[columns], still[columns] = held, True
    free = np.flatnonzero(~still)
    every = coefficients(matrix.rows, len(matrix.cost))
    taken = every @ whole
    body = every[:, free].tocsr()
    body.eliminate_zeros()
    rows = np.flatnonzero(np.diff(body.indptr) > 0)
    body = body[rows]
    return Part(
        Matrix(
            column_names=tuple(matrix.column_names[column] for column in free),
            cost=matrix.cost[free],
            offset=matrix.offset + float(matrix.cost @ whole),
            lower=matrix.lower[free],
            upper=matrix.upper[free],
            integer=matrix.integer[free],
            rows=Rows(
                (),
                frozen_counts(body.indptr),
                frozen_counts(body.indices),
                body.data,
                matrix.rows.lower[rows] - taken[rows],
                matrix.rows.upper[rows] - taken[rows],
            ),
        ),
        frozen_counts(free),
        frozen(whole),
    )


def relaxed(matrix: Matrix) -> Matrix:
    """The program without its whole numbers: its linear relaxation."""
    return replace(matrix, integer=np.zeros(len(matrix.cost), dtype=np.bool_))


def coefficients(rows: Rows, columns: int) -> csr_array:
    """(R, C) the rows' coefficients as a sparse matrix."""
    from scipy.sparse import csr_array

    return csr_array((rows.values, rows.columns, rows.starts), shape=(len(rows), columns))


def activity(rows: Rows, values: Floats) -> Floats:
    """(R,) what each row comes to at these (C,) values."""
    parts = rows.values * values[rows.columns]
    return np.asarray(np.bincount(_row_of(rows), parts, minlength=len(rows)), dtype=np.float64)


def combined(rows: Rows, coefficients: Floats, weights: Floats, columns: int) -> Floats:
    """(C,) the columns of the rows' (N,) coefficients, each row times its (R,) weight."""
    parts = coefficients * weights[_row_of(rows)]
    return np.asarray(np.bincount(rows.columns, parts, minlength=columns), dtype=np.float64)


def _row_of(rows: Rows) -> Counts:
    """(N,) the row of each non-zero."""
    return np.repeat(np.arange(len(rows)), np.diff(rows.starts))


def objective(matrix: Matrix, values: Floats) -> float:
    """What a solution costs, (C,) values."""
    return float(matrix.offset + matrix.cost @ values)


def rounded(matrix: Matrix, values: Floats, within: float = 1e-5) -> Floats:
    """The solution with its whole numbers made whole where they nearly are, and inside their bounds."""
    whole = np.round(values)
    near = matrix.integer & (np.abs(values - whole) <= within)
    return frozen(np.clip(np.where(near, whole, values), matrix.lower, matrix.upper))


def violation(matrix: Matrix, values: Floats) -> float:
    """How far a solution is from holding: the largest breach of a row, a bound or a whole number.

    Rows are measured relative to max(1, |bound|), columns in their own units; infinite where a value is no
    number.
    """
    if not np.all(np.isfinite(values)):
        return float("inf")
    columns = np.maximum(matrix.lower - values, values - matrix.upper)
    parts = np.abs(values - np.round(values))[matrix.integer]
    breaches = (_breach(matrix.rows, values), columns, parts)
    return max(0.0, *(float(breach.max(initial=0.0)) for breach in breaches))


def _breach(rows: Rows, values: Floats) -> Floats:
    """(R,) how far each row is outside its bounds, relative to the bound."""
    amount = activity(rows, values)
    below = _relative(rows.lower - amount, rows.lower)
    above = _relative(amount - rows.upper, rows.upper)
    return np.maximum(below, above)


def _relative(amount: Floats, bound: Floats) -> Floats:
    return amount / np.maximum(1.0, np.where(np.isfinite(bound), np.abs(bound), 1.0))
