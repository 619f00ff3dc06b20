"""The levers of the article, each as two plans that differ in the lever alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner import Plan, Problem, read_problem
from planner.plan import LABOUR
from planner.staffing import make_plan
from tests.labour.people import paid
from tests.scenarios.documents import SCENARIOS

LEVERS = SCENARIOS / "levers"


@dataclass(frozen=True, slots=True)
class Saving:
    """What a lever saves against its baseline, in money of the calendar.

    price : because what is bought costs another price
    flexibility : because it is bought only where it is needed
    """

    baseline: float
    price: float
    flexibility: float

    @property
    def share(self) -> float:
        """Of the baseline's cost."""
        return (self.price + self.flexibility) / self.baseline


def labour(plan: Plan) -> float:
    """Wages and benefits."""
    return sum(line.amount for line in plan.costs if line.item in LABOUR)


def automation() -> tuple[Plan, Plan]:
    """Without AI, and with it."""
    problem = read_problem(LEVERS / "automation.yaml")
    queue = problem.scenario.queues["service"].model_copy(update={"automation": None})
    return make_plan(changed(problem, queues={"service": queue})), make_plan(problem)


def resolution() -> tuple[Plan, Plan]:
    """As many solved the first time as at the baseline, and as many as the lever makes it."""
    problem = read_problem(LEVERS / "resolution.yaml")
    queue = problem.scenario.queues["service"]
    again = queue.repeats
    assert again is not None
    before = again.model_copy(update={"first_contact_resolution": again.baseline.first_contact_resolution})
    as_before = queue.model_copy(update={"repeats": before})
    return make_plan(changed(problem, queues={"service": as_before})), make_plan(problem)


def hybrid() -> Saving:
    """Against own people alone; the vendor's price counts apart from its flexibility.

    Flexibility is what a vendor saves who costs per effective hour just what an own person in full use does.
    """
    problem = read_problem(LEVERS / "hybrid.yaml")
    pools = problem.scenario.pools
    own, vendor = pools["own"], pools["vendor"]
    monthly = paid(own).wage * (1 + paid(own).benefits) + own.desk_cost_per_month
    hours = own.contract.hours_per_week * 365 / 7 / 12
    even = monthly / hours / own.effective_share * vendor.effective_share
    alike = vendor.model_copy(update={"pay": vendor.pay.model_copy(update={"wage": even})})
    alone = make_plan(changed(problem, pools={"own": own})).cost
    at_our_price = make_plan(changed(problem, pools={"own": own, "vendor": alike})).cost
    found = make_plan(problem).cost
    return Saving(alone, at_our_price - found, alone - at_our_price)


def changed(problem: Problem, **parts: Any) -> Problem:
    """The problem with some parts of its scenario replaced."""
    return Problem(problem.scenario.model_copy(update=parts), problem.calendar, problem.forecast, "", "")
