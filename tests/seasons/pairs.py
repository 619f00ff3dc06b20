"""Pairs of small problems: planned for real in a moment, or priced by a formula that needs no solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from planner.errors import NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.seasons import Given
from planner.seasons.lattice import Question
from planner.staffing import make_plan
from planner.staffing.several import Batch
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.report.sample_plan import sample_plan

P = ParamSpec("P")
T = TypeVar("T")
SAMPLE = sample_plan()
EXACT = Batch(limits=SolverLimits(gap=1e-6))
CONTACTS = (14.0, 22.0, 30.0, 9.0)
AI = {
    "intents": [
        {"name": "parcel", "share": 0.4, "containment": 0.9},
        {"name": "complaints", "share": 0.6, "automatable": False},
    ],
    "fixed_cost_per_month": 4.0,
    "price_per_session": 0.2,
    "level_step": 0.4,
}


def promise(target: float = 0.9) -> dict[str, Any]:
    """So much answered over the day."""
    return {"answer_rate": {"target": target, "period": "day"}, "floor": 0.6}


def shop(
    contacts: tuple[float, ...] = CONTACTS,
    handle_time: float = 180.0,
    calls: Mapping[str, Any] | None = None,
    own: Mapping[str, Any] | None = None,
    **rules: Any,
) -> Problem:
    """One queue and one pool, which has long and short shifts."""
    queues = {"calls": queue(**{"service": promise(), **(calls or {})})}
    pools = {"own": pool(shifts(["08:00", "10:00"], [2.0, 4.0]), **(own or {}))}
    return problem(scenario(queues, pools, **rules), {"calls": contacts}, handle_time)


def given(of: Problem, source: str = "plan") -> Given:
    """A problem with its plan, the cheapest."""
    return Given(source, of, make_plan(of))


def wage_of(of: Problem) -> float:
    """Of the pool `own`."""
    return wage_in(of, "own")


def wage_in(of: Problem, pool: str) -> float:
    """Of a pool that is paid by hours or months."""
    pay = of.scenario.pools[pool].pay
    assert pay.by != "seat"
    return pay.wage


def hours_of(of: Problem) -> float:
    """All contacts handled, hours."""
    return float((of.forecast.contacts * of.forecast.handle_time).sum()) / 3600


def work(of: Problem) -> float:
    """A price that any problem has: hours of handling at the pool's wage, and the busiest interval."""
    return hours_of(of) * wage_of(of) + 1.37 * float(of.forecast.contacts.max())


def priced(of: Problem, price: Callable[[Problem], float] = work, slack: float = 0.0) -> Plan:
    """A plan that costs what the formula says, with a bound so much below."""
    cost = price(of)
    return SAMPLE.model_copy(update={"cost": cost, "bound": cost * (1 - slack)})


def question(of: Problem, price: Callable[[Problem], float] = work, slack: float = 0.0) -> Question:
    """A problem with its priced plan."""
    return Question("plan", of, priced(of, price, slack))


class Priced(Executor):
    """Prices problems by a formula in place of planning them; a price of infinity is no plan."""

    def __init__(self, price: Callable[[Problem], float] = work, slack: float = 0.0) -> None:
        self.price, self.slack = price, slack
        self.asked = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[Any] = Future()
        self.asked += 1
        of: Any = args[0]
        if self.price(of) == float("inf"):
            future.set_exception(NoPlanExists(["too few people"]))
        else:
            future.set_result(priced(of, self.price, self.slack))
        return future


def by_formula(price: Callable[[Problem], float] = work, slack: float = 0.0, workers: int = 1) -> Batch:
    """Plans made by a formula."""
    return Batch(executor=Priced(price, slack), workers=workers)
