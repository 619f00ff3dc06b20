"""A table as a person gave it: columns of raw values, each distinct value kept once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from planner.arrays import Counts, frozen_counts

if TYPE_CHECKING:
    import pandas as pd

Given: TypeAlias = "Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Any]] | pd.DataFrame"
"""A table in memory: columns by name, rows, or a data frame."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, its distinct values and where they stand.

    codes : (N,) index into `values` of each row's value; -1 where the cell is empty
    values : distinct values as they were read: text, numbers, dates
    """

    codes: Counts
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns, before anything is understood.

    file : name that mistakes carry
    names : the columns' names, as they stand there
    columns : the same columns' cells
    row : (N,) number of each row as the person sees it: the first row of a file is 1
    ragged : rows with more or fewer cells than there are columns: their number and what they have
    """

    file: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    row: Counts
    ragged: tuple[tuple[int, int], ...] = ()

    @property
    def rows(self) -> int:
        """N, how many rows there are."""
        return int(self.row.size)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self.columns[self.names.index(name)]


def column_of(cells: Iterable[object]) -> Column:
    """A column from cells; None, NaN and blank text are empty."""
    codes: list[int] = []
    known: dict[tuple[type, object], int] = {}
    for cell in cells:
        if _empty(cell):
            codes.append(-1)
        else:
            key = (type(cell), cell if _hashable(cell) else repr(cell))
            codes.append(known.setdefault(key, len(known)))
    return Column(frozen_counts(codes), tuple(value for _, value in known))


def table_of(given: Given, file: str = "forecast") -> Table:
    """A table from memory; its rows count from 1.

    Raises
    ------
    ValueError
        If columns differ in length, or it is no table.
    """
    columns = _columns(given)
    lengths = {len(cells) for cells in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"columns must have one length (got {', '.join(map(str, sorted(lengths)))})")
    rows = lengths.pop() if lengths else 0
    names = tuple(str(name) for name in columns)
    return Table(file, names, tuple(map(column_of, columns.values())), frozen_counts(np.arange(1, rows + 1)))


def _columns(given: Given) -> dict[Any, Sequence[Any]]:
    if isinstance(given, Mapping):
        return {name: _cells(cells) for name, cells in given.items() if not _nothing(cells)}
    if isinstance(given, (list, tuple)):
        if not all(isinstance(row, Mapping) for row in given):
            raise ValueError("rows must be mappings such as {start: ..., queue: ..., contacts: ...}")
        names = dict.fromkeys(name for row in given for name in row)
        return {name: [row.get(name) for row in given] for name in names}
    if isinstance(given, Sequence) or not hasattr(given, "columns"):
        raise ValueError("must be a data frame, a mapping of columns or a list of rows")
    return {
        name: given[name].astype(object).where(given[name].notna(), None).tolist() for name in given.columns
    }


def _nothing(cells: object) -> bool:
    return cells is None


def _cells(cells: object) -> Sequence[Any]:
    if isinstance(cells, np.ndarray):
        return list(cells.tolist())
    if isinstance(cells, (str, bytes)) or not isinstance(cells, Iterable):
        raise ValueError("columns must be lists of values")
    return list(cells)


def _empty(cell: object) -> bool:
    blank = isinstance(cell, str) and not cell.strip()
    return cell is None or blank or bool(cell != cell)  # noqa: PLR0124 - NaN alone differs from itself


def _hashable(cell: object) -> bool:
    return isinstance(cell, (str, int, float, bool)) or type(cell).__hash__ is not None
