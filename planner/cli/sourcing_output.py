"""A finished sweep over volumes: tables or JSON on standard output, costs as CSV in a file."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from planner.cli.one_file import write_file
from planner.errors import InvalidInput
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
    refused: InvalidInput | None = None
    try:
        if out is not None:
            write_file(points_csv(found), out)
    except InvalidInput as failure:
        refused = failure
    if as_json:
        print(found.to_json())
    else:
        _print(found)
    sys.stdout.flush()
    if refused is not None:
        raise refused


def points_csv(found: Sourcing) -> str:
    """The costs as CSV, with a byte-order mark, a row per volume and alternative; empty without a plan."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for point in found.points:
        amounts = (point.cost_a_month, point.bound_a_month, point.cost_a_contact)
        writer.writerow((point.contacts_a_day, guarded(point.alternative), point.status, *amounts))
    return text.getvalue()


def _print(found: Sourcing) -> None:
    from rich.console import Console

    from planner.cli.sourcing_text import print_sourcing

    print_sourcing(found, Console(highlight=False))
