"""The difference of two plans as tables for the terminal: what every cause changed, and the plans between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from planner.report.tables import close_table, plain_table, titled
from planner.seasons import Cause, Difference

CAUSES: dict[Cause, str] = {
    "structure": "structure",
    "volume": "volume",
    "profile": "profile",
    "handle_time": "handle time",
    "customers": "customers",
    "prices": "prices",
    "service": "service",
    "automation": "automation",
    "labour": "labour",
    "contracts": "contracts",
}
_WAYS = {"order": "one cause after another", "shapley": "on average over all orders of the causes"}
NO_CAUSE = "same question"
MOST_BETWEEN = 20


def difference_tables(found: Difference, currency: str) -> Iterator[RenderableType]:
    """The parts of a change, which add up to it, and the plans it was found with."""
    yield _parts(found, currency)
    if found.between:
        yield _between(found, currency)


def named(causes: Sequence[Cause], separator: str = " + ") -> str:
    """Causes in words."""
    return separator.join(CAUSES[cause] for cause in causes) or NO_CAUSE


def _parts(found: Difference, currency: str) -> RenderableType:
    shown = plain_table()
    shown.add_column("Cause", overflow="fold")
    for heading in ("Change", "At least", "At most"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for part in found.parts:
        shown.add_row(Text(named(part.causes)), *map(_signed, (part.change, part.low, part.high)))
    shown.add_section()
    shown.add_row("Total", *map(_signed, (found.change, found.low, found.high)), style="bold")
    return titled(f"From plan 1 to plan 2, {currency}: {_WAYS[found.way]}", shown)


def _between(found: Difference, currency: str) -> RenderableType:
    shown = close_table()
    shown.add_column("Taken from plan 2", overflow="fold")
    for heading in ("Cost", "No plan below", "Seconds"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for row in found.between[:MOST_BETWEEN]:
        if row.cost is None:
            shown.add_row(Text(named(row.causes)), "no plan", "", "")
            continue
        bound = "–" if row.bound is None else f"{row.bound:,.0f}"
        shown.add_row(Text(named(row.causes)), f"{row.cost:,.0f}", bound, f"{row.seconds:.1f}")
    if len(found.between) > MOST_BETWEEN:
        shown.add_row(f"and {len(found.between) - MOST_BETWEEN} more", "", "", "")
    return titled(f"Plans in between, {currency}", shown)


def _signed(amount: Decimal) -> str:
    return f"{amount:+,.2f}"
