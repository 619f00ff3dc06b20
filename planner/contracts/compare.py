"""Quotes compared: fee curves over talk, offers at chosen volumes, leads and crossovers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.contracts.checks import notes_on
from planner.contracts.comparison import Comparison, Crossover, Lead, Offer
from planner.contracts.curve import SAME, FeeCurve
from planner.contracts.envelope import Stretch, cheapest
from planner.contracts.invoice import invoice
from planner.contracts.quotes import Quotes
from planner.contracts.span import Span
from planner.contracts.talk import billed, monthly_setup, talk_curve
from planner.contracts.volume import MonthlyTalk


def compare(quotes: Quotes, span: Span, forecast: MonthlyTalk | None = None) -> Comparison:
    """All vendors over a span of minutes of talk, and at a forecast's own where there is one.

    Fees are before cuts for missed results, and hold the part of the setup fee that is spread over months.

    Raises
    ------
    ValueError
        If a contract by the seat does not say how many minutes a seat talks.

    Notes
    -----
    Equations (K11) and (K12) of docs/explanation/contracts.md.
    """
    talk = quotes.talk_seconds_per_contact if forecast is None else forecast.talk_seconds_per_contact
    most = span.last if forecast is None else max(span.last, forecast.talk_minutes)
    curves = {
        name: talk_curve(contract, talk, most).plus(monthly_setup(contract))
        for name, contract in quotes.vendors.items()
    }
    asked = _Asked(quotes, curves, talk)
    stretches = cheapest(curves, span.first, span.last)
    volumes = sorted({*span.volumes, *([] if forecast is None else [forecast.talk_minutes])})
    return Comparison(
        quotes=quotes.name,
        currency=quotes.currency,
        from_minutes=span.first,
        to_minutes=span.last,
        talk_seconds_per_contact=talk,
        forecast=forecast,
        offers=tuple(offer for minutes in volumes for offer in asked.offers(minutes)),
        leads=tuple(_lead(stretch) for stretch in stretches),
        crossovers=tuple(_crossovers(stretches, curves)),
        notes=tuple(_notes(quotes, forecast)),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The vendors, their curves over minutes of talk, and mean seconds of talk of a contact."""

    quotes: Quotes
    curves: Mapping[str, FeeCurve]
    talk: float

    def offers(self, minutes: float) -> tuple[Offer, ...]:
        """What every vendor asks for at so many minutes of talk, the cheapest marked."""
        made = [self._offer(name, minutes) for name in self.curves]
        fee, resolved = _least(each.fee for each in made), _least(each.per_resolved_contact for each in made)
        return tuple(
            each.model_copy(
                update={
                    "cheapest": _is_least(each.fee, fee),
                    "cheapest_resolved": _is_least(each.per_resolved_contact, resolved),
                }
            )
            for each in made
        )

    def _offer(self, name: str, minutes: float) -> Offer:
        contract, contacts = self.quotes.vendors[name], minutes * 60.0 / self.talk
        supplied = minutes <= self.curves[name].most
        made = invoice(contract, billed(contract, minutes, self.talk)) if supplied else None
        fee = None if made is None else made.fee
        solved = contacts * (contract.first_contact_resolution or 0.0)
        return Offer(
            talk_minutes=minutes,
            contacts=contacts,
            vendor=name,
            fee=fee,
            per_talk_minute=fee / minutes if fee is not None and minutes > 0 else None,
            per_resolved_contact=fee / solved if fee is not None and solved > 0 else None,
            cheapest=False,
            cheapest_resolved=False,
            invoice=made,
        )


def _least(amounts: Iterable[float | None]) -> float:
    return min((amount for amount in amounts if amount is not None), default=math.inf)


def _is_least(amount: float | None, least: float) -> bool:
    return amount is not None and amount <= least + SAME * max(1.0, least)


def _lead(stretch: Stretch) -> Lead:
    return Lead(
        from_minutes=stretch.lower,
        to_minutes=stretch.upper,
        vendors=stretch.vendors,
        fee_from=_known(stretch.fee_lower),
        fee_to=_known(stretch.fee_upper),
    )


def _crossovers(stretches: Sequence[Stretch], curves: Mapping[str, FeeCurve]) -> Iterator[Crossover]:
    for before, after in pairwise(stretches):
        meet = abs(before.fee_upper - after.fee_lower) <= SAME * max(1.0, abs(before.fee_upper))
        ended = any(curves[name].most <= before.upper for name in before.vendors)
        yield Crossover(
            talk_minutes=before.upper,
            before=before.vendors,
            after=after.vendors,
            how="supply" if ended else "meet" if meet else "jump",
            fee=_known(before.fee_upper),
            fee_above=_known(after.fee_lower),
        )


def _known(fee: float) -> float | None:
    return None if math.isnan(fee) else fee


def _notes(quotes: Quotes, forecast: MonthlyTalk | None) -> Iterator[str]:
    for name, contract in quotes.vendors.items():
        for note in notes_on(contract):
            yield f"{name}: {note}"
        if contract.by == "minute" and contract.billing_increment_seconds is not None:
            yield f"{name}: rounding calls up is reckoned for exponential talk, as an expectation"
        if contract.by == "minute" and forecast is not None and contract.most_calls_at_once is not None:
            yield from _crowded(name, contract.most_calls_at_once, forecast)


def _crowded(name: str, most: int, forecast: MonthlyTalk) -> Iterator[str]:
    if forecast.busiest > most:
        yield (
            f"{name}: talks to at most {most:,} at once, and the busiest interval brings "
            f"{forecast.busiest:,.1f} on average: it cannot take all of it"
        )
