"""A finished sweep over volumes: tables or JSON on standard output, costs as CSV in a file."""

from __future__ import annotations

from pathlib import Path

from planner.cli.one_file import Wanted, csv_text, deliver
from planner.report.seats_csv import guarded
from planner.sourcing import Sourcing

COLUMNS = ("contacts_a_day", "alternative", "status", "cost_a_month", "bound_a_month", "cost_a_contact")


def deliver_sourcing(found: Sourcing, out: Path | None, as_json: bool) -> None:
    """Write the costs if asked, and print the sweep even where they cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    deliver(found, lambda: _print(found), lambda: points_csv(found), Wanted(out, as_json))


def points_csv(found: Sourcing) -> str:
    """The costs as CSV, with a byte-order mark, a row per volume and alternative; empty without a plan."""
    rows: list[tuple[object, ...]] = []
    for point in found.points:
        amounts = (point.cost_a_month, point.bound_a_month, point.cost_a_contact)
        rows.append((point.contacts_a_day, guarded(point.alternative), point.status, *amounts))
    return csv_text(COLUMNS, rows)


def _print(found: Sourcing) -> None:
    from rich.console import Console

    from planner.cli.sourcing_text import print_sourcing

    print_sourcing(found, Console(highlight=False))
