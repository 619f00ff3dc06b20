"""Where the simplex method stood, by name, so that a program that differs a little goes on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Counts, frozen_counts, require

AT_LOWER, BASIC = 0, 1
"""Two of HiGHS's numbers for the standing of a column or row; upper, free and elsewhere are 2, 3, 4."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The standing of every column and row of a linear program, in HiGHS's numbers.

    columns : (C,)
    rows : (R,)
    """

    columns: Counts
    rows: Counts

    def __post_init__(self) -> None:
        for field in ("columns", "rows"):
            object.__setattr__(self, field, frozen_counts(getattr(self, field)))


@dataclass(frozen=True, slots=True)
class NamedBasis:
    """A basis of a written program with rows on demand after its own.

    column_names, row_names : of the written program
    basis : of its columns; of its rows, then of those on demand
    """

    column_names: tuple[str, ...]
    row_names: tuple[str, ...]
    basis: Basis

    def __post_init__(self) -> None:
        require(len(self.column_names) == self.basis.columns.size, "a basis names every column")
        require(len(self.row_names) <= self.basis.rows.size, "a basis names every row of its program")

    def with_more(self, rows: int) -> NamedBasis:
        """The same with so many more rows on demand after its own, each holding with room."""
        stands = np.concatenate([self.basis.rows, np.full(rows, BASIC, dtype=np.int64)])
        return replace(self, basis=Basis(self.basis.columns, stands))

    def for_program(self, column_names: Sequence[str], row_names: Sequence[str]) -> Basis:
        """The same standing in a program with these columns and rows, and the same rows on demand.

        A column that is new stands at its lower bound, a row that is new holds with room. Where a row has
        gone the basis may have too many members or too few, which HiGHS puts right.
        """
        columns = dict(zip(self.column_names, self.basis.columns.tolist(), strict=True))
        written = len(self.row_names)
        rows = dict(zip(self.row_names, self.basis.rows[:written].tolist(), strict=True))
        return Basis(
            np.array([columns.get(name, AT_LOWER) for name in column_names], dtype=np.int64),
            np.concatenate(
                [
                    np.array([rows.get(name, BASIC) for name in row_names], dtype=np.int64),
                    self.basis.rows[written:],
                ]
            ),
        )
