"""Why no plan exists, as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from planner.diagnosis import Infeasible
from planner.diagnosis.document import Change, Clash, PricedRepair
from planner.report.figures import money, signed_percent
from planner.report.tables import close_table, titled

_TOGETHER = "No plan keeps these rules together; without any one of them there is a plan for the others"
_NOT_PROVEN = "No plan keeps these rules together; there was no time to prove that each of them is needed"


def print_infeasible(found: Infeasible, console: Console) -> None:
    """Print the clashes, where they show, and the repairs, the cheapest last line first read."""
    console.print(Text(found.scenario, style="bold").append("  no plan keeps every rule", style="default"))
    parts = [
        *(_clash(clash, number, len(found.clashes)) for number, clash in enumerate(found.clashes, start=1)),
        *_repairs(found),
    ]
    for part in parts:
        console.print(Padding(part, (1, 0, 0, 0)))
    if not found.complete:
        console.print(Padding(Text("Time was up: there may be more clashes and repairs."), (1, 0, 0, 0)))


def _clash(clash: Clash, number: int, of: int) -> RenderableType:
    if not clash.rules:
        return Text("The contacts alone allow no plan: no rule that could be left out explains it.")
    shown = close_table()
    for heading in ("Field", "Holds", "Says"):
        shown.add_column(heading, overflow="fold")
    for rule in clash.rules:
        holds = "–" if rule.value is None else f"{rule.value}"
        shown.add_row(Text(rule.field), Text(holds), Text(rule.says))
    head = f"Clash {number} of {of}. " if of > 1 else ""
    lines = [Text(spot.says) for spot in clash.where]
    whole = [Text("Fractions of people would keep them; whole people do not.")]
    beside = whole if clash.proof == "whole people" else lines
    return Group(titled(head + (_TOGETHER if clash.minimal else _NOT_PROVEN), shown), *beside)


def _repairs(found: Infeasible) -> Iterator[RenderableType]:
    if not found.repairs:
        yield Text("No change of these rules, as far as was looked, leaves a plan.")
        return
    shown = close_table()
    shown.add_column("Change", overflow="fold")
    shown.add_column(f"Cost, {found.currency}", justify="right", no_wrap=True)
    shown.add_column("Against least shortfall", justify="right", no_wrap=True)
    largest = max((one.cost or 0.0 for one in found.repairs), default=0.0)
    for one in found.repairs:
        shown.add_row(Text("\n".join(map(_change, one.changes))), _cost(one, largest), _dearer(one))
    yield titled("Repairs, the cheapest first; each is enough by itself", shown)
    if found.least_shortfall is not None:
        least = found.least_shortfall
        yield Text(
            f"The plan with the least shortfall costs {money(least.cost, least.cost)} {found.currency} "
            f"and is {least.hours_short:,.1f} agent hours short of floors; promises missed: "
            f"{least.promises_missed}. --best-effort makes it."
        )


def _change(change: Change) -> str:
    before = "" if change.before is None else f" {change.before}"
    return f"{change.says}\n  {change.field}{before} → {change.after}"


def _cost(one: PricedRepair, largest: float) -> str:
    return "not in time" if one.cost is None else money(one.cost, largest)


def _dearer(one: PricedRepair) -> str:
    return "–" if one.dearer is None else signed_percent(one.dearer)
