"""Small programs with known answers, for the tests of the solver room."""

from __future__ import annotations

import numpy as np

from planner.solver.matrix import Matrix, Rows


def dense_rows(coefficients: list[list[float]], lower: list[float], upper: list[float]) -> Rows:
    table = np.array(coefficients, dtype=np.float64)
    count, width = table.shape
    return Rows(
        names=(),
        starts=np.arange(count + 1) * width,
        columns=np.tile(np.arange(width), count),
        values=table.ravel(),
        lower=np.array(lower),
        upper=np.array(upper),
    )


def program(cost: list[float], rows: Rows, most: float = np.inf, whole: bool = True) -> Matrix:
    count = len(cost)
    return Matrix(
        column_names=tuple(f"x{column}" for column in range(count)),
        cost=np.array(cost),
        offset=0.0,
        lower=np.zeros(count),
        upper=np.full(count, most),
        integer=np.full(count, whole),
        rows=rows,
    )


def market_split(seed: int = 1, rows: int = 4) -> Matrix:
    """Equations over yes-or-no decisions, slack at a price: hard by design (Cornuejols and Dawande 1998)."""
    random = np.random.default_rng(seed)
    decisions = 10 * (rows - 1)
    weights = random.integers(0, 100, size=(rows, decisions)).astype(float)
    half = np.floor(weights.sum(axis=1) / 2)
    table = np.hstack([weights, np.eye(rows), -np.eye(rows)])
    width = table.shape[1]
    return Matrix(
        column_names=tuple(f"x{column}" for column in range(width)),
        cost=np.concatenate([np.zeros(decisions), np.ones(2 * rows)]),
        offset=10.0,
        lower=np.zeros(width),
        upper=np.concatenate([np.ones(decisions), np.full(2 * rows, np.inf)]),
        integer=np.arange(width) < decisions,
        rows=dense_rows(table.tolist(), half.tolist(), half.tolist()),
    )
