"""The rounds of a repair as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from planner.plan import AT_MOST, Plan, Repair, Round, RoundPromise
from planner.report.figures import measured, money, period, promise_name, signed_percent, target
from planner.report.labels import Labels
from planner.report.tables import plain_table, titled


def rounds_table(plan: Plan, repair: Repair, labels: Labels) -> RenderableType:
    """Every round's cost, and the promise that its replay missed by most."""
    shown = plain_table()
    shown.add_column(labels["round"], justify="right")
    shown.add_column(labels["cost"], justify="right", no_wrap=True)
    shown.add_column(labels["against first"], justify="right", no_wrap=True)
    shown.add_column(labels["short"], justify="right")
    shown.add_column(labels["missed most"], overflow="fold")
    for number, one in enumerate(repair.rounds, start=1):
        short = sum(row.short for row in one.promises)
        against = (
            signed_percent(one.cost / repair.uncalibrated_cost - 1.0) if repair.uncalibrated_cost else ""
        )
        style = "bold" if number == repair.chosen else ""
        cells = (str(number), money(one.cost, plan.cost), against, f"{short:,}")
        shown.add_row(*cells, _missed_most(one, labels), style=style)
    parts = [titled(labels["rounds"], shown), *_asked(repair, labels)]
    return Group(*parts, Text(_summary(plan, repair, labels)))


def _missed_most(one: Round, labels: Labels) -> Text:
    """`vip, answer rate, week: 96.6 % of ≥ 97 %`, or that all were held."""
    short = [row for row in one.promises if row.short]
    if not short:
        return Text(labels["all held"], style="green")
    worst = max(short, key=_missing)
    name = f"{worst.queue}, {promise_name(worst, labels).lower()}, {period(worst, labels)}"
    return Text(f"{name}: {measured(worst, worst.simulated, labels)}, {target(worst)}")


def _missing(row: RoundPromise) -> float:
    """By how many times what is counted exceeds its limit."""
    if row.measure in AT_MOST:
        return row.simulated / row.target
    return (1.0 - row.simulated) / (1.0 - row.target)


def _asked(repair: Repair, labels: Labels) -> Iterator[RenderableType]:
    """What the chosen round was asked for, where that is not what was promised."""
    changed = [row for row in repair.rounds[repair.chosen - 1].promises if row.asked != row.target]
    if not changed:
        return
    shown: Table = plain_table()
    for heading in ("queue", "promise"):
        shown.add_column(labels[heading], overflow="fold")
    for heading in ("promised", "asked", "by formulas", "replayed"):
        shown.add_column(labels[heading], justify="right", no_wrap=True)
    for row in changed:
        figures = (row.asked, row.predicted, row.simulated)
        words = (measured(row, each, labels) for each in figures)
        name = f"{promise_name(row, labels)}, {period(row, labels)}"
        shown.add_row(Text(row.queue), name, target(row), *words)
    yield Text()
    yield titled(labels["asked instead"].format(repair.chosen), shown)


def _summary(plan: Plan, repair: Repair, labels: Labels) -> str:
    """What the repair cost or saved, and why it ended."""
    said = labels["against bound"].format(
        money(repair.uncalibrated_bound, plan.cost), plan.currency, signed_percent(repair.difference)
    )
    return f"{said} {labels[f'repair ended by {repair.ended}']}"
