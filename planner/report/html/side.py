"""Plans side by side as sections of tables: a column per plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.report.html.shapes import Figure, Section, Table, row
from planner.report.voice import Voice

if TYPE_CHECKING:
    from planner.seasons import Differences, SidePlan


def differences_sections(found: Differences, voice: Voice) -> Iterator[Section]:
    """Figures, cost by item, people, and who comes and goes."""
    labels = voice.labels
    title = labels["side by side"] + labels["comma"] + found.currency
    yield Section("side", title, (Figure("", None, _table(found, [*_figures(found.plans, voice)], voice)),))
    costs = labels["cost by item"] + labels["comma"] + found.currency
    yield Section("side-costs", costs, (Figure("", None, _table(found, [*_costs(found, voice)], voice)),))
    people = _table(found, [*_people(found, voice)], voice)
    yield Section("side-people", labels["books"], (Figure("", None, people),))
    if found.moves:
        yield Section("moves", labels["come and go"], (Figure("", None, _moves(found, voice)),))


def _table(found: Differences, rows: Sequence[tuple[str, list[str]]], voice: Voice) -> Table:
    headings = [f"{plan.name}, {voice.day(date.fromisoformat(plan.start))}" for plan in found.plans]
    return Table(("", *headings), tuple(row(name, *cells) for name, cells in rows))


def _figures(plans: Sequence[SidePlan], voice: Voice) -> Iterator[tuple[str, list[str]]]:
    labels = voice.labels
    most = max(plan.cost for plan in plans)
    yield labels["days"], [voice.number(plan.days) for plan in plans]
    yield labels["cost"], [voice.amount(plan.cost, most) for plan in plans]
    yield labels["gap"], _known([plan.gap for plan in plans], lambda gap: voice.percent(gap, 2), voice)
    yield labels["contacts"], [voice.number(plan.contacts) for plan in plans]
    for name, values in (
        ("cost per contact", [plan.cost_per_contact for plan in plans]),
        ("cost per served", [plan.cost_per_served for plan in plans]),
        ("cost per resolved", [plan.cost_per_resolved for plan in plans]),
    ):
        if any(value is not None for value in values):
            yield labels[name], _known(values, lambda value: voice.number(value, 2), voice)
    for name, values in (
        ("labour share", [plan.labour_share for plan in plans]),
        ("ai share", [plan.ai_share for plan in plans]),
        ("answer_rate", [plan.answer_rate for plan in plans]),
    ):
        yield labels[name], _known(values, voice.percent, voice)
    waits = [plan.average_wait_seconds for plan in plans]
    yield labels["average_wait"], _known(waits, voice.seconds, voice)
    kept = labels["so many of"]
    yield labels["promises kept"], [kept.format(plan.kept, plan.promises) for plan in plans]


def _known(values: Sequence[float | None], said: Callable[[float], str], voice: Voice) -> list[str]:
    return [voice.labels["undefined"] if value is None else said(value) for value in values]


def _costs(found: Differences, voice: Voice) -> Iterator[tuple[str, list[str]]]:
    most = max(plan.cost for plan in found.plans)
    for item in dict.fromkeys(cost.item for plan in found.plans for cost in plan.costs):
        amounts = [{cost.item: cost.amount for cost in plan.costs}.get(item) for plan in found.plans]
        yield voice.labels[item], _known(amounts, lambda amount: voice.amount(amount, most), voice)


def _people(found: Differences, voice: Voice) -> Iterator[tuple[str, list[str]]]:
    for pool in dict.fromkeys(each.pool for plan in found.plans for each in plan.people):
        counts = [{each.pool: each.people for each in plan.people}.get(pool) for plan in found.plans]
        yield pool, _known(counts, voice.number, voice)


def _moves(found: Differences, voice: Voice) -> Table:
    names = [plan.name for plan in found.plans]
    rows = [
        row(
            voice.labels["from day to day"].format(names[move.from_plan - 1], names[move.to_plan - 1]),
            move.pool,
            *(voice.number(many) for many in (move.before, move.after, move.come, move.go)),
        )
        for move in found.moves
    ]
    headings = ("", *(voice.labels[name] for name in ("pool", "before", "after", "come", "go")))
    return Table(headings, tuple(rows), words=2)
