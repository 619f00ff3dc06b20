"""The fee of a contract paid by the minute, over billed minutes: tiers, then minimum spend, then cap."""

from __future__ import annotations

import math
from collections.abc import Iterator

from planner.contracts.curve import FeeCurve, Piece, curve_of
from planner.scenario.contracts import MinuteContract, Tier


def limits(contract: MinuteContract) -> Iterator[tuple[float, float, Tier]]:
    """Each tier with the minutes that it begins above and ends with."""
    lower = 0.0
    for tier in contract.tiers:
        upper = math.inf if tier.up_to is None else tier.up_to
        yield lower, upper, tier
        lower = upper


def tier_curve(contract: MinuteContract) -> FeeCurve:
    """What the tiers alone ask for.

    Equations (K1) and (K2) of docs/explanation/contracts.md.
    """
    return curve_of(list(_tier_pieces(contract)))


def minute_curve(contract: MinuteContract) -> FeeCurve:
    """A month's fee over billed minutes, without the setup fee.

    Equations (K3) and (K4) of docs/explanation/contracts.md.
    """
    raised = [
        part for piece in tier_curve(contract).pieces for part in _raised(piece, contract.minimum_spend)
    ]
    if contract.cap is None:
        return curve_of(raised)
    cap = contract.cap
    held = [part for piece in raised for part in _lowered(piece, cap.amount)]
    covered = [
        piece._replace(upper=min(piece.upper, cap.covers_minutes))
        for piece in held
        if piece.lower < cap.covers_minutes
    ]
    fee = covered[-1].at(cap.covers_minutes)
    return curve_of([*covered, Piece(cap.covers_minutes, math.inf, fee, cap.price_beyond)])


def _tier_pieces(contract: MinuteContract) -> Iterator[Piece]:
    fee = 0.0
    for lower, upper, tier in limits(contract):
        yield Piece(lower, upper, tier.price * lower if contract.kind == "all_units" else fee, tier.price)
        fee += tier.price * (upper - lower) if math.isfinite(upper) else 0.0


def _raised(piece: Piece, least: float) -> Iterator[Piece]:
    """The piece where it costs more than `least`, and `least` where it does not."""
    meets = _meets(piece, least)
    if meets > piece.lower:
        yield Piece(piece.lower, min(meets, piece.upper), least, 0.0)
    if meets < piece.upper:
        yield _from(piece, meets)


def _lowered(piece: Piece, most: float) -> Iterator[Piece]:
    """The piece where it costs less than `most`, and `most` where it does not."""
    meets = _meets(piece, most)
    if meets > piece.lower:
        yield piece._replace(upper=min(meets, piece.upper))
    if meets < piece.upper:
        yield Piece(max(meets, piece.lower), piece.upper, most, 0.0)


def _meets(piece: Piece, level: float) -> float:
    """The volume from which on the piece costs at least `level`; infinity where it never does."""
    if piece.fee >= level:
        return piece.lower
    return piece.lower + (level - piece.fee) / piece.slope if piece.slope > 0 else math.inf


def _from(piece: Piece, volume: float) -> Piece:
    if volume <= piece.lower:
        return piece
    return Piece(volume, piece.upper, piece.at(volume), piece.slope)
