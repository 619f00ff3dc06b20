"""The walk, on one page: scenario and forecast, demand, tables, patterns, program, proof, plan."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial

from planner.arrays import Counts
from planner.errors import InvalidInput, Mistake
from planner.investment.effects import decided
from planner.plan import Plan, Seat, Status
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.candidate import Candidate, candidate
from planner.program.found import Found
from planner.program.instance import Instance, Limits, instance, with_limits
from planner.roster import share_mistake
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.staffing.attempts import volumes_of, with_repeats
from planner.staffing.confidence import Answer, asks_for_more, best_split, confident, notes_of
from planner.staffing.document import Verdict, document
from planner.staffing.investing import Choice, choose
from planner.staffing.investment_rows import with_investments
from planner.staffing.roster import on_roster
from planner.staffing.seats_bought import check_seats
from planner.staffing.solved import Run, Solved, deadline_of, solved
from planner.staffing.technology import check_platform

_EVALUATION_SECONDS = 60.0
_SAME_VOLUME = 1e-4
"""Of the contacts that a roster attracts; the next step would change them by less."""


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
    choice = best_choice(problem, run, limits, deadline_of(run, limits))
    return with_investments(plan_of(choice.problem, run, choice.answer, limits.gap), problem, choice)


def best_choice(problem: Problem, run: Run, limits: SolverLimits, deadline: float) -> Choice:
    """Which investments to take, and the best answer to what is promised then."""

    def solve(decided: Problem, watched: Run, begin: Found | None, until: float) -> Answer:
        return answered(decided, watched, limits, min(deadline, until), begin)

    return choose(problem, run, (limits.gap, deadline), solve)


def answered(
    problem: Problem, run: Run, limits: SolverLimits, deadline: float, begin: Found | None = None
) -> Answer:
    """The best answer to what is promised; in rounds, where weeks are to hold with a confidence.

    begin : its relaxation, where that is known
    """
    on = instance(problem)
    last: list[Solved] = []

    def solve(asked: Limits, until: float, gap: float | None = None) -> Answer:
        wanted = limits if gap is None else limits.model_copy(update={"gap": max(gap, limits.gap)})
        found = solved(with_limits(on, asked), run, wanted, until, last[-1].found if last else begin)
        last.append(found)
        return Answer(found, asked, wanted.gap)

    return confident(problem, on, deadline, solve) if asks_for_more(problem, on) else solve({}, deadline)


def plan_of(problem: Problem, run: Run, answer: Answer, gap: float) -> Plan:
    """The plan that an answer stands for, with a note of what was asked for in place of what was promised."""
    found, best, on = answer.solved.found, answer.best, answer.solved.on
    proven: Status = "optimal" if found.proven(gap) else "feasible"
    verdict = Verdict(proven, min(found.bound, best.cost), run.seconds, found.solver, found.reason)
    plan = document(problem, on, best, verdict)
    return plan.model_copy(update={"notes": (*plan.notes, *notes_of(on, answer.limits))})


def evaluate_roster(problem: Problem, seats: Sequence[Seat], shares: Mapping[str, float]) -> Plan:
    """What a roster and AI shares that the user already has deliver and cost; status `evaluated`.

    A queue not named in `shares` has no AI, and an investment counts only where it is always taken. Those
    present are split over queues at their best.

    Raises
    ------
    InvalidInput
        If a seat or a share is none of the problem, no technology lets all these people work, or a contract
        has too few seats for them.
    """
    started, problem = time.monotonic(), decided(problem, ())
    wrong = [(queue, share_mistake(queue, share, problem)) for queue, share in shares.items()]
    mistakes = [Mistake("shares", queue, what) for queue, what in wrong if what is not None]
    if mistakes:
        raise InvalidInput(mistakes)
    held = {name: shares.get(name, 0.0) for name in problem.scenario.queues}

    def split_of(people: Sequence[Counts], asked: Instance) -> Candidate:
        with LinearSession(started + _EVALUATION_SECONDS) as session:
            return candidate(asked, people, [0] * len(asked.queues), Splits(asked, session))

    volumes = dict.fromkeys(with_repeats(problem), 1.0)
    while True:
        on, people = on_roster(instance(problem, held, volumes), seats)
        check_platform(on, people)
        made = best_split(problem, on, partial(split_of, people))
        attracts = volumes_of(on, made)
        if all(abs(attracts[name] - volumes[name]) <= _SAME_VOLUME * volumes[name] for name in volumes):
            break
        volumes = attracts
    check_seats(on, made)
    return document(
        problem, on, made, Verdict("evaluated", None, time.monotonic() - started, "highs", "evaluated")
    )
