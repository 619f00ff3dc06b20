"""The walk, on one page: a plan, its lines and a driver; shares, cents, and what contacts are worth."""

from __future__ import annotations

from collections.abc import Iterator

from planner.allocation.allocation import Allocation, Way
from planner.allocation.alone import Game, by_shapley, coalition_rows, game_of, intervals, odd
from planner.allocation.coalitions import Terms
from planner.allocation.drivers import Driver, idle_pools, weights
from planner.allocation.hours import dear_hours
from planner.allocation.lines import Lines
from planner.allocation.ownership import Ownership, ownership, usual_lines
from planner.allocation.shares import by_driver, cells
from planner.allocation.work import Work, work_of
from planner.allocation.worth import dear_contacts, line_costs
from planner.inputs import problem_of
from planner.plan import Plan
from planner.problem import Problem
from planner.sharing.cents import amount, cents


def allocate(
    plan: Plan,
    lines: Lines | None = None,
    by: Way = "handled_time",
    terms: Terms | None = None,
    file: str = "lines",
) -> Allocation:
    """A plan's whole cost over business lines, to the cent.

    Parameters
    ----------
    lines : whose queues they are; None: queues with one `business_line` are a line, every other queue is one
    by : what shared items follow
    terms : how coalitions of lines are planned, for `shapley`
    file : the name that mistakes of the lines carry

    Raises
    ------
    InvalidInput
        If the lines do not share out the plan's queues whole, or this plan cannot be shared out so.
    NoPlanExists, OutOfTime, Interrupted
        If a coalition of lines got no plan, for `shapley`.

    Notes
    -----
    docs/explanation/allocation.md.
    """
    problem = problem_of(plan)
    queues = problem.scenario.queues
    owned = ownership(lines or usual_lines(queues), tuple(queues), file)
    work = work_of(plan, problem)
    if by == "shapley":
        game = game_of(plan, problem, owned, terms or Terms())
        return _by_shapley(plan, problem, game, work)
    return _by_driver(plan, problem, owned, work, by)


def _by_driver(plan: Plan, problem: Problem, owned: Ownership, work: Work, by: Driver) -> Allocation:
    weight = weights(work, by)
    made = tuple(cells(plan.cost, list(by_driver(plan.costs, work, weight, owned))))
    paid = {cost.pool for cost in plan.costs}
    idle = (
        f"{pool}: does no work that the driver counts; its cost follows what other pools do on its queues, "
        "or goes to them evenly"
        for pool in idle_pools(work, weight)
        if pool in paid
    )
    asked = ("the forecast gives agents, no contacts: time handled is that of the agents asked for",)
    return Allocation(
        scenario=plan.scenario,
        currency=plan.currency,
        by=by,
        cost=amount(cents(plan.cost)),
        lines=tuple(line_costs(made, owned, work, None)),
        cells=made,
        dear=tuple(dear_contacts(made, owned, work)),
        dear_hours=tuple(dear_hours(plan.costs, problem.calendar, owned, work)),
        coalitions=(),
        notes=(*idle, *(asked if work.asked else ()), *_worthless(owned)),
    )


def _by_shapley(plan: Plan, problem: Problem, game: Game, work: Work) -> Allocation:
    owned = game.owned
    made = tuple(cells(plan.cost, list(by_shapley(game))))
    return Allocation(
        scenario=plan.scenario,
        currency=plan.currency,
        by="shapley",
        cost=amount(cents(plan.cost)),
        lines=tuple(line_costs(made, owned, work, intervals(game))),
        cells=made,
        dear=tuple(dear_contacts(made, owned, work)),
        dear_hours=tuple(dear_hours(plan.costs, problem.calendar, owned, work)),
        coalitions=tuple(coalition_rows(game)),
        notes=(*odd(game), *_worthless(owned)),
    )


def _worthless(owned: Ownership) -> Iterator[str]:
    if all(value is None for value in owned.value):
        yield "no line says what its contacts are worth; value_per_contact in a lines file does"
