"""What is odd about a contract though nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planner.contracts.curve import SAME
from planner.contracts.minutes import tier_curve
from planner.contracts.performance import probability_of_missing
from planner.contracts.seats import band
from planner.scenario.contracts import MinuteContract, PerformanceClause, SeatContract

MEASURES = {"csat": "customer satisfaction", "answer_rate": "the answer rate"}


def notes_on(contract: SeatContract | MinuteContract) -> Iterator[str]:
    """What to know of a contract before signing it, a line each."""
    yield from _odd_seats(contract) if contract.by == "seat" else _odd_minutes(contract)
    if contract.setup_fee is not None and contract.setup_fee.months is None and contract.setup_fee.amount > 0:
        yield (
            f"setup fee of {contract.setup_fee.amount:,.2f} falls due once, in the first month; "
            "it is in no monthly fee here (write months to spread it)"
        )
    for clause in contract.performance:
        yield _told(clause)
    if contract.notice_months:
        yield f"giving notice takes {contract.notice_months} months, with their minimum fees"


def _told(clause: PerformanceClause) -> str:
    probability = probability_of_missing(clause)
    return (
        f"{MEASURES[clause.measure]} falls below {100 * clause.threshold:g} % with probability "
        f"{100 * probability:.2f} %, which cuts the fee by {100 * clause.reduction:g} %: "
        f"{100 * clause.reduction * probability:.2f} % expected, which the choice leaves out"
    )


def _odd_seats(contract: SeatContract) -> Iterator[str]:
    edges = band(contract)
    if edges.price_above < contract.price:
        yield (
            f"seats above the corridor are cheaper ({edges.price_above:,.2f}) than those inside "
            f"({contract.price:,.2f})"
        )
    if contract.minimum_seats > edges.upper:
        yield (
            f"the minimum of {contract.minimum_seats} seats lies above the corridor's upper edge of "
            f"{edges.upper:g}: it always binds"
        )


def _odd_minutes(contract: MinuteContract) -> Iterator[str]:
    pieces = list(tier_curve(contract).pieces)
    for before, after in pairwise(pieces):
        dearest = before.at(before.upper)
        if after.fee < dearest - SAME * max(1.0, dearest):
            yield (
                f"the fee falls when volume rises: {before.upper:,.0f} minutes cost {dearest:,.2f} by their "
                f"tier, one more makes it {after.fee + after.slope:,.2f} (all_units)"
            )
    cap = contract.cap
    if cap is not None and max(_dearest(contract, cap.covers_minutes), contract.minimum_spend) <= cap.amount:
        yield (
            f"the cap of {cap.amount:,.2f} never binds: the {cap.covers_minutes:,.0f} minutes that it covers "
            "do not cost more by their tiers"
        )


def _dearest(contract: MinuteContract, minutes: float) -> float:
    """The most that the tiers ask for at any volume up to so many minutes."""
    ends = (
        piece.at(min(piece.upper, minutes)) for piece in tier_curve(contract).pieces if piece.lower < minutes
    )
    return max(ends, default=0.0)
