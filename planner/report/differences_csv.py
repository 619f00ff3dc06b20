"""Plans side by side and the parts of a change as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from planner.report.part_text import named
from planner.report.seats_csv import guarded
from planner.seasons import Differences, SidePlan

FIGURES = (
    "cost",
    "bound",
    "gap",
    "contacts",
    "served",
    "resolved",
    "cost_per_contact",
    "cost_per_served",
    "cost_per_resolved",
    "labour_share",
    "ai_share",
    "answer_rate",
    "average_wait_seconds",
    "promises",
    "kept",
)


def plans_csv(found: Differences) -> bytes:
    """A row per figure, pool and item of cost, a column per plan; UTF-8 with a byte-order mark."""
    names = [f"{plan.number}: {plan.name}" for plan in found.plans]
    return _csv(("figure", "of", *names), _figures(found.plans))


def parts_csv(found: Differences) -> bytes:
    """A row per part of the difference, and the whole of it; only headings where there is none."""
    return _csv(("cause", "change", "low", "high", "currency"), _parts(found))


def _figures(plans: Sequence[SidePlan]) -> Iterator[Sequence[object]]:
    for figure in FIGURES:
        yield figure, "", *(getattr(plan, figure) for plan in plans)
    people = [{row.pool: row.people for row in plan.people} for plan in plans]
    for pool in dict.fromkeys(pool for counts in people for pool in counts):
        yield "people", guarded(pool), *(counts.get(pool) for counts in people)
    costs = [{row.item: row.amount for row in plan.costs} for plan in plans]
    for item in dict.fromkeys(item for amounts in costs for item in amounts):
        yield "cost", item, *(amounts.get(item) for amounts in costs)


def _parts(found: Differences) -> Iterator[Sequence[object]]:
    whole = found.difference
    if whole is not None:
        for part in whole.parts:
            yield named(part.causes), part.change, part.low, part.high, found.currency
        yield "total", whole.change, whole.low, whole.high, found.currency


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
