"""What promises and limits cost, as a table for the terminal, readable at 80 columns."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from planner.explaining import Prices
from planner.explaining.price_document import FieldPrice
from planner.report.figures import money
from planner.report.tables import close_table, titled


def print_prices(found: Prices, console: Console) -> None:
    """Print every field with a price, the largest first, and those that cost nothing on one line."""
    head = Text(found.scenario, style="bold")
    console.print(head.append(f"  {money(found.cost, found.cost)} {found.currency}", style="default"))
    shown = close_table()
    shown.add_column("Field", overflow="fold")
    shown.add_column("One step", overflow="fold")
    shown.add_column("Price", justify="right")
    shown.add_column("Holds to", justify="right")
    shown.add_column("Plan again", justify="right", overflow="fold")
    for one in found.prices:
        if one.price:
            holds = "–" if one.holds_to is None else f"{one.holds_to:g}"
            says = f"{one.says}; it is {one.value:g}"
            shown.add_row(one.field, says, f"{one.price:+,.2f}", holds, _again(one))
    console.print(Padding(titled(f"Prices of one step, {found.currency}", shown), (1, 0, 0, 0)))
    free = [one.field for one in found.prices if one.price == 0.0]
    if free:
        nothing = Text(f"To first order one step costs and saves nothing: {', '.join(free)}.")
        console.print(Padding(nothing, (1, 0, 0, 0)))
    if not found.complete:
        console.print(Text("Not every price was confirmed by a plan in time."))


def _again(one: FieldPrice) -> str:
    """`+240.00 (201.40 to 240.00)`."""
    if one.difference is None:
        return "not in time"
    if one.least is None or one.most is None:
        return f"{one.difference:+,.2f}"
    return f"{one.difference:+,.2f} ({one.least:+,.2f} to {one.most:+,.2f})"
