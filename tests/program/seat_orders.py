"""What seats cost by contract, seat after seat, and the cheapest order; not the planner's own way."""

from __future__ import annotations

from planner.scenario.seat_pay import SeatPay

FAR = 40
"""More seats than any of the small contracts asks for."""


def month_of(pay: SeatPay, seats: int) -> float:
    """A month's fee: every billed seat at the price of where it lies, and what is missing below that."""
    billed = max(seats, pay.minimum_seats)
    setup = pay.setup_fee
    fee = 0.0 if setup is None or setup.months is None else setup.amount / setup.months
    if pay.corridor is None:
        return fee + billed * pay.price
    committed, width = pay.corridor.committed_seats, round(pay.corridor.width * 1000)
    low, high = committed * (1000 - width) / 1000, committed * (1000 + width) / 1000
    for number in range(1, billed + 1):
        inside = min(max(high - (number - 1), 0.0), 1.0)
        fee += inside * pay.price + (1.0 - inside) * pay.corridor.price_above
    return fee + max(low - billed, 0.0) * pay.corridor.charge_below


def cheapest_order(pay: SeatPay, needed: int, months: float) -> float:
    """The least that so many seats or more cost over the calendar; infinite if they cannot be had."""
    most = FAR if pay.maximum_seats is None else pay.maximum_seats
    least = needed
    if pay.seats_now is not None and pay.most_seats_changed_per_month is not None:
        most = min(most, pay.seats_now + pay.most_seats_changed_per_month)
        least = max(least, pay.seats_now - pay.most_seats_changed_per_month)
    once = pay.setup_fee.amount if pay.setup_fee is not None and pay.setup_fee.months is None else 0.0
    fees = [
        months * month_of(pay, seats) + once if seats > 0 or pay.signed else 0.0
        for seats in range(least, most + 1)
    ]
    return min(fees, default=float("inf"))
