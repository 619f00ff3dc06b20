"""An allocation as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.allocation import Allocation, Cell, Coalition
from planner.report.figures import percent
from planner.report.labels import ENGLISH
from planner.report.tables import close_table, plain_table, titled

MOST_DEAR = 20
_WAYS = {
    "handled_time": "handled time",
    "peak_share": "share of the peak",
    "contacts": "contacts",
    "shapley": "Shapley value",
}


def print_allocation(made: Allocation, console: Console) -> None:
    """Print the lines first, then items, dear contacts, coalitions and notes."""
    console.print(
        Text(made.scenario, style="bold").append(
            f"  {_money(made.cost)} {made.currency} over lines by {_WAYS[made.by]}", style="default"
        )
    )
    for part in _tables(made):
        console.print(Padding(part, (1, 0, 0, 0)))


def _tables(made: Allocation) -> Iterator[RenderableType]:
    yield _lines(made)
    if made.coalitions:
        yield _ranges(made)
    yield _items(made)
    if made.dear:
        yield _dear(made)
    if made.dear_hours:
        yield _dear_hours(made)
    if made.coalitions:
        yield _coalitions(made.coalitions, made.currency)
    if made.notes:
        yield _notes(made.notes)


def _lines(made: Allocation) -> RenderableType:
    shown = close_table()
    shown.add_column("Line", overflow="fold")
    for heading in ("Cost", "Share", "Contacts", "Served", "a contact", "a served"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for line in made.lines:
        shown.add_row(
            Text(line.line),
            _money(line.cost),
            "–" if line.share is None else percent(line.share),
            f"{line.contacts:,.0f}",
            f"{line.served:,.0f}",
            _rate(line.cost_per_contact),
            _rate(line.cost_per_served),
        )
    shown.add_section()
    shown.add_row("Total", _money(made.cost), style="bold")
    return titled(f"Cost of lines, {made.currency}", shown)


def _ranges(made: Allocation) -> RenderableType:
    shown = plain_table()
    shown.add_column("Line", overflow="fold")
    for heading in ("At least", "At most"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for line in made.lines:
        shown.add_row(
            Text(line.line), *("–" if end is None else _money(end) for end in (line.low, line.high))
        )
    return titled(f"What the bounds leave open, {made.currency}", shown)


def _items(made: Allocation) -> RenderableType:
    shown = plain_table()
    shown.add_column("Line", overflow="fold")
    shown.add_column("Item")
    shown.add_column("Amount", justify="right", no_wrap=True)
    for line in made.lines:
        if shown.row_count:
            shown.add_section()
        mine = [cell for cell in made.cells if cell.line == line.line]
        for place, item in enumerate(dict.fromkeys(cell.item for cell in mine)):
            name = Text(line.line if place == 0 else "")
            shown.add_row(name, ENGLISH[item], _money(_sum([cell for cell in mine if cell.item == item])))
    return titled(f"Items of lines, {made.currency}", shown)


def _dear(made: Allocation) -> RenderableType:
    shown = close_table()
    for heading in ("Line", "Queue"):
        shown.add_column(heading, overflow="fold")
    for heading in ("Served", "a served", "Worth", "Loss"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for entry in made.dear[:MOST_DEAR]:
        each, worth = _rate(entry.cost_per_served), _rate(entry.value_per_contact)
        queue = Text("all of it", style="dim") if entry.queue is None else Text(entry.queue)
        shown.add_row(Text(entry.line), queue, f"{entry.served:,.0f}", each, worth, _money(entry.loss))
    if len(made.dear) > MOST_DEAR:
        shown.add_row("", f"and {len(made.dear) - MOST_DEAR} more")
    return titled(f"Contacts that cost more than they are worth, {made.currency}", shown)


def _dear_hours(made: Allocation) -> RenderableType:
    shown = close_table()
    shown.add_column("Line", overflow="fold")
    shown.add_column("Hour", no_wrap=True)
    for heading in ("Served", "a served", "Worth", "Loss"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for entry in made.dear_hours[:MOST_DEAR]:
        hour = f"{entry.weekday} {entry.hour:02}:00"
        each, worth = _rate(entry.cost_per_served), _rate(entry.value_per_contact)
        shown.add_row(Text(entry.line), hour, f"{entry.served:,.1f}", each, worth, _money(entry.loss))
    if len(made.dear_hours) > MOST_DEAR:
        shown.add_row("", f"and {len(made.dear_hours) - MOST_DEAR} more")
    return titled(f"Hours of the week, by the people who are there, {made.currency}", shown)


def _coalitions(found: Sequence[Coalition], currency: str) -> RenderableType:
    shown = close_table()
    shown.add_column("Lines", overflow="fold")
    for heading in ("Cost", "No plan below", "Seconds"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for each in found:
        bound = "–" if each.bound is None else f"{each.bound:,.0f}"
        shown.add_row(Text(" + ".join(each.lines)), f"{each.cost:,.0f}", bound, f"{each.seconds:.1f}")
    return titled(f"Lines planned alone, {currency}", shown)


def _notes(notes: Sequence[str]) -> Table:
    shown = plain_table()
    shown.show_header = False
    shown.add_column("", overflow="fold")
    for note in notes:
        shown.add_row(Text(f"- {note}"))
    return shown


def _sum(made: Sequence[Cell]) -> Decimal:
    return sum((cell.amount for cell in made), Decimal(0))


def _money(amount: Decimal, decimals: int = 2) -> str:
    return f"{amount:,.{decimals}f}"


def _rate(each: float | None) -> str:
    return "–" if each is None else f"{each:,.2f}"
