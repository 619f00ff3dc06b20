"""Plans asked for, side by side where there is room, and remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal

from planner.errors import NoPlanExists, OutOfTime
from planner.plan import CostLine, Plan
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.sourcing.alternatives import problem_of
from planner.sourcing.document import Price
from planner.staffing import Run, make_plan

LABOUR = ("wages", "benefits", "premiums", "training", "ramp_up")
"""Items that grow with the wage."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How plans are made.

    gap, seconds : of each plan
    executor : where plans are made, several at a time if it likes
    tell : called with a line about what has been found
    """

    gap: float
    seconds: float
    executor: Executor
    tell: Callable[[str], None] = lambda line: None


@dataclass(frozen=True, slots=True)
class Ask:
    """One alternative at one volume, with one kind of price times a factor."""

    alternative: str
    volume: float
    price: Price = "labour"
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan costs over the calendar.

    cost : of the best plan known, infinite where none is
    bound : no plan can cost less; infinite where there is none at all, 0 where nothing is known
    labour, vendors, technology : of the cost, what grows with wages, vendors' prices, those of technology
    """

    status: Literal["plan", "infeasible", "timeout"]
    cost: float
    bound: float
    labour: float = 0.0
    vendors: float = 0.0
    technology: float = 0.0

    def part(self, price: Price) -> float:
        """Money of the cost that grows with a kind of price."""
        return {"labour": self.labour, "vendors": self.vendors, "technology": self.technology}[price]


class Asking:
    """Answers to asks about a problem's alternatives; each is worked out once."""

    def __init__(self, problem: Problem, terms: Terms) -> None:
        self._problem, self.terms = problem, terms
        self._limits = problem.scenario.solver.model_copy(
            update={"gap": terms.gap, "time_limit_seconds": terms.seconds}
        )
        self._known: dict[Ask, Answer] = {}

    @property
    def known(self) -> dict[Ask, Answer]:
        """Everything that was answered."""
        return dict(self._known)

    def of(self, asks: Sequence[Ask]) -> list[Answer]:
        """The answers, in order."""
        new = [ask for ask in dict.fromkeys(asks) if ask not in self._known]
        given = self.terms.executor.map(
            _answer, [self._problem_of(ask) for ask in new], [self._limits] * len(new)
        )
        for ask, answer in zip(new, given, strict=True):
            self._known[ask] = answer
            self.terms.tell(_told(ask, answer))
        return [self._known[ask] for ask in asks]

    def _problem_of(self, ask: Ask) -> Problem:
        chosen = self._problem.scenario.sourcing[ask.alternative]
        return problem_of(self._problem, chosen, ask.volume, {ask.price: ask.factor})


def _answer(problem: Problem, limits: SolverLimits) -> Answer:
    """The plan of a problem in figures; a function of its own so that another process can work it out."""
    try:
        plan = make_plan(problem, Run(time.monotonic(), limits))
    except NoPlanExists:
        return Answer("infeasible", float("inf"), float("inf"))
    except OutOfTime:
        return Answer("timeout", float("inf"), 0.0)
    bound = plan.cost if plan.bound is None else plan.bound
    technology = _amount(plan, lambda line: line.item.startswith("technology"))
    labour = _amount(plan, lambda line: line.item in LABOUR)
    fees = _amount(plan, lambda line: line.item == "vendor_fees")
    return Answer("plan", plan.cost, bound, labour, fees, technology)


def _amount(plan: Plan, wanted: Callable[[CostLine], bool]) -> float:
    return sum(line.amount for line in plan.costs if wanted(line))


def _told(ask: Ask, answer: Answer) -> str:
    at = f"{ask.alternative} at {ask.volume:,.0f} a day"
    price = "" if ask.factor == 1 else f", {ask.price} x {ask.factor:.3f}"
    return f"{at}{price}: {answer.cost:,.0f}, at least {answer.bound:,.0f}"
