"""Fees that are straight between the edges of their pieces: vendors' over minutes, pools' over seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats
from planner.contracts.curve import FeeCurve
from planner.program.build import Program
from planner.program.decisions import NOWHERE

ON = 0.5
"""Sum of P above which a relaxed contract is taken to be on."""
_USED = 1e-4
"""Of G; a relaxed contract by the seat that is used at all is on, as plans may need its people."""


@dataclass(frozen=True, slots=True)
class PiecewiseFee:
    """One fee and its columns.

    signed : whether it is on one of its pieces whatever it is used for
    piece, volume : (I,) places of P and M, or of E and F
    """

    curve: FeeCurve
    signed: bool
    piece: Counts
    volume: Counts


def piecewise_fees(program: Program) -> tuple[PiecewiseFee, ...]:
    """Every fee that stands in the program by pieces: the vendors', then those of pools."""
    return (*_of_vendors(program), *_of_pools(program))


def _of_vendors(program: Program) -> Iterator[PiecewiseFee]:
    for vendor, columns in zip(program.on.vendors, program.decide.vendors, strict=True):
        yield PiecewiseFee(vendor.curve, vendor.rules.signed, columns.piece, columns.minutes)


def _of_pools(program: Program) -> Iterator[PiecewiseFee]:
    for columns in (pool.seats for pool in program.decide.pools):
        if columns is not None:
            yield PiecewiseFee(columns.curve, columns.on == NOWHERE, columns.piece, columns.billed)


def contract_columns(program: Program) -> Counts:
    """Places of what is held while plans are sought around one: P of every vendor, then G of every pool.

    With seats it is enough to hold whether the contract is on: which piece they are on follows.
    """
    pieces = [one.piece for one in program.decide.vendors]
    return np.concatenate([*pieces, np.array(_on_columns(program), dtype=np.int64)])


def contracts_of(program: Program, values: Floats) -> Floats:
    """What a point says of those columns: 1 at the piece that a vendor's minutes lie on, 1 at what is on."""
    found = []
    for vendor, columns in zip(program.on.vendors, program.decide.vendors, strict=True):
        chosen = np.zeros(columns.piece.size)
        if values[columns.piece].sum() > ON:
            minutes = float(values[columns.minutes].sum())
            chosen[min(int(np.searchsorted(vendor.curve.upper, minutes)), chosen.size - 1)] = 1.0
        found.append(chosen)
    using = [float(values[place] > _USED) for place in _on_columns(program)]
    return np.concatenate([*found, np.array(using, dtype=np.float64)])


def _on_columns(program: Program) -> list[int]:
    every = [pool.seats for pool in program.decide.pools]
    return [one.on for one in every if one is not None and one.on != NOWHERE]
