"""The sections about people: who starts which shift, agents needed and planned, people on the books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from planner.plan import AgentsRow, Plan
from planner.report.html.charts import heat_map, staffing
from planner.report.html.shapes import Figure, Section, Table, row
from planner.report.shift_table import ShiftTable, calendar_of, shift_tables
from planner.report.voice import Voice

MOST_DAYS = 14
"""Days whose intervals are shown; a year of quarter hours would make a page that nobody can open."""
_MOST_COLUMNS = 31
"""Days of a table of shifts; the heat map has them all."""


def shifts_section(plan: Plan, voice: Voice) -> Section:
    """A heat map per pool of the people who start each shift on each day."""
    merged = {table.pool: table for table in shift_tables(plan, with_breaks=False)}
    most = max((int(table.people.max(initial=0)) for table in merged.values()), default=0)
    figures = [
        Figure(
            title=pool_name(plan, table.pool, voice),
            chart=heat_map(merged[table.pool], most, f"chart-shifts-{number}", voice),
            table=_shift_table(table, voice),
            notes=_left_out(table, voice),
        )
        for number, table in enumerate(shift_tables(plan), 1)
        if table.patterns
    ]
    lead = voice.labels["shifts lead" if figures else "nobody"]
    return Section("shifts", voice.labels["people per shift"], tuple(figures), lead)


def staffing_section(plan: Plan, voice: Voice) -> Section:
    """Agents needed and planned, queue by queue."""
    interval = timedelta(minutes=calendar_of(plan).interval_minutes)
    figures = [
        Figure(queue, staffing(shown, interval, f"chart-queue-{number}", voice), _agents(shown, voice), notes)
        for number, (queue, shown, notes) in enumerate(_queues(plan, voice), 1)
    ]
    title = voice.labels["needed against planned"]
    return Section("staffing", title, tuple(figures), voice.labels["staffing lead"])


def headcount_section(plan: Plan, voice: Voice) -> Section:
    """How many people every pool needs."""
    rows = [row(pool_name(plan, entry.pool, voice), voice.number(entry.people)) for entry in plan.headcount]
    together = voice.number(sum(entry.people for entry in plan.headcount))
    rows.append(row(voice.labels["total"], together, strong=True))
    table = Table((voice.labels["pool"], voice.labels["books"]), tuple(rows))
    return Section("headcount", voice.labels["books"], (Figure("", None, table),))


def pool_name(plan: Plan, pool: str, voice: Voice) -> str:
    """A pool and its kind, where the scenario has it and the one does not say the other."""
    found = plan.inputs.scenario.get("pools", {}).get(pool)
    kind = pool if found is None else voice.labels[found["kind"]]
    return pool if pool == kind else voice.labels["with remark"].format(pool, kind)


def _queues(plan: Plan, voice: Voice) -> Iterator[tuple[str, list[AgentsRow], tuple[str, ...]]]:
    """Every queue with the rows of its first days."""
    order = {queue: at for at, queue in enumerate(dict.fromkeys(each.queue for each in plan.agents))}
    ordered = sorted(plan.agents, key=lambda each: order[each.queue])
    for queue, rows in groupby(ordered, lambda each: each.queue):
        every = list(rows)
        until = date.fromisoformat(every[0].start[:10]) + timedelta(days=MOST_DAYS)
        shown = [each for each in every if date.fromisoformat(each.start[:10]) < until]
        more = len(shown) < len(every)
        yield queue, shown, (voice.labels["first days"].format(MOST_DAYS),) if more else ()


def _shift_table(table: ShiftTable, voice: Voice) -> Table:
    days = table.days[:_MOST_COLUMNS]
    rows = [
        row(pattern, *(voice.number(count) if count else "" for count in people[: len(days)].tolist()))
        for pattern, people in zip(table.patterns, table.people, strict=True)
    ]
    sums = table.people.sum(axis=0)[: len(days)].tolist()
    rows.append(row(voice.labels["total"], *map(voice.number, sums), strong=True))
    return Table((voice.labels["pattern"], *map(voice.short_day, days)), tuple(rows))


def _left_out(table: ShiftTable, voice: Voice) -> tuple[str, ...]:
    more = len(table.days) > _MOST_COLUMNS
    return (voice.labels["first columns"].format(_MOST_COLUMNS),) if more else ()


def _agents(rows: list[AgentsRow], voice: Voice) -> Table:
    labels = voice.labels
    names = ("interval start", "contacts", "handle time", "load", "agents needed", "agents planned")
    return Table(
        tuple(labels[name] for name in names),
        tuple(
            row(
                voice.moment(each.start),
                voice.number(each.contacts, 1),
                voice.number(each.handle_time_seconds),
                voice.number(each.load, 1),
                voice.number(each.needed, 1),
                voice.number(each.planned, 1),
            )
            for each in rows
        ),
    )
