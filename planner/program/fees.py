"""What vendors bill and what that costs: (M19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance
from planner.program.rows import Row, Term, total

if TYPE_CHECKING:
    from planner.program.build import Program

ON = 0.5
"""Sum of P above which a relaxed contract is taken to be on."""


def fee(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M19)  sum_{t,q} minutes[t,c,q] b[t,c,q] = sum_i M[c,i];

    from[c,i] P[c,i] <= M[c,i] <= to[c,i] P[c,i], and sum_i P[c,i] = 1 where the contract is signed, else
    <= 1, for every vendor c and piece i of its fee.
    """
    v = decide.variables
    for c, (vendor, columns) in enumerate(zip(on.vendors, decide.vendors, strict=True)):
        billed = [
            (v[place], float(minutes))
            for q, busy in columns.busy.items()
            for place, minutes in zip(busy, vendor.fewest_minutes(q), strict=True)
            if place != NOWHERE
        ]
        yield f"billed_{c}", total([*billed, *((v[place], -1.0) for place in columns.minutes)]) == 0
        for i, (piece, minutes) in enumerate(zip(columns.piece, columns.minutes, strict=True)):
            lower, upper = float(vendor.curve.lower[i]), float(vendor.curve.upper[i])
            if lower > 0:
                yield f"from_{c}_{i}", total([(v[minutes], 1.0), (v[piece], -lower)]) >= 0
            yield f"to_{c}_{i}", total([(v[minutes], 1.0), (v[piece], -upper)]) <= 0
        pieces = total([(v[place], 1.0) for place in columns.piece])
        yield f"signed_{c}", pieces == 1 if vendor.rules.signed else pieces <= 1


def fees(on: Instance, decide: Decisions) -> Iterator[Term]:
    """The vendors' part of (M0): each piece's fee at its beginning, and its slope over the minutes on it."""
    v = decide.variables
    for vendor, columns in zip(on.vendors, decide.vendors, strict=True):
        curve = vendor.curve
        begins = np.asarray(curve.fee - curve.slope * curve.lower)
        yield from zip((v[place] for place in columns.piece), map(float, begins), strict=True)
        yield from zip((v[place] for place in columns.minutes), map(float, curve.slope), strict=True)


def piece_columns(program: Program) -> Counts:
    """Places of P of every vendor, one after the other."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *(one.piece for one in program.decide.vendors)])


def pieces_of(program: Program, values: Floats) -> Floats:
    """1 at the piece of each vendor's fee that a point's minutes lie on, 0 elsewhere and where it is off."""
    found = [np.zeros(0)]
    for vendor, columns in zip(program.on.vendors, program.decide.vendors, strict=True):
        chosen = np.zeros(columns.piece.size)
        if values[columns.piece].sum() > ON:
            minutes = float(values[columns.minutes].sum())
            chosen[min(int(np.searchsorted(vendor.curve.upper, minutes)), chosen.size - 1)] = 1.0
        found.append(chosen)
    return np.concatenate(found)
