"""The investments of a plan: those it takes, and what no plan with the other answer can undercut."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.investment.effects import cost_per_month
from planner.plan import InvestmentRow, Plan
from planner.problem import Problem
from planner.staffing.investing import Choice


def with_investments(plan: Plan, asked: Problem, choice: Choice) -> Plan:
    """The plan with a row for every investment of the problem as it was asked."""
    return plan.model_copy(update={"investments": tuple(_rows(asked, choice))})


def _rows(asked: Problem, choice: Choice) -> Iterator[InvestmentRow]:
    after, months = choice.problem.scenario.investments, asked.calendar.months
    for name, of in asked.scenario.investments.items():
        monthly, otherwise = cost_per_month(of), choice.otherwise.get(name)
        yield InvestmentRow(
            investment=name,
            taken=after[name].take == "always",
            decided=of.take == "if_it_pays",
            monthly_cost=monthly,
            cost=monthly * months,
            otherwise=None if otherwise is None or not np.isfinite(otherwise) else otherwise,
        )
