"""The platforms of a plan as a table for the terminal: the one it takes, and the others at the same seats."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from planner.plan import Plan
from planner.report.figures import money
from planner.report.labels import Labels
from planner.report.tables import plain_table, titled


def technology_table(plan: Plan, labels: Labels) -> RenderableType:
    """Every platform with its seats and its money a month; what it would differ by, or why it cannot be."""
    shown = plain_table()
    shown.add_column(labels["technology"], overflow="fold")
    for name in ("platform seats", "a month", "over the calendar"):
        shown.add_column(labels[name], justify="right", no_wrap=True)
    shown.add_column("", overflow="fold")
    for row in plan.technology:
        word = "chosen" if row.chosen else "" if row.possible else "keeps people out"
        amounts = (money(row.monthly_cost, plan.cost), money(row.cost, plan.cost))
        style = "bold" if row.chosen else ""
        told = labels[word] if word else ""
        shown.add_row(Text(row.option), f"{row.seats:,}", *amounts, told, style=style)
    return titled(f"{labels['technology']}, {plan.currency}", shown)


def chosen_technology(plan: Plan) -> str:
    """The platform that the plan takes; empty where there was none to choose."""
    return next((row.option for row in plan.technology if row.chosen), "")
