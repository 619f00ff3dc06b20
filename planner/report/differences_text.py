"""Plans side by side as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.report.figures import money, percent
from planner.report.labels import ENGLISH
from planner.report.part_text import difference_tables
from planner.report.tables import close_table, plain_table, titled
from planner.seasons import Differences, SidePlan

MOST_BESIDE = 4
"""Plans in one table; further ones have tables below it."""
MOST_PATTERNS = 4
_DASH = "–"


def print_differences(found: Differences, console: Console) -> None:
    """Print the plans first, then who comes and goes, shared patterns, the difference and notes."""
    console.print(_legend(found))
    for part in _tables(found):
        console.print(Padding(part, (1, 0, 0, 0)))


def _tables(found: Differences) -> Iterator[RenderableType]:
    for at in range(0, len(found.plans), MOST_BESIDE):
        some = found.plans[at : at + MOST_BESIDE]
        yield _figures(some, found.currency)
        yield _costs(some, found.currency)
    if found.moves:
        yield _moves(found)
    yield _patterns(found)
    if found.difference is not None:
        yield from difference_tables(found.difference, found.currency)
    if found.notes:
        yield _notes(found.notes)


def _legend(found: Differences) -> Table:
    shown = close_table()
    shown.show_header = False
    for column in ("", "", ""):
        shown.add_column(column, overflow="fold")
    for plan in found.plans:
        of = f"{plan.start}, {plan.days} days" if plan.days > 1 else plan.start
        shown.add_row(f"Plan {plan.number}", Text(plan.name, style="bold"), Text(f"{of}, {plan.source}"))
    return shown


def _beside(plans: Sequence[SidePlan], first: str = "") -> Table:
    """A table with a column per plan."""
    shown = close_table()
    shown.add_column(first, overflow="fold")
    for plan in plans:
        shown.add_column(f"Plan {plan.number}", justify="right", no_wrap=True)
    return shown


def _figures(plans: Sequence[SidePlan], currency: str) -> RenderableType:
    shown = _beside(plans)
    for name, cells in _rows(plans):
        shown.add_row(Text(name), *cells)
    return titled(f"Side by side, {currency}", shown)


def _rows(plans: Sequence[SidePlan]) -> Iterator[tuple[str, list[str]]]:
    yield "Cost", [f"{plan.cost:,.0f}" for plan in plans]
    yield "Gap", [_share(plan.gap, 2) for plan in plans]
    yield "Contacts", [f"{plan.contacts:,.0f}" for plan in plans]
    yield "Cost per contact", [_rate(plan.cost_per_contact) for plan in plans]
    yield "Cost per served contact", [_rate(plan.cost_per_served) for plan in plans]
    if any(plan.resolved is not None for plan in plans):
        yield "Cost per resolved contact", [_rate(plan.cost_per_resolved) for plan in plans]
    yield "Labour's share of the cost", [_share(plan.labour_share) for plan in plans]
    yield "AI share", [_share(plan.ai_share) for plan in plans]
    yield "Answer rate", [_share(plan.answer_rate, 2) for plan in plans]
    yield "Average wait", [_seconds(plan.average_wait_seconds) for plan in plans]
    yield "Promises kept", [f"{plan.kept} of {plan.promises}" for plan in plans]
    for pool in dict.fromkeys(row.pool for plan in plans for row in plan.people):
        counts = [{row.pool: row.people for row in plan.people}.get(pool) for plan in plans]
        yield f"People, {pool}", [_DASH if count is None else f"{count:,}" for count in counts]


def _costs(plans: Sequence[SidePlan], currency: str) -> RenderableType:
    shown = _beside(plans, "Item")
    largest = max((plan.cost for plan in plans), default=0.0)
    for item in dict.fromkeys(cost.item for plan in plans for cost in plan.costs):
        amounts = [{cost.item: cost.amount for cost in plan.costs}.get(item) for plan in plans]
        cells = [_DASH if amount is None else money(amount, largest) for amount in amounts]
        shown.add_row(ENGLISH[item], *cells)
    return titled(f"Cost by item, {currency}", shown)


def _moves(found: Differences) -> RenderableType:
    shown = close_table()
    shown.add_column("From", no_wrap=True)
    shown.add_column("To", no_wrap=True)
    shown.add_column("Pool", overflow="fold")
    for heading in ("Before", "After", "Come", "Go"):
        shown.add_column(heading, justify="right", no_wrap=True)
    before: tuple[int, int] | None = None
    for move in found.moves:
        ends = (move.from_plan, move.to_plan)
        if before not in (None, ends):
            shown.add_section()
        names = ("", "") if ends == before else (f"Plan {ends[0]}", f"Plan {ends[1]}")
        come, go = (f"{many:,}" if many else _DASH for many in (move.come, move.go))
        shown.add_row(*names, Text(move.pool), f"{move.before:,}", f"{move.after:,}", come, go)
        before = ends
    return titled("People who come and go", shown)


def _patterns(found: Differences) -> RenderableType:
    shown = close_table()
    shown.add_column("Pool", overflow="fold")
    for plan in found.plans:
        shown.add_column(f"Plan {plan.number}", justify="right", no_wrap=len(found.plans) <= MOST_BESIDE)
    shown.add_column("In all", justify="right", no_wrap=True)
    shown.add_column("Worked in every plan", overflow="fold")
    for row in found.patterns:
        cells = [
            _DASH if share is None else f"{count}, {percent(share, 0)}"
            for count, share in zip(row.worked, row.on_shared, strict=True)
        ]
        shown.add_row(Text(row.pool), *cells, str(len(row.shared)), Text(_some(row.shared)))
    return titled("Patterns: how many a plan works, shifts on those that all plans work", shown)


def _some(patterns: Sequence[str]) -> str:
    more = len(patterns) - MOST_PATTERNS
    return ", ".join(patterns[:MOST_PATTERNS]) + (f" and {more} more" if more > 0 else "")


def _notes(notes: Sequence[str]) -> Table:
    shown = plain_table()
    shown.show_header = False
    shown.add_column("", overflow="fold")
    for note in notes:
        shown.add_row(Text(f"- {note}"))
    return shown


def _rate(each: float | None) -> str:
    return _DASH if each is None else f"{each:,.2f}"


def _share(share: float | None, decimals: int = 1) -> str:
    return _DASH if share is None else percent(share, decimals)


def _seconds(wait: float | None) -> str:
    return _DASH if wait is None else f"{wait:.1f} s"
