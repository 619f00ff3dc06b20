"""A month's invoice: line by line, what binds in it and what that costs, cuts for missed results apart.

    tiers or seats -> minimum -> cap -> setup fee;  cuts for missed results are expected, never taken off

Vendors are chosen by the fee before cuts: by the fee after them the worst vendor would look cheapest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from pydantic import Field

from planner.contracts.binding import Binding, binding_of
from planner.contracts.minutes import limits
from planner.contracts.performance import expected_cut, probability_of_missing
from planner.contracts.seats import band
from planner.contracts.talk import monthly_setup
from planner.scenario.contracts import MinuteContract, PerformanceClause, SeatContract
from planner.scenario.document import Document

Item: TypeAlias = Literal[
    "seats",
    "minimum_seats",
    "seats_above",
    "seats_missing",
    "tier",
    "minimum_spend",
    "cap",
    "beyond_cap",
    "setup_fee",
]

_CENT = Decimal("0.01")


class FeeLine(Document):
    """One item of the fee; the lines add up to it."""

    item: Item
    quantity: float | None = Field(description="seats or billed minutes; null where none are counted")
    price: float | None = Field(description="per seat or billed minute")
    amount: float = Field(description="money; below 0 for what a cap takes off")


class Cut(Document):
    """A performance clause: what it would cut, and how likely that is."""

    measure: Literal["csat", "answer_rate"]
    threshold: float
    reduction: float = Field(description="share of the fee without setup fee")
    probability: float = Field(description="that a month misses the threshold")
    expected: float = Field(description="money: fee without setup fee x reduction x probability")


class Invoice(Document):
    """What a month with so much volume costs."""

    unit: Literal["seats", "minutes"] = Field(description="what is billed")
    volume: float
    lines: tuple[FeeLine, ...]
    fee: float = Field(description="the sum of the lines, before any cut; not rounded")
    cuts: tuple[Cut, ...]
    expected_cut: float = Field(description="money that missed results are expected to take off the fee")
    binding: tuple[Binding, ...] = Field(description="clauses that change what is paid")


def invoice(contract: SeatContract | MinuteContract, volume: float, first_month: bool = False) -> Invoice:
    """The invoice of one month.

    Parameters
    ----------
    volume : seats or billed minutes, whichever the contract is paid by
    first_month : whether a setup fee that is not spread over months falls due

    Raises
    ------
    ValueError
        If the volume is negative, no finite number, or above what the contract supplies.

    Notes
    -----
    Equations (K1) to (K6) of docs/explanation/contracts.md.
    """
    _check(contract, volume)
    usage = tuple(_seat_lines(contract, volume) if contract.by == "seat" else _minute_lines(contract, volume))
    lines = (*usage, *_setup(contract, first_month))
    month = math.fsum(line.amount for line in usage)
    return Invoice(
        unit="seats" if contract.by == "seat" else "minutes",
        volume=volume,
        lines=lines,
        fee=math.fsum(line.amount for line in lines),
        cuts=tuple(_cut(clause, month) for clause in contract.performance),
        expected_cut=month * expected_cut(contract.performance),
        binding=binding_of(contract, volume),
    )


def in_cents(made: Invoice) -> Invoice:
    """The invoice in whole cents: the fee rounded half up, and lines that add up to it exactly."""
    lines, before, exact = [], Decimal(0), Decimal(0)
    for line in made.lines:
        exact += Decimal(str(line.amount))
        now = exact.quantize(_CENT, ROUND_HALF_UP)
        lines.append(line.model_copy(update={"amount": float(now - before)}))
        before = now
    return made.model_copy(update={"lines": tuple(lines), "fee": float(before)})


def _check(contract: SeatContract | MinuteContract, volume: float) -> None:
    if not 0 <= volume < math.inf:
        raise ValueError(f"a volume is a finite number and not negative (got {volume})")
    if contract.by == "seat" and contract.maximum_seats is not None and volume > contract.maximum_seats:
        raise ValueError(f"the contract supplies at most {contract.maximum_seats} seats (got {volume:g})")


def _line(item: Item, amount: float, quantity: float | None = None, price: float | None = None) -> FeeLine:
    return FeeLine(item=item, quantity=quantity, price=price, amount=amount)


def _seat_lines(contract: SeatContract, seats: float) -> Iterator[FeeLine]:
    """Equation (K5) of docs/explanation/contracts.md, part by part."""
    edges, price = band(contract), contract.price
    billed = max(seats, contract.minimum_seats)
    used, inside = min(seats, edges.upper), min(billed, edges.upper)
    if used > 0:
        yield _line("seats", price * used, used, price)
    if inside > used:
        yield _line("minimum_seats", price * (inside - used), inside - used, price)
    if billed > edges.upper:
        above = billed - edges.upper
        yield _line("seats_above", edges.price_above * above, above, edges.price_above)
    if billed < edges.lower and edges.charge_below > 0:
        missing = edges.lower - billed
        yield _line("seats_missing", edges.charge_below * missing, missing, edges.charge_below)


def _minute_lines(contract: MinuteContract, minutes: float) -> Iterator[FeeLine]:
    """Equations (K1) to (K4) of docs/explanation/contracts.md, part by part."""
    cap = contract.cap
    covered = minutes if cap is None else min(minutes, cap.covers_minutes)
    tiers = list(_tier_lines(contract, covered))
    yield from tiers
    asked = math.fsum(line.amount for line in tiers)
    if asked < contract.minimum_spend:
        yield _line("minimum_spend", contract.minimum_spend - asked)
    owed = max(asked, contract.minimum_spend)
    if cap is not None and owed > cap.amount:
        yield _line("cap", cap.amount - owed)
    if cap is not None and minutes > covered:
        beyond = minutes - covered
        yield _line("beyond_cap", cap.price_beyond * beyond, beyond, cap.price_beyond)


def _tier_lines(contract: MinuteContract, minutes: float) -> Iterator[FeeLine]:
    """Equations (K1) and (K2) of docs/explanation/contracts.md."""
    for lower, upper, tier in limits(contract):
        if contract.kind == "increment" and minutes > lower:
            inside = min(minutes, upper) - lower
            yield _line("tier", tier.price * inside, inside, tier.price)
        elif contract.kind == "all_units" and lower < minutes <= upper:
            yield _line("tier", tier.price * minutes, minutes, tier.price)


def _setup(contract: SeatContract | MinuteContract, first_month: bool) -> Iterator[FeeLine]:
    """The setup fee's part of a month: one of the months it is spread over, or all of it in the first."""
    setup, monthly = contract.setup_fee, monthly_setup(contract)
    if monthly > 0:
        yield _line("setup_fee", monthly)
    elif setup is not None and setup.amount > 0 and first_month:
        yield _line("setup_fee", setup.amount)


def _cut(clause: PerformanceClause, month: float) -> Cut:
    probability = probability_of_missing(clause)
    return Cut(
        measure=clause.measure,
        threshold=clause.threshold,
        reduction=clause.reduction,
        probability=probability,
        expected=month * clause.reduction * probability,
    )
