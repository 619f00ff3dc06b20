"""What the plan buys of vendors, as a table for the terminal."""

from __future__ import annotations

from typing import Literal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from planner.contracts.invoice import FeeLine
from planner.plan import ContractRow, Plan
from planner.report.figures import money
from planner.report.labels import Labels
from planner.report.tables import plain_table, titled


def contracts_table(plan: Plan, labels: Labels) -> RenderableType:
    """Every contract: a month's invoice line by line, its fee, and over the plan."""
    shown = plain_table()
    for name in ("vendor", "item"):
        shown.add_column(labels[name], overflow="fold")
    for name in ("quantity", "price", "amount"):
        shown.add_column(labels[name], justify="right", no_wrap=True)
    for row in plan.contracts:
        _contract(shown, row, labels)
    return titled(f"{labels['contracts']}, {plan.currency} {labels['per month']}", shown)


def _contract(shown: Table, row: ContractRow, labels: Labels) -> None:
    name = Text(row.vendor)
    if row.month is None:
        shown.add_row(name, labels["contract off"], "", "", "")
        return
    for line in row.month.lines:
        figures = _figures(line, row.month.unit)
        shown.add_row(name, item_name(line, labels), *figures, money(line.amount, row.month.fee))
        name = Text("")
    shown.add_row(name, labels["fee a month"], "", "", money(row.month.fee, row.month.fee), style="bold")
    if row.month.expected_cut > 0:
        cut = money(row.month.expected_cut, row.month.fee)
        shown.add_row("", labels["expected cut"], "", "", cut, style="dim")
    shown.add_row("", labels["over the plan"], "", "", money(row.fee, row.fee), style="bold")


def item_name(line: FeeLine, labels: Labels) -> str:
    """An invoice's item in words."""
    return labels["seats billed"] if line.item == "seats" else labels[line.item]


def _figures(line: FeeLine, unit: Literal["seats", "minutes"]) -> tuple[str, str]:
    """Quantity and price; of seats with the part of one that lies beyond an edge of the corridor."""
    shown = ",.0f" if unit == "minutes" else ",.6g"
    quantity = "" if line.quantity is None else format(line.quantity, shown)
    return quantity, "" if line.price is None else f"{line.price:,.6g}"
