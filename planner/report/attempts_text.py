"""Contacts that come again as a table for the terminal, and what a resolved contact costs."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from planner.plan import Plan
from planner.report.figures import percent
from planner.report.labels import Labels
from planner.report.tables import plain_table, titled


def attempts_table(plan: Plan, labels: Labels) -> RenderableType:
    """First attempts, those that come again, and what is resolved, queue by queue."""
    shown = plain_table()
    shown.add_column(labels["queue"], overflow="fold")
    for name in ("first attempts", "come again", "planned for", "resolved", "resolution"):
        shown.add_column(labels[name], justify="right", no_wrap=True)
    for row in plan.attempts:
        many = (f"{amount:,.0f}" for amount in (row.first, row.returning, row.planned, row.resolved))
        shown.add_row(Text(row.queue), *many, percent(row.first_contact_resolution))
    return titled(labels["attempts"], shown)


def cost_per_resolved(plan: Plan) -> float | None:
    """Money of the whole plan for each resolved contact; None unless every queue says who comes again."""
    resolved = sum(row.resolved for row in plan.attempts)
    everybody = {row.queue for row in plan.attempts} == set(plan.inputs.scenario["queues"])
    return plan.cost / resolved if everybody and resolved > 0 else None
