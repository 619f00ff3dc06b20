"""A finished comparison of quotes: tables or JSON on standard output, fees as CSV in a file."""

from __future__ import annotations

from pathlib import Path

from planner.cli.contracts_text import bound
from planner.cli.one_file import Wanted, csv_text, deliver
from planner.contracts import Comparison
from planner.report.seats_csv import guarded

COLUMNS = (
    "talk_minutes",
    "contacts",
    "vendor",
    "unit",
    "billed",
    "fee",
    "per_talk_minute",
    "per_resolved_contact",
    "cheapest",
    "expected_cut",
    "binds",
)


def deliver_comparison(comparison: Comparison, out: Path | None, as_json: bool) -> None:
    """Write the fees if asked, and print the comparison even where they cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    deliver(comparison, lambda: _print(comparison), lambda: offers_csv(comparison), Wanted(out, as_json))


def offers_csv(comparison: Comparison) -> str:
    """The fees as CSV, with a byte-order mark, a row per volume and vendor; empty where one cannot supply."""
    rows: list[tuple[object, ...]] = []
    for offer in comparison.offers:
        made = offer.invoice
        billed = (None, None) if made is None else (made.unit, made.volume)
        rates = (offer.per_talk_minute, offer.per_resolved_contact)
        end = (None, None) if made is None else (made.expected_cut, "; ".join(map(bound, made.binding)))
        row = (offer.talk_minutes, offer.contacts, guarded(offer.vendor), *billed, offer.fee, *rates)
        rows.append((*row, "yes" if offer.cheapest else "no", *end))
    return csv_text(COLUMNS, rows)


def _print(comparison: Comparison) -> None:
    from rich.console import Console

    from planner.cli.contracts_text import print_comparison

    print_comparison(comparison, Console(highlight=False))
