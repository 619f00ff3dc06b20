"""The finished plan: every table filled from a candidate and its verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.inputs import inputs_of
from planner.plan import Plan, ServiceRow, Status
from planner.problem import Problem
from planner.program.candidate import Candidate
from planner.program.instance import Instance
from planner.program.promises import counted_promises
from planner.program.uncertainty import busyness_of
from planner.scenario.checks import notes
from planner.staffing.attempts import attempts_rows
from planner.staffing.bought import contract_rows, vendor_notes, vendor_rows
from planner.staffing.provenance import versions
from planner.staffing.rows import agents_rows, ai_shares, cost_lines, headcounts, seats
from planner.staffing.seats_bought import seat_contract_rows, seat_notes
from planner.staffing.service import Planned, expected, over_period, service_rows
from planner.staffing.sure import Wanted, assured
from planner.staffing.technology import technology_rows


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended.

    bound : money no plan can undercut; None where nothing was proven
    stopped : why the solver stopped
    """

    status: Status
    bound: float | None
    seconds: float
    solver: str
    stopped: str


def document(problem: Problem, on: Instance, made: Candidate, verdict: Verdict) -> Plan:
    """The plan as people and programs read it."""
    costs = tuple(cost_lines(problem.scenario, on, made))
    cost = sum(line.amount for line in costs)
    bound = None if verdict.bound is None else min(verdict.bound, cost)
    gap = None if bound is None else (cost - bound) / max(1.0, cost)
    return Plan(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        versions=versions(),
        inputs=inputs_of(problem),
        status=verdict.status,
        cost=cost,
        bound=bound,
        gap=gap,
        seconds=verdict.seconds,
        solver=verdict.solver,
        stopped=verdict.stopped,
        seats=tuple(seats(on, made)),
        headcount=tuple(headcounts(on, made)),
        automation=tuple(ai_shares(on, made)),
        service=tuple(_service(problem, on, made)),
        agents=tuple(agents_rows(on, made)),
        vendors=tuple(vendor_rows(on, made)),
        contracts=(*contract_rows(on, made), *seat_contract_rows(on, made)),
        attempts=tuple(attempts_rows(on, made)),
        costs=costs,
        technology=tuple(technology_rows(on, made)),
        notes=tuple(_notes(problem, on, made)),
    )


def _service(problem: Problem, on: Instance, made: Candidate) -> list[ServiceRow]:
    rows: list[ServiceRow] = []
    unsure = problem.scenario.uncertainty
    for q, queue in enumerate(on.queues):
        if queue.demand.requirement is None:
            planned = _planned(problem, on, made, q)
            found = list(service_rows(planned, on.calendar))
            if unsure.confidence is not None and planned.busyness.variations:
                found = assured(found, Wanted(planned, on.calendar, unsure.confidence))
            rows += found
    return rows


def _notes(problem: Problem, on: Instance, made: Candidate) -> list[str]:
    found = [*notes(problem.scenario), *vendor_notes(problem.scenario, on, made), *seat_notes(on, made)]
    if problem.forecast.ignored_rows:
        found.append(
            f"{problem.forecast.ignored_rows:,} rows of the forecast lie outside the window and were ignored"
        )
    for q, (name, rules) in enumerate(problem.scenario.queues.items()):
        queue = on.queues[q]
        if rules.service == "economic" and queue.demand.requirement is None:
            found.append(_worth(problem, on, made, q))
        for counted in counted_promises(rules):
            if counted.kind == "late" and queue.demand.requirement is None:
                floor = queue.floor[queue.active, made.level[q]]
                few, many = floor.min(initial=np.inf), floor.max(initial=0.0)
                found.append(
                    f"{name}: so that {counted.within:g} s can be promised over a longer period, every "
                    f"interval has at least {few:.0f} to {many:.0f} agents, beyond which each further agent "
                    "helps less than the one before"
                )
    return found


def _worth(problem: Problem, on: Instance, made: Candidate, number: int) -> str:
    """The service of a queue that promises none: what is worth its cost."""
    planned = _planned(problem, on, made, number)
    found, at = expected(planned, None, on.calendar), planned.contacts > 0
    rate = over_period(planned, "answer_rate", None, found, at)
    wait = over_period(planned, "average_wait", "offered", found, at)
    return (
        f"{planned.name}: promises nothing; at its prices of lost contacts and of waiting it is worth "
        f"answering {100 * rate:.2f} % of contacts, with an average wait of {wait:.1f} s"
    )


def _planned(problem: Problem, on: Instance, made: Candidate, number: int) -> Planned:
    name = on.queues[number].name
    rules, asked, k = problem.scenario.queues[name], on.queues[number].demand, made.level[number]
    return Planned(
        name,
        rules,
        asked.contacts[:, k],
        asked.handle_time[:, k],
        made.assignment.on_queue(number),
        busyness_of(rules, problem.scenario.uncertainty),
    )
