"""What vendors bill by the minute: (M19); and what all contracts of a plan cost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance
from planner.program.rows import Row, Term, total


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
    """The vendors' part of (M0): each piece's fee at its beginning, and its slope over what it bills."""
    v, seats = decide.variables, [one.seats for one in decide.pools if one.seats is not None]
    minutes = zip(on.vendors, decide.vendors, strict=True)
    billed = [(vendor.curve, columns.piece, columns.minutes) for vendor, columns in minutes]
    billed += [(columns.curve, columns.piece, columns.billed) for columns in seats]
    for curve, piece, volume in billed:
        begins = np.asarray(curve.fee - curve.slope * curve.lower)
        yield from zip((v[place] for place in piece), map(float, begins), strict=True)
        yield from zip((v[place] for place in volume), map(float, curve.slope), strict=True)
