"""The walk, on one page: scenario and forecast, demand, tables, patterns, program, proof, plan."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.errors import Interrupted, InvalidInput, Mistake, NoPlanExists, OutOfTime, SolverFailed
from planner.plan import Plan, Seat, Status
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.build import Program, build
from planner.program.candidate import Candidate, candidate
from planner.program.found import Found, Watcher
from planner.program.instance import Instance, Limits, instance, with_limits
from planner.program.search import search
from planner.program.shortfall import shortfalls
from planner.roster import share_mistake
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.relaxation import NoPointHolds
from planner.staffing.confidence import Answer, asks_for_more, best_split, confident, notes_of
from planner.staffing.document import Verdict, document
from planner.staffing.roster import on_roster

_EVALUATION_SECONDS = 60.0
_KEPT_SHARE, _KEPT_SECONDS = 0.02, 0.7


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: seconds since its start, what it does, and the proof so far."""

    seconds: float
    doing: str
    bound: float | None
    cost: float | None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost, once there are both."""
        if self.bound is None or self.cost is None:
            return None
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """How a run is watched and stopped.

    started : time.monotonic() at which the clock of the time limit began
    limits : gap, time limit, solver and seed; None takes the scenario's
    watch : called with every progress
    stopped : asked now and then; true ends the run with the best plan so far
    """

    started: float
    limits: SolverLimits | None = None
    watch: Callable[[Progress], None] = lambda progress: None
    stopped: Callable[[], bool] = lambda: False


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
    on = instance(problem)

    def solve(asked: Limits, deadline: float, gap: float | None = None) -> Answer:
        wanted = limits if gap is None else limits.model_copy(update={"gap": max(gap, limits.gap)})
        found, best = _solved(with_limits(on, asked), run, wanted, deadline)
        return Answer(found, best, asked, wanted.gap)

    deadline = _deadline(run, limits)
    sure = asks_for_more(problem, on)
    answer = confident(problem, on, deadline, solve) if sure else solve({}, deadline)
    found, best = answer.found, answer.best
    proven: Status = "optimal" if found.proven(limits.gap) else "feasible"
    verdict = Verdict(
        proven, min(found.bound, best.cost), time.monotonic() - run.started, found.solver, found.reason
    )
    plan = document(problem, on, best, verdict)
    return plan.model_copy(update={"notes": (*plan.notes, *notes_of(on, answer.limits))})


def _solved(on: Instance, run: Run, limits: SolverLimits, deadline: float) -> tuple[Found, Candidate]:
    program = build(on)
    try:
        found = search(program, limits, _watcher(run, deadline))
    except NoPointHolds as failure:
        raise NoPlanExists(_reasons(program, run, limits)) from failure
    return found, _best(found, limits)


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
    levels = [0] * len(on.queues)

    def split(asked: Instance) -> Candidate:
        with LinearSession(started + _EVALUATION_SECONDS) as session:
            return candidate(asked, people, levels, Splits(asked, session))

    made = best_split(problem, on, split)
    return document(
        problem, on, made, Verdict("evaluated", None, time.monotonic() - started, "highs", "evaluated")
    )


def _deadline(run: Run, limits: SolverLimits) -> float:
    """The search's deadline leaves time to write the plan out."""
    kept = max(_KEPT_SECONDS, _KEPT_SHARE * limits.time_limit_seconds)
    return run.started + limits.time_limit_seconds - kept


def _watcher(run: Run, deadline: float) -> Watcher:
    def tell(doing: str, found: Found) -> None:
        cost = found.best.cost if found.best is not None else None
        bound = found.bound if found.bound > float("-inf") else None
        run.watch(Progress(time.monotonic() - run.started, doing, bound, cost))

    return Watcher(deadline, tell, run.stopped)


def _best(found: Found, limits: SolverLimits) -> Candidate:
    if found.best is not None:
        return found.best
    if found.reason == "Ctrl-C":
        raise Interrupted("stopped before the first plan")
    if found.reason == "solvers ended":
        raise NoPlanExists(["no whole numbers of people keep every rule, though fractions would"])
    raise OutOfTime(f"no plan within {limits.time_limit_seconds:g} s; allow more with --time-limit")


def _reasons(program: Program, run: Run, limits: SolverLimits) -> list[str]:
    """Why there is no plan, where and by how much."""
    deadline = max(run.started + limits.time_limit_seconds, time.monotonic() + 5.0)
    try:
        with LinearSession(deadline) as session:
            found = shortfalls(program, session)
    except (OutOfTime, SolverFailed):
        found = []
    return found or ["the rules contradict each other: headcount, seats or patterns leave no plan at all"]
