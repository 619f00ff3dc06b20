"""From minutes of talk to what a contract bills: whole seats, or minutes rounded up call by call."""

from __future__ import annotations

import math

from planner.contracts.curve import FeeCurve, Piece, curve_of
from planner.contracts.minutes import minute_curve
from planner.contracts.seats import seat_curve, seat_fee
from planner.scenario.contracts import MinuteContract, SeatContract

MOST_SEATS = 20_000
_ROUNDING = 1e-12  # so that 3 x 0.7 minutes need three seats of 0.7 and not four


def fee_curve(contract: SeatContract | MinuteContract) -> FeeCurve:
    """A month's fee over what the contract bills, seats or minutes, without the setup fee."""
    return seat_curve(contract) if contract.by == "seat" else minute_curve(contract)


def billed(contract: SeatContract | MinuteContract, talk_minutes: float, talk_seconds: float) -> float:
    """Seats or minutes that so many minutes of talk are billed as.

    Parameters
    ----------
    talk_minutes : in a month
    talk_seconds : mean seconds of talk of a contact

    Raises
    ------
    ValueError
        If a contract by the seat does not say how many minutes a seat talks.

    Notes
    -----
    Equations (K8) and (K9) of docs/explanation/contracts.md.
    """
    if contract.by == "minute":
        return talk_minutes * rounding_factor(contract, talk_seconds)
    return float(math.ceil(talk_minutes / _minutes_per_seat(contract) * (1.0 - _ROUNDING)))


def rounding_factor(contract: MinuteContract, talk_seconds: float) -> float:
    """Minutes billed / minutes of talk, expected where talk is exponential.

    Equation (K8) of docs/explanation/contracts.md.
    """
    if contract.billing_increment_seconds is None:
        return 1.0
    steps = contract.billing_increment_seconds / talk_seconds
    return steps / -math.expm1(-steps)


def talk_curve(contract: SeatContract | MinuteContract, talk_seconds: float, most: float) -> FeeCurve:
    """A month's fee over minutes of talk, up to at least `most` of them if the contract supplies so many.

    Raises
    ------
    ValueError
        If a contract by the seat does not say how many minutes a seat talks, or needs more than 20,000
        seats.
    """
    if contract.by == "minute":
        factor = rounding_factor(contract, talk_seconds)
        pieces = minute_curve(contract).pieces
        return curve_of([Piece(p.lower / factor, p.upper / factor, p.fee, p.slope * factor) for p in pieces])
    each = _minutes_per_seat(contract)
    seats = max(1, math.ceil(most / each))
    if contract.maximum_seats is not None:
        seats = min(seats, contract.maximum_seats)
    if seats > MOST_SEATS:
        raise ValueError(f"{most:,.0f} minutes need more than {MOST_SEATS:,} seats")
    steps = [
        Piece((seat - 1) * each, seat * each, seat_fee(contract, seat), 0.0) for seat in range(1, seats + 1)
    ]
    return curve_of(steps, at_zero=seat_fee(contract, 0))


def monthly_setup(contract: SeatContract | MinuteContract) -> float:
    """The part of the setup fee that every month bears; 0 where all of it falls due in the first."""
    setup = contract.setup_fee
    return 0.0 if setup is None or setup.months is None else setup.amount / setup.months


def _minutes_per_seat(contract: SeatContract) -> float:
    if contract.talk_minutes_per_seat is None:
        raise ValueError("the contract does not say how many minutes a seat talks")
    return contract.talk_minutes_per_seat
