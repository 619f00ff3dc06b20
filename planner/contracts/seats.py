"""The fee of a contract paid by the seat, over seats: minimum, and the band around a committed number."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from planner.contracts.curve import FeeCurve, Piece, curve_of
from planner.scenario.contracts import SeatContract


class Band(NamedTuple):
    """Edges of the corridor, in seats, and what lies outside: a price above, a charge below."""

    lower: float
    upper: float
    price_above: float
    charge_below: float


def band(contract: SeatContract) -> Band:
    """The corridor; a contract without one has a band without edges."""
    if contract.corridor is None:
        return Band(0.0, math.inf, contract.price, 0.0)
    corridor = contract.corridor
    # written shares such as 0.1 are not exact in binary: 20 x 1.1 is to be 22
    lower, upper = (round(corridor.committed_seats * (1.0 + side * corridor.width), 9) for side in (-1, 1))
    return Band(lower, upper, corridor.price_above, corridor.charge_below)


def seat_fee(contract: SeatContract, seats: float) -> float:
    """A month's fee for so many seats, without the setup fee.

    Equation (K5) of docs/explanation/contracts.md.
    """
    edges, billed = band(contract), max(seats, contract.minimum_seats)
    inside, above = min(billed, edges.upper), max(billed - edges.upper, 0.0)
    missing = max(edges.lower - billed, 0.0)
    return contract.price * inside + edges.price_above * above + edges.charge_below * missing


def seat_curve(contract: SeatContract) -> FeeCurve:
    """A month's fee over seats, without the setup fee.

    Equation (K5) of docs/explanation/contracts.md.
    """
    edges = band(contract)
    most = math.inf if contract.maximum_seats is None else float(contract.maximum_seats)
    inner = {float(contract.minimum_seats), edges.lower, edges.upper, most}
    points = [0.0, *sorted(point for point in inner if 0 < point <= most and point < math.inf)]
    pieces = [_between(contract, first, last) for first, last in pairwise(points)]
    if most < math.inf:
        return curve_of(pieces)
    return curve_of([*pieces, Piece(points[-1], most, seat_fee(contract, points[-1]), edges.price_above)])


def _between(contract: SeatContract, first: float, last: float) -> Piece:
    fee = seat_fee(contract, first)
    return Piece(first, last, fee, (seat_fee(contract, last) - fee) / (last - first))
