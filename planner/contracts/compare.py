"""Who is cheapest at which volume: fees are straight between break points, so crossovers are exact."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Annotated, Literal

from pydantic import Field

from planner.contracts.invoice import Invoice, invoice
from planner.contracts.quote import PerMinute, PerSeat, Quote, Quotes
from planner.scenario.document import Document

MOST_SEATS = 5000
_APART = 1e-9
"""Share of a volume below which two break points are one."""


class Stretch(Document):
    """Volumes at which one vendor is the cheapest."""

    vendor: str
    from_minutes: float
    to_minutes: float


class QuotedFee(Document):
    """What one vendor charges at a volume."""

    vendor: str
    fee: float = Field(description="money a month, setup included, before any cut for bad performance")
    per_minute: float | None
    per_resolved_contact: float | None
    binds: tuple[str, ...] = Field(description="minimum, cap, beyond cap")
    wasted: float = Field(description="money for minutes or seats that were not used")
    expected_cut: float = Field(description="what the performance clause takes off on average")


class Volume(Document):
    """A month's minutes, and what everybody charges for them."""

    minutes: float
    fees: tuple[QuotedFee, ...]


class Comparison(Document):
    """What `planner contracts --json` prints, with `schema` for schema_."""

    schema_: Annotated[Literal["planner.contracts/1"], Field(alias="schema")] = "planner.contracts/1"
    currency: str
    volumes: tuple[Volume, ...]
    cheapest: tuple[Stretch, ...]

    def to_json(self) -> str:
        """One JSON object, keys as agreed."""
        return self.model_dump_json(by_alias=True, indent=1)


def compared(quotes: Quotes, volumes: Sequence[float], most: float) -> Comparison:
    """Every quote at every volume, and who is cheapest from no minute to the most."""
    return Comparison(
        currency=quotes.currency,
        volumes=tuple(
            Volume(minutes=minutes, fees=tuple(_fee(quotes, quote, minutes) for quote in quotes.quotes))
            for minutes in volumes
        ),
        cheapest=tuple(cheapest(quotes.quotes, most)),
    )


def _fee(quotes: Quotes, quote: Quote, minutes: float) -> QuotedFee:
    made: Invoice = invoice(quote, minutes)
    resolved = minutes / quotes.talk_minutes_per_contact * quote.first_contact_resolution
    return QuotedFee(
        vendor=quote.vendor,
        fee=made.total,
        per_minute=made.total / minutes if minutes > 0 else None,
        per_resolved_contact=made.total / resolved if resolved > 0 else None,
        binds=made.binds,
        wasted=made.wasted,
        expected_cut=made.expected_cut,
    )


def cheapest(quotes: Sequence[Quote], most: float) -> Iterator[Stretch]:
    """(K6)  The vendor of the least fee, from no minute to the most, in stretches without a gap.

    Between two neighbouring break points of any quote every fee is a straight line; where two of them meet
    is one division.
    """
    edges = [0.0, *_apart(sorted({edge for quote in quotes for edge in breaks(quote, most)}), most), most]
    found: list[Stretch] = []
    for begin, end in pairwise(edges):
        for part in pairwise([begin, *_meetings(quotes, begin, end), end]):
            middle = (part[0] + part[1]) / 2.0
            best = min(quotes, key=lambda quote: invoice(quote, middle).total)
            if found and found[-1].vendor == best.vendor:
                found[-1] = found[-1].model_copy(update={"to_minutes": part[1]})
            else:
                found.append(Stretch(vendor=best.vendor, from_minutes=part[0], to_minutes=part[1]))
    yield from found


def _apart(edges: Sequence[float], most: float) -> Iterator[float]:
    last = 0.0
    for edge in edges:
        if edge - last > _APART * most and most - edge > _APART * most:
            yield edge
            last = edge


def breaks(quote: Quote, most: float) -> Iterator[float]:
    """Volumes below the most at which a fee bends or jumps."""
    terms = quote.terms
    if isinstance(terms, PerSeat):
        seats = min(math.ceil(most / terms.minutes_per_seat), MOST_SEATS)
        yield from (number * terms.minutes_per_seat for number in range(1, seats))
        return
    ends = [tier.up_to for tier in terms.tiers if tier.up_to is not None]
    yield from (end for end in ends if end < most)
    yield from (edge for edge in _clauses(terms, [0.0, *ends, math.inf]) if edge < most)


def _clauses(terms: PerMinute, edges: Sequence[float]) -> Iterator[float]:
    """Volumes at which the tiers reach the minimum or the cap, or the cap covers no more."""
    cap = terms.fee_cap
    levels = [terms.minimum_spend, *([] if cap is None else [cap.fee])]
    base = 0.0
    for (begin, end), tier in zip(pairwise(edges), terms.tiers, strict=True):
        start = begin if terms.tiers_apply == "increment" else 0.0
        before = base if terms.tiers_apply == "increment" else 0.0
        for level in levels:
            if tier.price > 0:
                reached = start + (level - before) / tier.price
                if begin < reached <= end:
                    yield reached
        base += (end - begin) * tier.price if end < math.inf else 0.0
    if cap is not None and cap.covers_minutes is not None:
        yield cap.covers_minutes


def _meetings(quotes: Sequence[Quote], begin: float, end: float) -> list[float]:
    """Where the straight lines of two fees meet between two break points."""
    one, two = begin + (end - begin) / 3.0, begin + 2.0 * (end - begin) / 3.0
    lines = [(invoice(quote, one).total, invoice(quote, two).total) for quote in quotes]
    found = []
    for (a, b), (c, d) in combinations(lines, 2):
        turn = (b - a) - (d - c)
        if turn != 0.0:
            place = one + (c - a) / turn * (two - one)
            if begin < place < end:
                found.append(place)
    return sorted(set(found))
