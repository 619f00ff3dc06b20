"""A small program, column by column and row by row, as the solvers are given it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from planner.arrays import frozen_counts
from planner.solver.matrix import Matrix, Rows

Terms = Iterable[tuple[int, float]]


class Sheet:
    """Columns and rows as they are added."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._cost: list[float] = []
        self._bounds: list[tuple[float, float]] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[str, list[tuple[int, float]], float, float]] = []

    def column(self, name: str, cost: float, bounds: tuple[float, float], whole: bool = False) -> int:
        """Add a column; its place."""
        self._names.append(name)
        self._cost.append(cost)
        self._bounds.append(bounds)
        self._whole.append(whole)
        return len(self._names) - 1

    def row(self, name: str, terms: Terms, lower: float = -np.inf, upper: float = np.inf) -> None:
        """Add a row lower <= sum of terms <= upper; the terms of one column are added up."""
        gathered: dict[int, float] = {}
        for column, value in terms:
            gathered[column] = gathered.get(column, 0.0) + value
        kept = [(column, value) for column, value in gathered.items() if value != 0.0]
        self._rows.append((name, kept, lower, upper))

    def matrix(self) -> Matrix:
        """The program so far."""
        sizes = [len(terms) for _, terms, _, _ in self._rows]
        flat = [term for _, terms, _, _ in self._rows for term in terms]
        rows = Rows(
            tuple(name for name, _, _, _ in self._rows),
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            frozen_counts([column for column, _ in flat]),
            np.array([value for _, value in flat], dtype=np.float64),
            np.array([lower for _, _, lower, _ in self._rows], dtype=np.float64),
            np.array([upper for _, _, _, upper in self._rows], dtype=np.float64),
        )
        lower, upper = np.array(self._bounds, dtype=np.float64).reshape(-1, 2).T
        return Matrix(
            tuple(self._names),
            np.array(self._cost),
            0.0,
            lower,
            upper,
            np.array(self._whole, dtype=np.bool_),
            rows,
        )
