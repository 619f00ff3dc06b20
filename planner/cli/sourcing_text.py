"""A sweep over volumes as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from planner.report.figures import money, percent
from planner.report.tables import close_table, titled
from planner.sourcing import Never, Point, PriceChange, Sourcing

_PRICES = {"labour": "labour", "vendors": "vendors' prices", "technology": "technology"}
_NO_PLAN = {"infeasible": "no plan", "timeout": "no time"}


def print_sourcing(found: Sourcing, console: Console) -> None:
    """Print costs by volume, who leads where, and what would change it."""
    console.print(Text(found.scenario, style="bold"))
    own = f"{found.forecast_contacts_a_day:,.0f} contacts a day"
    console.print(Text(f"The forecast's {own}, scaled; plans to {percent(found.gap, 2)}."))
    for part in (_costs(found), _leads(found)):
        console.print(Padding(part, (1, 0, 0, 0)))
    for line in (line for each in found.never for line in _never(each)):
        console.print(Padding(Text(line), (1, 0, 0, 0)))


def _costs(found: Sourcing) -> RenderableType:
    names = list(dict.fromkeys(point.alternative for point in found.points))
    shown = close_table()
    shown.add_column("A day", justify="right", no_wrap=True)
    for name in names:
        shown.add_column(Text(name), justify="right", overflow="fold")
    shown.add_column("A contact", justify="right", no_wrap=True)
    largest = max((point.cost_a_month or 0.0 for point in found.points), default=0.0)
    for volume, group in groupby(found.points, key=lambda point: point.contacts_a_day):
        points = list(group)
        each = [point.cost_a_contact for point in points if point.cost_a_contact is not None]
        least = f"{min(each):,.2f}" if each else "–"
        shown.add_row(f"{volume:,.0f}", *(_cell(point, points, largest) for point in points), least)
    return titled(f"Cost of a month, {found.currency} (* surely the cheapest)", shown)


def _cell(point: Point, beside: list[Point], largest: float) -> str:
    if point.cost_a_month is None:
        return f"{_NO_PLAN[point.status]}  "
    others = [other for other in beside if other is not point]
    sure = all(
        other.status == "infeasible"
        or (other.bound_a_month is not None and point.cost_a_month < other.bound_a_month)
        for other in others
    )
    return money(point.cost_a_month, largest) + (" *" if sure else "  ")


def _leads(found: Sourcing) -> RenderableType:
    shown = close_table()
    for heading in ("From", "To"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("Cheapest", overflow="fold")
    for lead in found.leads:
        who = "too near to tell" if lead.alternative is None else lead.alternative
        shown.add_row(f"{lead.from_contacts:,.0f}", f"{lead.to_contacts:,.0f}", Text(who))
    return titled("Cheapest by contacts a day", shown)


def _never(never: Never) -> Iterator[str]:
    at = f"{never.contacts_a_day:,.0f} a day"
    yield (
        f"{never.alternative} is never surely the cheapest between these volumes. It is nearest at {at}, "
        f"where {never.against} is cheaper or as cheap."
    )
    for change in never.prices:
        yield f"- {_PRICES[change.price]}: {_changed(change, never)}."


def _changed(change: PriceChange, never: Never) -> str:
    if change.surely_below is None:
        sure = change.surely_not_above == 0
        return "not even for nothing would it lead" if sure else "not surely, even for nothing"
    leads = f"at {change.surely_below:.3f} of its price or less it leads"
    if change.surely_not_above is None:
        return f"{leads}; at its price the two are too near to tell"
    return f"{leads}; at {change.surely_not_above:.3f} or more {never.against} does"
