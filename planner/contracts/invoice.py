"""The invoice of a month, line by line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from planner.contracts.quote import Clause, PerMinute, PerSeat, Quote

Item: TypeAlias = Literal["minutes", "seats", "minimum", "cap", "beyond cap", "setup"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice.

    quantity : minutes or seats; 1 for a lump sum
    amount : money; a cap's relief is negative
    """

    item: Item
    quantity: float
    price: float | None
    amount: float


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a month costs; the lines add up to `total`.

    minutes : minutes of talk
    wasted : money paid for minutes or seats that were not used
    expected_cut : money that the performance clause takes off on average; not in the total, since the dearest
        vendor would look cheapest if it only performs badly enough
    """

    vendor: str
    minutes: float
    lines: tuple[Line, ...]
    wasted: float
    expected_cut: float

    @property
    def total(self) -> float:
        """Before any cut for bad performance."""
        return math.fsum(line.amount for line in self.lines)

    @property
    def binds(self) -> tuple[Item, ...]:
        """Clauses that change the fee: `minimum`, `cap`, `beyond cap`."""
        return tuple(line.item for line in self.lines if line.item in ("minimum", "cap", "beyond cap"))


def invoice(quote: Quote, minutes: float) -> Invoice:
    """The invoice for a month of so many minutes of talk.

    Raises
    ------
    ValueError
        If the minutes are negative or not finite.
    """
    if not 0 <= minutes < math.inf:
        raise ValueError(f"minutes must be finite and at least 0 (got {minutes})")
    terms = quote.terms
    lines = [*(_minutes(terms, minutes) if isinstance(terms, PerMinute) else _seats(terms, minutes))]
    fee = math.fsum(line.amount for line in lines)
    wasted = sum(line.amount for line in lines if line.item == "minimum")
    if quote.setup_fee > 0:
        lines.append(Line("setup", 1, None, quote.setup_fee / quote.setup_months))
    cut = 0.0 if quote.performance is None else fee * expected_share_cut(quote.performance)
    return Invoice(quote.vendor, minutes, tuple(lines), wasted, cut)


def _minutes(terms: PerMinute, minutes: float) -> Iterator[Line]:
    """(K2)  min(max(tiers, minimum), cap), and (K3) the minutes that the cap does not cover."""
    cap = terms.fee_cap
    covered = minutes if cap is None or cap.covers_minutes is None else min(minutes, cap.covers_minutes)
    tiers = list(_tiers(terms, covered))
    yield from tiers
    fee = math.fsum(line.amount for line in tiers)
    if fee < terms.minimum_spend:
        yield Line("minimum", 1, None, terms.minimum_spend - fee)
    elif cap is not None and fee > cap.fee:
        yield Line("cap", 1, None, cap.fee - fee)
    if minutes > covered:
        price = terms.tiers[-1].price
        yield Line("beyond cap", minutes - covered, price, (minutes - covered) * price)


def _tiers(terms: PerMinute, minutes: float) -> Iterator[Line]:
    """(K1)  Each minute at the price of its own tier, or all at that of the tier reached."""
    begin = 0.0
    for tier in terms.tiers:
        end = math.inf if tier.up_to is None else tier.up_to
        if terms.tiers_apply == "increment" and minutes > begin:
            part = min(minutes, end) - begin
            yield Line("minutes", part, tier.price, part * tier.price)
        if terms.tiers_apply == "all_units" and (begin < minutes <= end):
            yield Line("minutes", minutes, tier.price, minutes * tier.price)
        begin = end


def _seats(terms: PerSeat, minutes: float) -> Iterator[Line]:
    """(K4)  price x max(seats, minimum seats), seats = minutes / minutes of a seat, rounded up."""
    seats = needed_seats(terms, minutes)
    yield Line("seats", seats, terms.price, seats * terms.price)
    if seats < terms.minimum_seats:
        spare = terms.minimum_seats - seats
        yield Line("minimum", spare, terms.price, spare * terms.price)


def needed_seats(terms: PerSeat, minutes: float) -> int:
    """Whole seats; a billionth of a seat is rounding."""
    return math.ceil(minutes / terms.minutes_per_seat - 1e-9)


def expected_share_cut(clause: Clause) -> float:
    """(K5)  share cut x chance that a month falls below the threshold, normal with mean and deviation."""
    below = 0.5 * math.erfc((clause.mean - clause.threshold) / (clause.deviation * math.sqrt(2.0)))
    return clause.fee_cut * below
