"""Finished cash flows: tables or JSON on standard output, months as CSV in a file."""

from __future__ import annotations

from pathlib import Path

from planner.cli.one_file import Wanted, csv_text, deliver
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
    deliver(flows, lambda: _print(flows), lambda: months_csv(flows), Wanted(out, as_json))


def months_csv(flows: CashFlows) -> str:
    """The months as CSV, with a byte-order mark, a row per option and month."""
    rows: list[tuple[object, ...]] = []
    for flow in flows.flows:
        for month in flow.months:
            amounts = (month.invested, month.saved, month.net, month.cumulative, month.present_value)
            rows.append((guarded(flow.option), guarded(flows.against), month.month, *amounts))
    return csv_text(COLUMNS, rows)


def _print(flows: CashFlows) -> None:
    from rich.console import Console

    from planner.cli.cashflow_text import print_flows

    print_flows(flows, Console(highlight=False))
