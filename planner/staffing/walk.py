"""The walk, on one page: scenario and forecast, demand, tables, patterns, program, proof, plan."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from planner.errors import InvalidInput, Mistake
from planner.plan import Plan, Seat, Status
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.candidate import candidate
from planner.program.instance import instance
from planner.roster import share_mistake
from planner.solver.linear import LinearSession
from planner.staffing.document import Verdict, document
from planner.staffing.roster import on_roster
from planner.staffing.solved import Run, Solved, solved

_EVALUATION_SECONDS = 60.0


def make_plan(problem: Problem, run: Run | None = None) -> Plan:
    """The cheapest plan that keeps every promise, with its proof.

    Raises
    ------
    NoPlanExists
        If the promises cannot be kept.
    OutOfTime
        If the time limit came before the first plan.
    Interrupted
        If the run was stopped before the first plan.
    """
    run = run or Run(time.monotonic())
    limits = run.limits or problem.scenario.solver
    return plan_of(problem, run, solved(problem, run, limits), limits.gap)


def plan_of(problem: Problem, run: Run, answer: Solved, gap: float) -> Plan:
    """The plan that an answer of the program stands for."""
    found, best = answer.found, answer.best
    proven: Status = "optimal" if found.proven(gap) else "feasible"
    verdict = Verdict(proven, min(found.bound, best.cost), run.seconds, found.solver, found.reason)
    return document(problem, answer.on, best, verdict)


def evaluate_roster(problem: Problem, seats: Sequence[Seat], shares: Mapping[str, float]) -> Plan:
    """What a roster and AI shares that the user already has deliver and cost; status `evaluated`.

    A queue not named in `shares` has no AI. Those present are split over queues at their best.

    Raises
    ------
    InvalidInput
        If a seat or a share is none of the problem.
    """
    started = time.monotonic()
    wrong = [(queue, share_mistake(queue, share, problem)) for queue, share in shares.items()]
    mistakes = [Mistake("shares", queue, what) for queue, what in wrong if what is not None]
    if mistakes:
        raise InvalidInput(mistakes)
    held = {name: shares.get(name, 0.0) for name in problem.scenario.queues}
    on, people = on_roster(instance(problem, held), seats)
    with LinearSession(started + _EVALUATION_SECONDS) as session:
        made = candidate(on, people, [0] * len(on.queues), Splits(on, session))
    return document(
        problem, on, made, Verdict("evaluated", None, time.monotonic() - started, "highs", "evaluated")
    )
