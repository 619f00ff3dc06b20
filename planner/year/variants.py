"""The problem of a season as the year needs it: without what the year pays, within limits, or alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.arrays import Floats
from planner.labour import replacing
from planner.plan import Plan
from planner.problem import Problem
from planner.scenario.labour import Turnover
from planner.scenario.pools import Pool
from planner.scenario.scenario import Queue
from planner.year.question import Linked

MOST_PEOPLE = 1_000_000
"""Stands for no limit where people have to be counted all the same."""


def paid_by_the_year(problem: Problem, linked: Linked) -> Problem:
    """The problem without turnover of the year's pools, fixed cost of its AI and setup fees: the year pays.

    Least headcounts are the year's too. People of the year's pools are counted, whatever they are paid by.
    """
    return _without_setup(_changed(problem, linked, _without_turnover, _without_fixed_cost), linked)


def within(problem: Problem, linked: Linked, limits: Floats) -> Problem:
    """The problem of a plan with so many people on its shifts and such AI; limits (D,), as in Known.

    All people of the limits are paid, whether shifts need them or not.
    """
    people, switches = linked.people(limits), linked.on(limits)
    off = {name for name, on in switches.ai.items() if not on}
    held = _with_ai(paid_by_the_year(problem, linked), off)
    pools = {
        name: of.model_copy(update={"minimum_headcount": people[name], "maximum_headcount": people[name]})
        if name in people
        else of
        for name, of in held.scenario.pools.items()
    }
    technologies = {
        name: of
        for name, of in held.scenario.technologies.items()
        if switches.platforms.get(name, not linked.platforms)
    }
    vendors = {name: of for name, of in held.scenario.vendors.items() if switches.vendors.get(name, True)}
    fields = {"pools": pools, "technologies": technologies, "vendors": vendors}
    return replace(held, scenario=held.scenario.model_copy(update=fields))


def alone(problem: Problem, linked: Linked, most: dict[str, int] | None = None) -> Problem:
    """The problem of a season that knows of no other: turnover on average, AI by the month.

    A post costs what (L4) says. It is charged by the head, with the licences, so that it is one price.

    most : people there can be, by pool; those not named as the scenario says
    """

    def with_average(name: str, of: Pool) -> Pool:
        price = of.person_licence_per_month + replacing(of).total
        counted = _counted(of)
        limit = min(counted.maximum_headcount or 0, (most or {}).get(name, MOST_PEOPLE))
        fields = {
            "turnover": Turnover(),
            "person_licence_per_month": price,
            "maximum_headcount": limit,
        }
        return counted.model_copy(update=fields)

    return _changed(problem, linked, with_average, lambda name, of: of)


def needed(plan: Plan, linked: Linked) -> list[float]:
    """(D,) people that a plan has on the books by pool, and 1 for each AI, vendor and platform it uses."""
    people = {row.pool: row.people for row in plan.headcount}
    shares = {row.queue: row.share for row in plan.automation}
    with_ai = [1.0 if shares.get(name, 0.0) > 0 else 0.0 for name in linked.ai]
    chosen = {row.option for row in plan.technology if row.chosen}
    platform = [1.0 if name in chosen else 0.0 for name in linked.platforms]
    signed = {row.vendor for row in plan.contracts if row.on}
    vendors = [1.0 if name in signed else 0.0 for name in linked.vendors]
    return [*(float(people[name]) for name in linked.pools), *with_ai, *vendors, *platform]


def paid_once(plan: Plan, linked: Linked) -> float:
    """Money of a plan that the year pays in its place: fixed cost of AI, setup fees due at once."""
    ai = sum(line.amount for line in plan.costs if line.item == "ai_fixed" and line.queue in linked.ai)
    return ai + sum(row.due_at_once for row in plan.contracts if row.on and row.vendor in linked.vendors)


def _changed(
    problem: Problem,
    linked: Linked,
    pool: Callable[[str, Pool], Pool],
    queue: Callable[[str, Queue], Queue],
) -> Problem:
    """The problem with the year's pools and the queues of its AI changed."""
    given = problem.scenario
    fields = {
        "pools": {name: pool(name, of) if name in linked.pools else of for name, of in given.pools.items()},
        "queues": {name: queue(name, of) if name in linked.ai else of for name, of in given.queues.items()},
    }
    return replace(problem, scenario=given.model_copy(update=fields))


def _without_turnover(name: str, of: Pool) -> Pool:  # noqa: ARG001  # asked by name like the others
    return _counted(of).model_copy(update={"turnover": Turnover(), "minimum_headcount": 0})


def _counted(of: Pool) -> Pool:
    """The pool with people counted."""
    return (
        of if of.maximum_headcount is not None else of.model_copy(update={"maximum_headcount": MOST_PEOPLE})
    )


def _without_fixed_cost(name: str, of: Queue) -> Queue:  # noqa: ARG001  # as above
    if of.automation is None:
        return of
    return of.model_copy(
        update={"automation": of.automation.model_copy(update={"fixed_cost_per_month": 0.0})}
    )


def _without_setup(problem: Problem, linked: Linked) -> Problem:
    vendors = {
        name: of.model_copy(update={"contract": of.contract.model_copy(update={"setup_fee": None})})
        if name in linked.vendors
        else of
        for name, of in problem.scenario.vendors.items()
    }
    return replace(problem, scenario=problem.scenario.model_copy(update={"vendors": vendors}))


def _with_ai(problem: Problem, without: set[str]) -> Problem:
    """The problem with AI held away from some queues."""
    queues = {
        name: of.model_copy(update={"automation": of.automation.model_copy(update={"fixed_share": 0.0})})
        if name in without and of.automation is not None
        else of
        for name, of in problem.scenario.queues.items()
    }
    return replace(problem, scenario=problem.scenario.model_copy(update={"queues": queues}))
