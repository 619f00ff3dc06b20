"""What one more point of answer rate, one second less of wait, one more person would cost or save.

The relaxation's duals give a price; relaxations solved again say how far it holds; plans made again confirm
it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.diagnosis import rules_of
from planner.diagnosis.clash import Ruled
from planner.diagnosis.edits import Edit, edited
from planner.diagnosis.rules import Rule, Steps
from planner.errors import Interrupted, NoPlanExists, OutOfTime, SolverFailed
from planner.explaining.price_document import FieldPrice, Prices, RelaxedPoint
from planner.explaining.relaxed import Relaxed, price_of, relaxed
from planner.inputs import problem_of
from planner.investment.effects import decided
from planner.plan import Plan
from planner.problem import Problem
from planner.program.build import build
from planner.program.instance import instance
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.relaxation import NoPointHolds
from planner.staffing.solved import Run
from planner.staffing.walk import make_plan

_SMALL = 1e-3
"""Of a step that may be a fraction: the price is taken over so much of it."""
_NOTHING, _HOLDS = 1e-7, 0.05
"""Share of the cost that is no price, and share of a price by which it may be off where it holds."""
_TRIED_WHOLE, _TRIED = (1.0, 2.0, 4.0, 8.0), (0.1, 0.5, 1.0, 2.0, 4.0)
_LOOK_SHARE = 0.5
_LEAST_SECONDS = 1.0
_WHOLE_STEPS = {
    "maximum_headcount": "one more person on the books",
    "minimum_headcount": "one person fewer on the books",
    "maximum_seats": "one more person at work at once, or seat",
    "maximum_patterns": "one more pattern",
    "most_seats_changed_per_month": "one more seat changed",
    "most_calls_at_once": "one more contact at once",
}
_UNPRICED = ("fixed_share", "confidence", "days_per_week", "least_hours_per_week", "minimum_people")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a field: one point, one second, one person, ten minutes of a contract.

    size : stricter for a promise, looser for a limit
    """

    rule: Rule
    steps: Steps
    size: float
    says: str

    def at(self, number: float) -> float | int:
        """The field's value so many steps away."""
        value = self.steps.now + number * self.size
        return round(value) if self.steps.whole else round(value, 9)


def steps_of(ruled: Ruled) -> Iterator[Step]:
    """A step of every field that holds a number and has a price."""
    for rule in ruled.rules:
        if rule.steps is not None and rule.field.rpartition(".")[2] not in _UNPRICED:
            size, says = _size(rule, rule.steps)
            if _sensible(rule.steps, rule.steps.now + size):
                yield Step(rule, rule.steps, size, says)


def _size(rule: Rule, steps: Steps) -> tuple[float, str]:
    place = [str(part) for part in steps.place]
    if "average_wait_seconds" in place:
        return -min(1.0, steps.now / 2), "one second less of average wait"
    if rule.kind == "promise":
        point = -0.01 if steps.step > 0 else 0.01
        return point, "one point more" if point > 0 else "one point less"
    if place[-1] == "hours_per_week":
        return 1.0 / 6.0, "ten minutes more a week for each person"
    return (1 if steps.step > 0 else -1), _WHOLE_STEPS[place[-1]]


def _sensible(steps: Steps, value: float) -> bool:
    share = any(part in {"answer_rate", "service_level", "floor"} for part in steps.place)
    return 0 < value < 1 if share else value >= 0


def prices_of(plan: Plan, seconds: float = 120.0) -> Prices:
    """Prices of a plan's promises and limits; its investments and its platform stay what they are.

    Parameters
    ----------
    seconds : half of them for relaxations, half for plans

    Raises
    ------
    InvalidInput
        If somebody changed the plan's inputs.
    OutOfTime
        If not even the first relaxation was solved in time.
    """
    started, ruled = time.monotonic(), rules_of(_settled(plan))
    with LinearSession(started + max(seconds, _LEAST_SECONDS)) as session:
        base = relaxed(ruled.problem, session)
        looked = [
            _looked(ruled, (base, step), session, started + _LOOK_SHARE * seconds) for step in steps_of(ruled)
        ]
    looked.sort(key=lambda pair: -abs(pair[1].price or 0.0))
    confirmed = _confirmed(ruled, looked, plan, started + seconds)
    return Prices(
        scenario=plan.scenario,
        currency=plan.currency,
        cost=plan.cost,
        bound=plan.cost if plan.bound is None else plan.bound,
        relaxation=base.cost,
        prices=tuple(confirmed),
        complete=all(one.price is None or not one.tried or one.cost is not None for one in confirmed),
        seconds=time.monotonic() - started,
    )


def _settled(plan: Plan) -> Problem:
    """The plan's problem with its investments decided on and no platform but its own."""
    problem = decided(problem_of(plan), [row.investment for row in plan.investments if row.taken])
    chosen = {row.option for row in plan.technology if row.chosen}
    kept = {name: one for name, one in problem.scenario.technologies.items() if name in chosen}
    return replace(problem, scenario=problem.scenario.model_copy(update={"technologies": kept}))


def _looked(
    ruled: Ruled, asked: tuple[Relaxed, Step], session: LinearSession, until: float
) -> tuple[Step, FieldPrice]:
    """The price of a step by duals, and how far it holds by relaxations solved again."""
    base, step = asked
    part = 1.0 if step.steps.whole else _SMALL
    moved = build(instance(_moved(ruled, step, part))).matrix
    first = price_of(base, moved)
    price = None if first is None else first / part
    matters = price is not None and abs(price) > _NOTHING * max(1.0, abs(base.cost))
    tried = tuple(_tried(ruled, step, session, until)) if matters else ()
    found = FieldPrice(
        field=step.rule.field,
        value=step.steps.now,
        step=step.size,
        says=step.says,
        price=price if matters or price is None else 0.0,
        holds_to=_holds_to(step, price or 0.0, base.cost, tried) if tried else None,
        tried=tried,
        cost=None,
        difference=None,
        least=None,
        most=None,
    )
    return step, found


def _moved(ruled: Ruled, step: Step, number: float) -> Problem:
    """The problem with the field so many steps away."""
    return edited(ruled.problem, (Edit(step.steps.place, step.at(number)),))


def _tried(ruled: Ruled, step: Step, session: LinearSession, until: float) -> Iterator[RelaxedPoint]:
    for number in _TRIED_WHOLE if step.steps.whole else _TRIED:
        value = step.at(number)
        if time.monotonic() > until or not _sensible(step.steps, value):
            return
        try:
            cost = relaxed(_moved(ruled, step, number), session).cost
        except (NoPointHolds, SolverFailed, OutOfTime):
            return
        yield RelaxedPoint(value=value, cost=cost)


def _holds_to(step: Step, price: float, base: float, tried: Sequence[RelaxedPoint]) -> float | None:
    """(E10)  |relaxation at value - relaxation - steps x price| <= 5 % of steps x price."""
    last = None
    for point in tried:
        expected = price * (point.value - step.steps.now) / step.size
        if abs(point.cost - base - expected) > _HOLDS * abs(expected) + _NOTHING * abs(base):
            break
        last = point.value
    return last


def _confirmed(
    ruled: Ruled, looked: Sequence[tuple[Step, FieldPrice]], plan: Plan, deadline: float
) -> list[FieldPrice]:
    """Plans made with each step that has a price, the largest first."""
    found, left = [], [step for step, price in looked if price.tried]
    for step, price in looked:
        if not price.tried:
            found.append(price)
            continue
        seconds = (deadline - time.monotonic()) / max(1, len(left))
        left.pop()
        found.append(_with_plan(price, _plan(_moved(ruled, step, 1), seconds), plan))
    return found


def _plan(problem: Problem, seconds: float) -> Plan | None:
    limits: SolverLimits = problem.scenario.solver
    most = min(max(seconds, _LEAST_SECONDS), limits.time_limit_seconds)
    run = Run(time.monotonic(), limits.model_copy(update={"time_limit_seconds": most}))
    try:
        return make_plan(problem, run)
    except (NoPlanExists, OutOfTime, Interrupted):
        return None


def _with_plan(price: FieldPrice, made: Plan | None, plan: Plan) -> FieldPrice:
    if made is None:
        return price
    update = {"cost": made.cost, "difference": made.cost - plan.cost}
    if made.bound is not None and plan.bound is not None:
        update |= {"least": made.bound - plan.cost, "most": made.cost - plan.bound}
    return price.model_copy(update=update)
