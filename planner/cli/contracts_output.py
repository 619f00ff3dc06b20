"""A finished comparison of quotes: tables or JSON on standard output, fees as CSV in a file."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from planner.cli.contracts_text import bound
from planner.cli.one_file import write_file
from planner.contracts import Comparison
from planner.errors import InvalidInput
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
    refused: InvalidInput | None = None
    try:
        if out is not None:
            write_file(offers_csv(comparison), out)
    except InvalidInput as failure:
        refused = failure
    if as_json:
        print(comparison.to_json())
    else:
        _print(comparison)
    sys.stdout.flush()
    if refused is not None:
        raise refused


def offers_csv(comparison: Comparison) -> str:
    """The fees as CSV, with a byte-order mark, a row per volume and vendor; empty where one cannot supply."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for offer in comparison.offers:
        made = offer.invoice
        billed = (None, None) if made is None else (made.unit, made.volume)
        rates = (offer.per_talk_minute, offer.per_resolved_contact)
        end = (None, None) if made is None else (made.expected_cut, "; ".join(map(bound, made.binding)))
        row = (offer.talk_minutes, offer.contacts, guarded(offer.vendor), *billed, offer.fee, *rates)
        writer.writerow((*row, "yes" if offer.cheapest else "no", *end))
    return text.getvalue()


def _print(comparison: Comparison) -> None:
    from rich.console import Console

    from planner.cli.contracts_text import print_comparison

    print_comparison(comparison, Console(highlight=False))
