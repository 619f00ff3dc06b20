"""Which clauses of a contract change what a month costs, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, TypeAlias

from pydantic import Field

from planner.contracts.curve import SAME
from planner.contracts.minutes import minute_curve, tier_curve
from planner.contracts.seats import band, seat_fee
from planner.scenario.contracts import MinuteContract, SeatContract
from planner.scenario.document import Document

Clause: TypeAlias = Literal[
    "minimum_spend", "minimum_seats", "above_corridor", "below_corridor", "cap", "beyond_cap", "tier_edge"
]


class Binding(Document):
    """A clause that changes what a month costs."""

    clause: Clause
    costs: float = Field(description="money that the month would cost less without it; below 0: it saves")
    unused: float | None = Field(
        default=None, description="seats or minutes that are paid for and not used; null: none, or unknowable"
    )
    at: float | None = Field(
        default=None, description="of a tier_edge: the volume above which the month would cost less"
    )


def binding_of(contract: SeatContract | MinuteContract, volume: float) -> tuple[Binding, ...]:
    """Every clause that binds at a volume of seats or billed minutes.

    Equation (K10) of docs/explanation/contracts.md.
    """
    found = _of_seats(contract, volume) if contract.by == "seat" else _of_minutes(contract, volume)
    return tuple(found)


def _of_seats(contract: SeatContract, seats: float) -> Iterator[Binding]:
    edges, billed = band(contract), max(seats, contract.minimum_seats)
    if billed > seats:
        without = contract.model_copy(update={"minimum_seats": 0})
        costs = seat_fee(contract, seats) - seat_fee(without, seats)
        yield Binding(clause="minimum_seats", costs=costs, unused=billed - seats)
    if billed > edges.upper:
        costs = (edges.price_above - contract.price) * (billed - edges.upper)
        yield Binding(clause="above_corridor", costs=costs)
    if billed < edges.lower and edges.charge_below > 0:
        missing = edges.lower - billed
        yield Binding(clause="below_corridor", costs=edges.charge_below * missing, unused=missing)


def _of_minutes(contract: MinuteContract, minutes: float) -> Iterator[Binding]:
    cap, tiers = contract.cap, tier_curve(contract)
    covered = minutes if cap is None else min(minutes, cap.covers_minutes)
    asked = float(tiers.at(covered))
    if _below(asked, contract.minimum_spend):
        unused = _next_reaching(contract, covered, contract.minimum_spend) - covered
        yield Binding(
            clause="minimum_spend",
            costs=contract.minimum_spend - asked,
            unused=unused if math.isfinite(unused) else None,
        )
    owed = max(asked, contract.minimum_spend)
    if cap is not None and _below(cap.amount, owed):
        yield Binding(clause="cap", costs=cap.amount - owed)
    if cap is not None and minutes > covered:
        fair = float(tiers.at(minutes)) - asked
        yield Binding(clause="beyond_cap", costs=cap.price_beyond * (minutes - covered) - fair)
    yield from _edge(contract, minutes)


def _next_reaching(contract: MinuteContract, minutes: float, level: float) -> float:
    """The least minutes from these on whose tiers alone cost at least so much; infinity where none do."""
    for piece in tier_curve(contract).pieces:
        if piece.upper <= minutes:
            continue
        if piece.fee >= level and piece.lower >= minutes:
            return piece.lower
        if piece.slope > 0 and piece.at(piece.upper) >= level:
            return piece.lower + (level - piece.fee) / piece.slope
    return math.inf


def _edge(contract: MinuteContract, minutes: float) -> Iterator[Binding]:
    """A larger volume that costs less: prices on all units fall at a tier's edge."""
    curve = minute_curve(contract)
    fee = float(curve.at(minutes))
    later = [piece for piece in curve.pieces if piece.lower >= minutes]
    best = min(later, key=lambda piece: piece.fee, default=None)
    if best is not None and _below(best.fee, fee):
        yield Binding(clause="tier_edge", costs=fee - best.fee, at=best.lower)


def _below(one: float, other: float) -> bool:
    """Whether an amount is less than another by more than rounding."""
    return one < other - SAME * max(1.0, other)
