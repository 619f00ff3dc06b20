"""Why an interval of a plan is as it is, as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.explaining import Explanation
from planner.report.figures import money, percent
from planner.report.tables import close_table, titled


def print_explanation(found: Explanation, console: Console) -> None:
    """Print what the interval needs, what holds there, its pools, AI shares and formulas."""
    at = datetime.fromisoformat(found.start)
    when = f"  {found.queue}, {at:%a %Y-%m-%d %H:%M}"
    console.print(Text(found.scenario, style="bold").append(when, style="default"))
    asked = f"{found.load:.2f} erlang, at least {found.needed:.2f} agents"
    console.print(Text(f"{found.planned:.2f} effective agents: {asked}"))
    for part in _parts(found):
        console.print(Padding(part, (1, 0, 0, 0)))


def _parts(found: Explanation) -> Iterator[RenderableType]:
    if found.serving:
        yield titled("With one agent fewer, as planned, and with one more", _serving(found))
    if found.needs:
        yield titled("What every interval must have, promise by promise", _lines(found, "needs"))
    if found.holds:
        yield titled("What holds here", _lines(found, "holds"))
    yield titled(f"Pools, {found.currency} for an effective agent hour", _pools(found))
    if found.idle_cost is not None:
        yield Text(
            f"{found.idle_agents:.2f} agents wait for a contact on average; in this interval they cost "
            f"{found.idle_cost:,.2f} {found.currency}."
        )
    if found.shares:
        yield titled(f"The plan's cost by AI share of {found.queue}, {found.currency}", _shares(found))
    if found.formulas:
        yield titled("The formulas with their numbers", _formulas(found))


def _columns(*headings: str) -> Table:
    shown = close_table()
    for number, heading in enumerate(headings):
        shown.add_column(heading, justify="left" if number == 0 else "right", overflow="fold")
    return shown


def _serving(found: Explanation) -> Table:
    shown = _columns("Agents", "Lost contacts", "Answer rate", "Average wait", "Occupancy")
    for one in found.serving:
        wait = "without end" if one.average_wait_seconds is None else f"{one.average_wait_seconds:.1f} s"
        busy = "–" if one.occupancy is None else percent(one.occupancy)
        shown.add_row(
            f"{one.agents:.2f}", f"{one.lost_contacts:.2f}", percent(one.answer_rate, 2), wait, busy
        )
    return shown


def _lines(found: Explanation, which: str) -> Table:
    shown = close_table()
    shown.show_header = False
    shown.add_column("", overflow="fold")
    if which == "needs":
        for need in found.needs:
            shown.add_row(Text(f"- {need.promise}: {need.agents:.2f} agents"))
    else:
        for holding in found.holds:
            shown.add_row(Text(f"- {holding.says}"))
    return shown


def _pools(found: Explanation) -> Table:
    shown = _columns("Pool", "Agents", "People", "An hour", "One more", "Limits reached")
    for row in found.pools:
        limits = "; ".join(limit.says for limit in row.limits) or "none"
        shown.add_row(
            row.pool,
            f"{row.agents:.2f}",
            f"{row.people}",
            _price(row.hour_price),
            _price(row.next_hour_price),
            limits,
        )
    return shown


def _price(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"


def _shares(found: Explanation) -> Table:
    shown = _columns("AI share", "Cost", "No plan below", "How")
    largest = max((row.cost or row.bound or 0.0 for row in found.shares), default=0.0)
    for row in found.shares:
        shown.add_row(percent(row.share), _money(row.cost, largest), _money(row.bound, largest), row.how)
    return shown


def _money(value: float | None, largest: float) -> str:
    return "–" if value is None else money(value, largest)


def _formulas(found: Explanation) -> Table:
    shown = close_table()
    shown.show_header = False
    for _ in range(2):
        shown.add_column("", overflow="fold")
    for one in found.formulas:
        shown.add_row(one.number, Text(f"{one.name}: {one.text}"))
    return shown
