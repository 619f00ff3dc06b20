"""A comparison of quotes as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.contracts import Binding, Comparison, Crossover, MonthlyTalk, Offer
from planner.report.figures import money
from planner.report.tables import plain_table, titled

_MOST_LEADS = 12
_CLAUSES = {
    "minimum_spend": ("minimum spend", "minute", "paid for and not used"),
    "minimum_seats": ("minimum seats", "seat", "paid for and not used"),
    "above_corridor": ("above the corridor", "", ""),
    "below_corridor": ("below the corridor", "seat", "missing"),
    "cap": ("cap", "", ""),
    "beyond_cap": ("beyond the cap", "", ""),
}


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print fees, leads and notes."""
    console.print(Text(comparison.quotes, style="bold"))
    for line in _basis(comparison):
        console.print(Text(line))
    parts = [_offers(comparison), _leads(comparison)]
    if comparison.notes:
        parts.append(_notes(comparison.notes))
    for part in parts:
        console.print(Padding(part, (1, 0, 0, 0)))


def bound(binding: Binding) -> str:
    """A clause that binds and what it costs, in words."""
    if binding.clause == "tier_edge":
        return f"{binding.costs:,.0f} less just above {binding.at:,.0f} minutes"
    name, unit, state = _CLAUSES[binding.clause]
    costs = f"{name} {binding.costs:+,.0f}"
    if binding.unused is None:
        return costs
    count = f"{binding.unused:,.0f}"
    return f"{costs}: {count} {unit if count == '1' else unit + 's'} {state}"


def _basis(comparison: Comparison) -> Iterator[str]:
    if comparison.forecast is not None:
        yield from _forecast(comparison.forecast)
    else:
        talk = comparison.talk_seconds_per_contact
        yield f"Minutes of talk a month, {talk:,.0f} s to a contact; nothing is said of how they spread."


def _forecast(forecast: MonthlyTalk) -> Iterator[str]:
    yield f"A month of {forecast.source}: {', '.join(forecast.queues)}."
    yield (
        f"{forecast.contacts:,.0f} contacts, {forecast.talk_minutes:,.0f} minutes of talk, "
        f"{forecast.talk_seconds_per_contact:,.0f} s each;"
    )
    months = f"{forecast.months:.2f} months"
    yield f"scaled from a horizon of {months}, as if every day of the month were like those."


def _offers(comparison: Comparison) -> RenderableType:
    shown = _close_table()
    shown.add_column("Minutes", justify="right", no_wrap=True)
    shown.add_column("Vendor", overflow="fold")
    for heading in ("Fee", "a minute", "a resolved"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("What binds", overflow="fold")
    largest = max((offer.fee or 0.0 for offer in comparison.offers), default=0.0)
    before: float | None = None
    for offer in comparison.offers:
        if before is not None and offer.talk_minutes != before:
            shown.add_section()
        minutes = "" if offer.talk_minutes == before else f"{offer.talk_minutes:,.0f}"
        shown.add_row(minutes, *_cells(offer, largest), style="bold" if offer.cheapest else None)
        before = offer.talk_minutes
    return titled(f"Fees of a month, {comparison.currency} (* cheapest; before cuts)", shown)


def _cells(offer: Offer, largest: float) -> tuple[Text | str, ...]:
    vendor = Text(f"{offer.vendor} *" if offer.cheapest else offer.vendor)
    if offer.fee is None or offer.invoice is None:
        return vendor, "–", "–", "–", "supplies no more"
    rate = "–" if offer.per_talk_minute is None else f"{offer.per_talk_minute:,.3f}"
    solved = "–" if offer.per_resolved_contact is None else f"{offer.per_resolved_contact:,.2f}"
    mark = " *" if offer.cheapest_resolved else "  "
    binds = "; ".join(bound(binding) for binding in offer.invoice.binding)
    return vendor, money(offer.fee, largest), rate, solved + mark, Text(binds)


def _leads(comparison: Comparison) -> RenderableType:
    shown = _close_table()
    for heading in ("Above", "Up to"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("Cheapest", overflow="fold")
    shown.add_column("Fee", justify="right", no_wrap=True)
    shown.add_column("Then", overflow="fold")
    then = [*(_then(each) for each in comparison.crossovers), ""]
    largest = max((lead.fee_to or 0.0 for lead in comparison.leads), default=0.0)
    for lead, words in list(zip(comparison.leads, then, strict=True))[:_MOST_LEADS]:
        fees = dict.fromkeys(_fee(fee, largest) for fee in (lead.fee_from, lead.fee_to))
        ends = (f"{lead.from_minutes:,.2f}", f"{lead.to_minutes:,.2f}")
        shown.add_row(*ends, Text(", ".join(lead.vendors) or "nobody"), " to ".join(fees), words)
    more = len(comparison.leads) - _MOST_LEADS
    if more > 0:
        shown.add_row("", "", f"and {more:,} more; --json has all", "", "")
    return titled("Cheapest by minutes of talk", shown)


def _fee(fee: float | None, largest: float) -> str:
    return "–" if fee is None else money(fee, largest)


def _then(crossover: Crossover) -> str:
    if crossover.how == "meet":
        return "fees meet"
    return "a fee jumps" if crossover.how == "jump" else "supplies no more"


def _notes(notes: tuple[str, ...]) -> RenderableType:
    shown = plain_table()
    shown.show_header = False
    shown.add_column("", style="dim", overflow="fold")
    shown.add_column("", overflow="fold")
    for note in notes:
        vendor, words = note.split(": ", 1)
        shown.add_row(Text(vendor), Text(words))
    return titled("Before you sign", shown)


def _close_table() -> Table:
    shown = plain_table()
    shown.padding = (0, 1, 0, 0)
    return shown
