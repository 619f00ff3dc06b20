"""The investments of a plan as a table for the terminal: taken or not, and the other answer's least cost."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from planner.plan import InvestmentRow, Plan
from planner.report.figures import money
from planner.report.labels import Labels
from planner.report.tables import plain_table, titled


def investments_table(plan: Plan, labels: Labels) -> RenderableType:
    """Every investment with its money, and what no plan with the other answer can undercut."""
    shown = plain_table()
    shown.add_column(labels["investment"], overflow="fold")
    shown.add_column("", overflow="fold")
    for name in ("a month", "over the calendar", "otherwise at least"):
        shown.add_column(labels[name], justify="right", no_wrap=True)
    for row in plan.investments:
        amounts = (money(row.monthly_cost, plan.cost), money(row.cost, plan.cost))
        other = labels["undefined"] if row.otherwise is None else money(row.otherwise, plan.cost)
        style = "bold" if row.taken else ""
        shown.add_row(Text(row.investment), labels[verdict(row)], *amounts, other, style=style)
    return titled(f"{labels['investments']}, {plan.currency}", shown)


def verdict(row: InvestmentRow) -> str:
    """The label of what the plan, or the scenario, says of an investment."""
    if row.decided:
        return "taken" if row.taken else "left out"
    return "always taken" if row.taken else "never taken"
