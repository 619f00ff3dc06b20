"""What pay by the seat owes the pool that is paid so."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.contract_checks import contract_mistakes
from planner.scenario.labour import Turnover
from planner.scenario.pools import Pool
from planner.scenario.seat_pay import SeatPay


def seat_pay_mistakes(place: str, pool: Pool) -> Iterator[tuple[str, str]]:
    """Place and problem of every rule that a pool paid by the seat breaks; none of other pools."""
    if not isinstance(pool.pay, SeatPay):
        return
    yield from contract_mistakes(f"{place}.pay", pool.pay)
    yield from _changes(f"{place}.pay", pool.pay)
    if pool.kind != "outsourced":
        remedy = "write kind: outsourced, or pay: {by: month, ...}"
        yield f"{place}.pay.by", f"seat is how a vendor is paid, and this pool is {pool.kind}; {remedy}"
    if pool.premiums:
        yield f"{place}.premiums", "are the vendor's to pay where pay is by the seat; leave them out"
    if pool.turnover != Turnover():
        yield f"{place}.turnover", "is the vendor's where pay is by the seat; leave it out"
    if pool.contract.least_hours_per_week > 0:
        problem = "must be 0 where pay is by the seat, worked or not; write pay: {by: hour, ...}"
        yield f"{place}.contract.least_hours_per_week", problem
    most = pool.pay.most_ordered
    if pool.pay.seats_are == "people" and most is not None and pool.minimum_headcount > most:
        found = f"got {pool.minimum_headcount}, seats {most}"
        yield f"{place}.minimum_headcount", f"must be at most the seats that can be had ({found})"


def _changes(place: str, pay: SeatPay) -> Iterator[tuple[str, str]]:
    """What is there already, and how far that may change."""
    if pay.most_seats_changed_per_month is not None and pay.seats_now is None:
        problem = "needs the seats that are there already; write seats_now beside it, or leave it out"
        yield f"{place}.most_seats_changed_per_month", problem
    if pay.seats_now and not pay.signed:
        yield f"{place}.seats_now", f"are {pay.seats_now}, so the contract is signed; write signed: true"
    if pay.maximum_seats is not None and pay.fewest_ordered > pay.maximum_seats:
        found = f"got {pay.seats_now}, at least {pay.fewest_ordered} of them kept"
        yield f"{place}.seats_now", f"must come down to maximum_seats, {pay.maximum_seats} ({found})"
