"""A month's fee over volume as straight pieces, which is what a program and a comparison need of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from planner.arrays import Floats, frozen, require

SAME = 1e-9
"""Fees and slopes that differ by less, relative to their size, are the same."""


class Piece(NamedTuple):
    """One straight piece: above `lower` up to and with `upper`; `fee` is just above `lower`."""

    lower: float
    upper: float
    fee: float
    slope: float

    def at(self, volume: float) -> float:
        """The piece's fee at a volume."""
        return self.fee + self.slope * (volume - self.lower)


@dataclass(frozen=True, slots=True)
class FeeCurve:
    """A month's fee over volume, K straight pieces from 0 on.

    A piece is open on the left and closed on the right, as the limit of a tier belongs to the tier below.
    At volume 0 alone the fee is `at_zero`. Continuous and convex, the fee is the highest of its lines; else
    a program switches pieces on and off, each between its own limits: lower y <= v <= upper y,
    fee = sum of (fee - slope lower) y + slope v.

    lower, upper : (K,) volume; each piece begins where the one before ends, the last may be endless
    fee : (K,) money just above the lower limit
    slope : (K,) money per unit of volume
    """

    lower: Floats
    upper: Floats
    fee: Floats
    slope: Floats
    at_zero: float

    def __post_init__(self) -> None:
        shape = self.lower.shape
        require(len(shape) == 1 and shape[0] > 0, "a curve has at least one piece")
        require(self.upper.shape == shape == self.fee.shape == self.slope.shape, "every piece is whole")
        require(self.lower[0] == 0 and bool((self.lower[1:] == self.upper[:-1]).all()), "pieces follow")
        require(bool((self.upper > self.lower).all()), "no piece is empty")

    @property
    def breaks(self) -> Floats:
        """(K - 1,) volumes at which one piece ends and the next begins."""
        return self.upper[:-1]

    @property
    def most(self) -> float:
        """The largest volume that the contract supplies; infinity where it names none."""
        return float(self.upper[-1])

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces in order of volume."""
        columns = (self.lower, self.upper, self.fee, self.slope)
        return (Piece(*map(float, row)) for row in zip(*columns, strict=True))

    @property
    def rising(self) -> bool:
        """Whether the fee nowhere falls as volume grows."""
        ends = self.fee[:-1] + self.slope[:-1] * (self.upper[:-1] - self.lower[:-1])
        room = SAME * np.maximum(1.0, np.abs(ends))
        jumps = bool((ends <= self.fee[1:] + room).all()) and self.at_zero <= float(self.fee[0]) + SAME
        return jumps and bool((self.slope >= 0).all())

    @property
    def continuous(self) -> bool:
        """Whether the fee nowhere jumps."""
        ends = self.fee[:-1] + self.slope[:-1] * (self.upper[:-1] - self.lower[:-1])
        return _same(self.at_zero, float(self.fee[0])) and bool(
            (np.abs(ends - self.fee[1:]) <= SAME * np.maximum(1.0, np.abs(ends))).all()
        )

    @property
    def convex(self) -> bool:
        """Whether the fee is the highest of its lines, so that a program needs no on and off."""
        steeper = bool((np.diff(self.slope) >= -SAME * np.maximum(1.0, self.slope[:-1])).all())
        return self.continuous and steeper

    def plus(self, amount: float) -> FeeCurve:
        """The curve with so much added to the fee at every volume."""
        return FeeCurve(self.lower, self.upper, frozen(self.fee + amount), self.slope, self.at_zero + amount)

    def at(self, volumes: npt.ArrayLike) -> Floats:
        """Fees at any volumes, in their shape.

        Raises
        ------
        ValueError
            If one is negative or above what the contract supplies.
        """
        wanted = np.asarray(volumes, dtype=np.float64)
        require(bool((wanted >= 0).all()), "a volume is not negative")
        require(bool((wanted <= self.most).all()), f"the contract supplies at most {self.most:g}")
        place = np.searchsorted(self.upper, wanted, side="left")
        fees = self.fee[place] + self.slope[place] * (wanted - self.lower[place])
        return np.where(wanted == 0, self.at_zero, fees)


def curve_of(pieces: Sequence[Piece], at_zero: float | None = None) -> FeeCurve:
    """The curve of pieces in order, empty ones left out; those along the same line become one."""
    joined: list[Piece] = []
    for piece in pieces:
        if piece.upper <= piece.lower:
            continue
        last = joined[-1] if joined else None
        if last is not None and _same(last.at(piece.lower), piece.fee) and _same(last.slope, piece.slope):
            joined[-1] = last._replace(upper=piece.upper)
        else:
            joined.append(piece)
    require(bool(joined), "a curve has at least one piece")
    lower, upper, fee, slope = (frozen(column) for column in zip(*joined, strict=True))
    return FeeCurve(lower, upper, fee, slope, float(fee[0]) if at_zero is None else at_zero)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(1.0, abs(one))
