"""How a family writes its rows: a name and PuLP's own constraint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from pulp import LpAffineExpression, lpSum

Row: TypeAlias = tuple[str, Any]
Term: TypeAlias = tuple[Any, float]


def total(terms: Iterable[Term]) -> LpAffineExpression:
    """The sum of variables times coefficients, zero coefficients left out."""
    return lpSum(coefficient * variable for variable, coefficient in terms if coefficient != 0.0)
