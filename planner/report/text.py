"""A plan as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.plan import Plan
from planner.report.attempts_text import attempts_table, cost_per_resolved
from planner.report.figures import delivered, heading, items, labour_share, money, percent, promise, total
from planner.report.investments_text import investments_table
from planner.report.labels import ENGLISH, Labels
from planner.report.repair_text import rounds_table
from planner.report.shift_table import ShiftTable, pools, shift_tables
from planner.report.shortfall_text import shortfall_table
from planner.report.tables import close_table, plain_table, titled
from planner.report.technology_text import chosen_technology, technology_table
from planner.report.vendors_text import contracts_table
from planner.scenario.clock import DAYS

MOST_ROWS = 20
"""Patterns of one pool above which those that differ in their breaks alone share a row."""

STYLES = {True: "green", False: "bold red", None: "yellow"}
MARKS = {True: "✓", False: "✗", None: "~"}

MOST_WEEKS = 4
"""Weeks that are printed; the files hold them all."""


def print_plan(plan: Plan, console: Console, labels: Labels = ENGLISH) -> None:
    """Print the tables of a plan: the cost first, and the proof last, where the eye lands."""
    console.print(headline(plan, labels))
    for part in plan_tables(plan, labels):
        console.print(Padding(part, (1, 0, 0, 0)))


def headline(plan: Plan, labels: Labels = ENGLISH) -> Text:
    """What the plan is called, what it costs and what that is worth."""
    name = Text(plan.scenario, style="bold")
    return name.append(
        f"  {money(plan.cost, plan.cost)} {plan.currency}  {labels[plan.status]}", style="default"
    )


def plan_tables(plan: Plan, labels: Labels = ENGLISH) -> Iterator[RenderableType]:
    """Every part of the printed plan, in the order of reading."""
    if plan.shortfall:
        yield shortfall_table(plan, labels)
    yield from _shifts(plan, labels)
    yield _headcount(plan, labels)
    if plan.automation:
        yield _automation(plan, labels)
    if plan.service:
        yield _service(plan, labels)
    if plan.contracts:
        yield contracts_table(plan, labels)
    if plan.attempts:
        yield attempts_table(plan, labels)
    if plan.repair is not None:
        yield rounds_table(plan, plan.repair, labels)
    if plan.technology:
        yield technology_table(plan, labels)
    if plan.investments:
        yield investments_table(plan, labels)
    yield _costs(plan, labels)
    yield _proof(plan, labels)
    if plan.notes:
        yield _notes(plan, labels)


def _shifts(plan: Plan, labels: Labels) -> Iterator[RenderableType]:
    if not any(seat.people for seat in plan.seats):
        yield Text(labels["nobody"])
        return
    merged = {table.pool: table for table in shift_tables(plan, with_breaks=False)}
    for table in shift_tables(plan):
        if len(table.patterns) > MOST_ROWS:
            yield from _pool_weeks(plan, merged[table.pool], len(table.patterns), labels)
        elif table.patterns:
            yield from _pool_weeks(plan, table, None, labels)


def _pool_weeks(
    plan: Plan, table: ShiftTable, merged: int | None, labels: Labels
) -> Iterator[RenderableType]:
    """One table per week; `merged` says how many patterns were put together, if any were."""
    title = _pool_name(plan, table.pool, labels)
    if merged is not None:
        title += f", {merged} {labels['patterns']}: {labels['breaks elsewhere']}"
    weeks = table.weeks
    for week in weeks[:MOST_WEEKS]:
        yield _week(week, f"{title}, {labels['from']} {week.days[0]}", labels)
    if len(weeks) > MOST_WEEKS:
        yield Text(f"{table.pool}: {len(weeks) - MOST_WEEKS} {labels['more weeks']}")


def _pool_name(plan: Plan, pool: str, labels: Labels) -> str:
    """The pool and its kind, unless the one says the other."""
    kind = labels[plan.inputs.scenario["pools"][pool]["kind"]]
    return pool if pool == kind else f"{pool} ({kind})"


def _week(table: ShiftTable, title: str, labels: Labels) -> RenderableType:
    shown = plain_table()
    shown.add_column(labels["pattern"], overflow="fold")
    for day in table.days:
        shown.add_column(f"{labels[DAYS[day.weekday()]]} {day.day}", justify="right", width=3)
    for pattern, people in zip(table.patterns, table.people, strict=True):
        shown.add_row(Text(pattern), *(str(count) if count else "·" for count in people))
    shown.add_section()
    shown.add_row(labels["total"], *(str(count) for count in table.people.sum(axis=0)), style="bold")
    return titled(title, shown)


def _headcount(plan: Plan, labels: Labels) -> RenderableType:
    shown = plain_table()
    shown.add_column(labels["pool"])
    shown.add_column(labels["people"], justify="right")
    for entry in plan.headcount:
        shown.add_row(Text(_pool_name(plan, entry.pool, labels)), f"{entry.people:,}")
    return titled(labels["books"], shown)


def _automation(plan: Plan, labels: Labels) -> RenderableType:
    shown = plain_table()
    shown.add_column(labels["queue"])
    shown.add_column(labels["ai share"], justify="right")
    shown.add_column(labels["contained"], justify="right")
    for entry in plan.automation:
        shown.add_row(Text(entry.queue), percent(entry.share), percent(entry.contained))
    return titled(labels["ai share"], shown)


def _service(plan: Plan, labels: Labels) -> RenderableType:
    """Every promise with its figures; where there are several, measure and period share a column."""
    figures = delivered(plan)
    joined = len(figures) > 1
    shown = close_table() if joined else plain_table()
    for name in ("queue", "promise") if joined else ("queue", "measure", "period"):
        shown.add_column(labels[name], overflow="fold")
    for title in (labels["promised"], *(heading(plan, figure, labels) for figure in figures)):
        shown.add_column(title, justify="right", no_wrap=True)
    shown.add_column("", no_wrap=True)
    for row in plan.service:
        words = promise(row, plan.repair, labels)
        named = (f"{words.name}, {words.period}",) if joined else (words.name, words.period)
        values = (getattr(words, figure) for figure in figures)
        mark = Text(f"{MARKS[words.met]} {words.verdict}", style="cyan" if row.floor else STYLES[words.met])
        shown.add_row(Text(row.queue), *named, words.target, *values, mark)
    return titled(labels["service"], shown)


def _costs(plan: Plan, labels: Labels) -> RenderableType:
    names = pools(plan)
    shown = plain_table()
    shown.add_column(labels["item"])
    shown.add_column(f"{labels['pool']} / {labels['queue']}", overflow="fold")
    shown.add_column(labels["amount"], justify="right", no_wrap=True)
    shown.add_column(labels["share of cost"], justify="right", no_wrap=True)
    for item in items(plan):
        lines = [line for line in plan.costs if line.item == item]
        for line in sorted(lines, key=lambda line: names.index(line.pool) if line.pool in names else -1):
            technology = chosen_technology(plan) if line.item.startswith("technology") else None
            whose = next((name for name in (line.pool, line.queue, technology) if name is not None), None)
            _cost_row(shown, plan, (labels[item], whose or ""), line.amount)
    shown.add_section()
    _cost_row(shown, plan, (labels["total"], ""), total(plan.costs), "bold")
    return titled(f"{labels['cost']}, {plan.currency}", shown)


def _cost_row(shown: Table, plan: Plan, names: tuple[str, str], amount: float, style: str = "") -> None:
    share = percent(amount / plan.cost) if plan.cost > 0 else ""
    shown.add_row(names[0], Text(names[1]), money(amount, plan.cost), share, style=style)


def _proof(plan: Plan, labels: Labels) -> RenderableType:
    shown = plain_table()
    shown.show_header = False
    shown.add_column("", style="dim")
    shown.add_column("", overflow="fold")
    shown.add_row(labels["cost"], Text(f"{money(plan.cost, plan.cost)} {plan.currency}", style="bold"))
    each = cost_per_resolved(plan)
    if each is not None:
        shown.add_row(labels["cost per resolved"], f"{each:,.2f} {plan.currency}")
    share = labour_share(plan)
    if share is not None:
        shown.add_row(labels["labour share"], percent(share))
    if plan.bound is not None:
        shown.add_row(labels["bound"], f"{money(plan.bound, plan.cost)} {plan.currency}")
    if plan.gap is not None:
        shown.add_row(labels["gap"], Text(percent(plan.gap, 2), style="bold"))
    shown.add_row(labels["status"], labels[plan.status])
    shown.add_row(
        labels["solver"], f"{plan.solver}, {plan.seconds:.1f} s, {labels['stopped']}: {plan.stopped}"
    )
    return titled(labels["result"], shown)


def _notes(plan: Plan, labels: Labels) -> RenderableType:
    shown = plain_table()
    shown.show_header = False
    shown.add_column("", overflow="fold")
    for note in plan.notes:
        shown.add_row(Text(f"- {note}"))
    return titled(labels["notes"], shown)
