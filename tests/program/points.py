"""Decisions written by hand, and the named rows they break; nothing is solved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from planner.arrays import Floats
from planner.program.build import Program
from planner.solver.matrix import activity

LITTLE = 1e-9


def point(program: Program, decisions: Mapping[str, float]) -> Floats:
    """(C,) these columns by name, every other at 0."""
    place = {name: number for number, name in enumerate(program.matrix.column_names)}
    values = np.zeros(len(place))
    for name, value in decisions.items():
        values[place[name]] = value
    return values


def broken(program: Program, decisions: Mapping[str, float], *families: str) -> list[str]:
    """Names of the rows, of these families alone if any are named, that the decisions break."""
    rows = program.matrix.rows
    amount = activity(rows, point(program, decisions))
    wrong = (amount > rows.upper + LITTLE) | (amount < rows.lower - LITTLE)
    found = [rows.names[row] for row in np.flatnonzero(wrong)]
    return [name for name in found if not families or name.split("_")[0] in families]


def row_names(program: Program, family: str) -> list[str]:
    """Names of a family's rows."""
    return [name for name in program.matrix.rows.names if name.split("_")[0] == family]
