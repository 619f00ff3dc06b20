"""The finished plan: every table filled from a candidate and its verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.plan import Plan, ServiceRow, Status
from planner.problem import Problem
from planner.program.candidate import Candidate
from planner.program.instance import Instance
from planner.program.promises import counted_promises
from planner.program.uncertainty import busyness_of
from planner.scenario.checks import notes
from planner.staffing.provenance import inputs_of, versions
from planner.staffing.rows import agents_rows, ai_shares, cost_lines, headcounts, seats
from planner.staffing.service import Planned, service_rows
from planner.staffing.sure import Wanted, assured


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
        costs=costs,
        notes=tuple(_notes(problem, on, made)),
    )


def _service(problem: Problem, on: Instance, made: Candidate) -> list[ServiceRow]:
    rows: list[ServiceRow] = []
    unsure = problem.scenario.uncertainty
    for q, (name, rules) in enumerate(problem.scenario.queues.items()):
        asked, k = on.queues[q].demand, made.level[q]
        if asked.requirement is None:
            agents = made.assignment.on_queue(q)
            busyness = busyness_of(rules, unsure)
            planned = Planned(name, rules, asked.contacts[:, k], asked.handle_time[:, k], agents, busyness)
            found = list(service_rows(planned, on.calendar))
            if unsure.confidence is not None and busyness.variations:
                found = assured(found, Wanted(planned, on.calendar, unsure.confidence))
            rows += found
    return rows


def _notes(problem: Problem, on: Instance, made: Candidate) -> list[str]:
    found = list(notes(problem.scenario))
    if problem.forecast.ignored_rows:
        found.append(
            f"{problem.forecast.ignored_rows:,} rows of the forecast lie outside the window and were ignored"
        )
    for q, (name, rules) in enumerate(problem.scenario.queues.items()):
        queue = on.queues[q]
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
