"""Finished cash flows: tables or JSON on standard output, months as CSV in a file."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from planner.cli.one_file import write_file
from planner.errors import InvalidInput
from planner.investment import CashFlows
from planner.report.seats_csv import guarded

COLUMNS = ("option", "against", "month", "invested", "saved", "net", "cumulative", "present_value")


def deliver_flows(flows: CashFlows, out: Path | None, as_json: bool) -> None:
    """Write the months if asked, and print the comparison even where they cannot be written.

    Raises
    ------
    InvalidInput
        If the file could not be written; what was there is there still.
    """
    refused: InvalidInput | None = None
    try:
        if out is not None:
            write_file(months_csv(flows), out)
    except InvalidInput as failure:
        refused = failure
    if as_json:
        print(flows.to_json())
    else:
        _print(flows)
    sys.stdout.flush()
    if refused is not None:
        raise refused


def months_csv(flows: CashFlows) -> str:
    """The months as CSV, with a byte-order mark, a row per option and month."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for flow in flows.flows:
        for month in flow.months:
            amounts = (month.invested, month.saved, month.net, month.cumulative, month.present_value)
            writer.writerow((guarded(flow.option), guarded(flows.against), month.month, *amounts))
    return text.getvalue()


def _print(flows: CashFlows) -> None:
    from rich.console import Console

    from planner.cli.cashflow_text import print_flows

    print_flows(flows, Console(highlight=False))
