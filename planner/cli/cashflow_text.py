"""Cash flows of platforms as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from planner.investment import CashFlow, CashFlows
from planner.report.figures import money, percent
from planner.report.tables import close_table, titled

_MONTHS = 12


def print_flows(flows: CashFlows, console: Console) -> None:
    """Print what the options come to, then each year by year."""
    console.print(Text(flows.scenario, style="bold"))
    for line in _basis(flows):
        console.print(Text(line))
    for part in (_summary(flows), *(_years(flows, flow) for flow in flows.flows)):
        console.print(Padding(part, (1, 0, 0, 0)))


def _basis(flows: CashFlows) -> Iterator[str]:
    seats = [f"{count:,.6g}" for count in dict.fromkeys(flows.seats)]
    told = seats[0] if len(seats) == 1 else ", ".join(f"{count:,.6g}" for count in flows.seats) + " by year"
    years = f"over {flows.years} years"
    yield f"Beside {flows.against}, {years}, at {told} platform seats; nothing is left after."
    for flow in flows.flows:
        if flow.people_saved_a_month or flow.seats != flows.seats:
            saved = money(flow.people_saved_a_month, flow.people_saved_a_month)
            mine = f"{flow.option}: {flow.seats[0]:,.6g} seats"
            yield f"{mine}; what is no platform costs {saved} less a month."


def _summary(flows: CashFlows) -> RenderableType:
    shown = close_table()
    shown.add_column("Technology", overflow="fold")
    for heading in ("Invested", "Saved", "Present value", "Return", "Paid back"):
        shown.add_column(heading, justify="right", overflow="fold")
    for flow in flows.flows:
        largest = max(abs(flow.invested), abs(flow.saved))
        amounts = (flow.invested, flow.saved, flow.net_present_value)
        back = flow.return_on_investment
        told = "–" if back is None else percent(back)
        shown.add_row(
            Text(flow.option), *(money(amount, largest) for amount in amounts), told, paid_back(flow)
        )
    return titled(f"What it comes to, {flows.currency}", shown)


def paid_back(flow: CashFlow) -> str:
    """When what was invested is saved again, in words."""
    if flow.payback_month is None:
        return "never: nothing is saved" if flow.saved <= 0 else f"not in {len(flow.months) - 1} months"
    return "at once" if flow.payback_month == 0 else f"month {flow.payback_month:.1f}"


def _years(flows: CashFlows, flow: CashFlow) -> RenderableType:
    shown = close_table()
    shown.add_column("Year", justify="right")
    for heading in ("Invested", "Saved", "Net", "Together", "Present value"):
        shown.add_column(heading, justify="right", no_wrap=True)
    largest = max(abs(month.cumulative) for month in flow.months)
    for year in range(flows.years + 1):
        mine = flow.months[max(0, _MONTHS * (year - 1) + 1) : _MONTHS * year + 1]
        amounts = (
            sum(month.invested for month in mine),
            sum(month.saved for month in mine),
            sum(month.net for month in mine),
            mine[-1].cumulative,
            sum(month.present_value for month in mine),
        )
        shown.add_row("start" if year == 0 else str(year), *(money(amount, largest) for amount in amounts))
    title = f"{flow.option} beside {flows.against}, {flows.currency}, at {percent(flow.discount_rate)} a year"
    return titled(title, shown)
