"""Curves of cost on standard output: tables with bars, or one JSON object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.report.figures import money, percent
from planner.report.tables import close_table, titled
from planner.sweep import AiCurve, Frontier, Tornado

_BAR = 14


def deliver_curve(found: Frontier | AiCurve | Tornado, as_json: bool) -> None:
    """Print a curve for a program or for a person."""
    if as_json:
        print(found.to_json())
        return
    console = Console(highlight=False)
    console.print(Text(found.scenario, style="bold"))
    shown, remarks = _parts(found)
    console.print(Padding(shown, (1, 0, 0, 0)))
    if found.unfinished:
        remarks = [*remarks, f"Stopped: {found.unfinished:,} plans are left."]
    for line in remarks:
        console.print(Padding(Text(line), (1, 0, 0, 0)))


def _parts(found: Frontier | AiCurve | Tornado) -> tuple[RenderableType, list[str]]:
    if isinstance(found, Frontier):
        return _frontier(found), list(_frontier_remarks(found))
    if isinstance(found, AiCurve):
        return _ai_curve(found), list(_ai_remarks(found))
    return _tornado(found), list(_tornado_remarks(found))


def _table(first: str, *headings: str) -> Table:
    shown = close_table()
    shown.add_column(first, justify="left", overflow="fold")
    for heading in headings:
        shown.add_column(heading, justify="right", overflow="fold")
    shown.add_column("", justify="left", no_wrap=True)
    return shown


def _frontier(found: Frontier) -> RenderableType:
    shown = _table("Target", "Cost", "At least", "Gap", "More")
    costs = [point.cost for point in found.points]
    largest = max((cost or 0.0 for cost in costs), default=0.0)
    before: float | None = None
    for point in found.points:
        more = ""
        if point.cost is not None and before is not None:
            more = f"{'' if point.dearer_for_sure else '~'}{money(point.cost - before, largest)}"
        cells = _cells((point.cost, point.bound, point.gap), point.status, largest)
        shown.add_row(f"{point.target:g}", *cells, more, _bar(point.cost, costs))
        before = point.cost
    return titled(f"Cost over {found.promise}, {found.currency}", shown)


def _frontier_remarks(found: Frontier) -> Iterator[str]:
    if any(point.dearer_for_sure is False for point in found.points):
        yield "~: no dearer for sure than the point before; the gaps meet. A smaller --gap may tell."
    for point in found.points:
        if point.plan_of is not None and point.plan_of != point.target:
            yield f"{point.target:g}: the plan found for {point.plan_of:g} is cheaper than its own."
        if point.reason:
            yield f"{point.target:g}: {point.status}: {point.reason}"


def _ai_curve(found: AiCurve) -> RenderableType:
    shown = _table("AI share", "Cost", "At least", "Gap", "Best")
    costs = [point.cost for point in found.points]
    largest = max((cost or 0.0 for cost in costs), default=0.0)
    for point in found.points:
        cells = _cells((point.cost, point.bound, point.gap), point.status, largest)
        shown.add_row(
            percent(point.share), *cells, "maybe" if point.maybe_best else "", _bar(point.cost, costs)
        )
    return titled(f"Cost over the AI share of {found.queue}, {found.currency}", shown)


def _ai_remarks(found: AiCurve) -> Iterator[str]:
    if found.chosen_cost is not None and found.chosen_share is not None:
        cost, bound = found.chosen_cost, found.chosen_bound or 0.0
        yield (
            f"Free to choose, a plan takes {percent(found.chosen_share)} and costs {money(cost, cost)}, "
            f"at least {money(bound, cost)}."
        )
    yield from (
        f"{percent(point.share)}: {point.status}: {point.reason}" for point in found.points if point.reason
    )


def _tornado(found: Tornado) -> RenderableType:
    shown = _table("Field", "Low", "High", "Swing")
    ends = [end.cost for bar in found.bars for end in (bar.low, bar.high)]
    largest = max((cost or 0.0 for cost in [*ends, found.cost]), default=0.0)
    swings = [None if bar.swing is None else abs(bar.swing) for bar in found.bars]
    for bar in found.bars:
        low, high = (
            end.status if end.cost is None else money(end.cost, largest) for end in (bar.low, bar.high)
        )
        swing = "" if bar.swing is None else f"{'' if bar.sure else '~'}{money(bar.swing, largest)}"
        drawn = (
            "" if bar.swing is None else _length(abs(bar.swing), 0.0, max(filter(None, swings), default=0.0))
        )
        shown.add_row(Text(bar.path), low, high, swing, drawn)
    return titled(f"Cost with one field moved, {found.currency}", shown)


def _tornado_remarks(found: Tornado) -> Iterator[str]:
    for bar in found.bars[:1]:
        yield f"Low is {bar.low.to:g} times the scenario's own number, high {bar.high.to:g} times."
    if found.cost is not None and found.bound is not None:
        yield (
            f"With every field as it is: {money(found.cost, found.cost)}, "
            f"at least {money(found.bound, found.cost)}."
        )
    if any(bar.swing is not None and not bar.sure for bar in found.bars):
        yield "~: the two ends do not differ for sure; their gaps meet. A smaller --gap may tell."
    for bar in found.bars:
        for end in (bar.low, bar.high):
            if end.reason:
                yield f"{bar.path} x {end.to:g}: {end.status}: {end.reason}"


def _cells(
    figures: tuple[float | None, float | None, float | None], status: str, largest: float
) -> tuple[str, str, str]:
    cost, bound, gap = figures
    return (
        status if cost is None else money(cost, largest),
        "" if bound is None else money(bound, largest),
        "" if gap is None else percent(gap, 2),
    )


def _bar(cost: float | None, beside: Sequence[float | None]) -> str:
    """A bar from a little below the least cost, so that a U or a rise is seen."""
    known = [one for one in beside if one is not None]
    if cost is None:
        return ""
    least, most = min(known), max(known)
    return _length(cost, least - 0.1 * (most - least), most)


def _length(value: float, least: float, most: float) -> str:
    return "█" * round(_BAR * (value - least) / (most - least)) if most > least else ""
