"""Two plans, each with a platform of its own, as the two sides of a cash flow."""

from __future__ import annotations

from planner.cli.ending import wrong
from planner.investment import CashFlows, Side, flows_beside
from planner.plan import Plan
from planner.scenario.scenario import Scenario


def between(plan: Plan, base: Plan, years: int, discount_rate: float | None) -> CashFlows:
    """The plan's platform beside that of another plan, people and all else that both cost included.

    Raises
    ------
    InvalidInput
        If a plan has no technology, or their currencies differ.
    """
    if plan.currency != base.currency:
        raise wrong("--beside", f"must be in {plan.currency} like the plan (got {base.currency})")
    sides = [_side(name, one, years) for name, one in (("PLAN", plan), ("--beside", base))]
    return flows_beside((plan.scenario, plan.currency), sides[:1], sides[1], discount_rate)


def _side(place: str, plan: Plan, years: int) -> Side:
    chosen = [row for row in plan.technology if row.chosen]
    if not chosen:
        raise wrong(place, "has no technology; name one in its scenario and plan again")
    scenario = Scenario.model_validate(plan.inputs.scenario)
    months = scenario.calendar.days * 12.0 / 365.0
    people = sum(line.amount for line in plan.costs if not line.item.startswith("technology")) / months
    (row,) = chosen
    return Side(row.option, scenario.technologies[row.option], (float(row.seats),) * years, people)
