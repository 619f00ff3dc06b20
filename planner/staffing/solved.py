"""One question put to the program: the best plan and bound, or why there is none."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from planner.errors import Interrupted, NoPlanExists, OutOfTime, SolverFailed
from planner.program.build import Program, build
from planner.program.candidate import Candidate
from planner.program.found import Found, Watcher
from planner.program.instance import Instance
from planner.program.search import LITTLE, Ending, bounded, search
from planner.program.shortfall import shortfalls
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.relaxation import NoPointHolds

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

    @property
    def seconds(self) -> float:
        """Since its start."""
        return time.monotonic() - self.started


@dataclass(frozen=True, slots=True)
class Solved:
    """The program's data, and the best plan and bound that were found."""

    on: Instance
    found: Found
    best: Candidate


def solved(
    on: Instance, run: Run, limits: SolverLimits, deadline: float, before: Found | None = None
) -> Solved:
    """The best plan until a deadline, in time.monotonic terms; `before` is what an earlier search found.

    Raises
    ------
    NoPlanExists
        If what is asked cannot be kept.
    OutOfTime
        If the deadline came before the first plan.
    Interrupted
        If the run was stopped before the first plan.
    """
    program = build(on)
    try:
        found = search(program, limits, _watcher(run, deadline), before)
    except NoPointHolds as failure:
        raise NoPlanExists(_reasons(program, run, limits)) from failure
    return Solved(on, found, _best(found, limits))


def least(on: Instance, run: Run, deadline: float) -> Found:
    """What no plan can undercut, by the relaxation alone.

    Raises
    ------
    NoPlanExists
        If not even fractions of people keep what is asked.
    OutOfTime, Interrupted
        If the run ended before the first bound.
    """
    watcher = Watcher(deadline, lambda doing, found: None, run.stopped)
    try:
        return bounded(build(on), watcher, Ending(LITTLE))
    except NoPointHolds as failure:
        raise NoPlanExists(["not even fractions of people keep every rule"]) from failure


def deadline_of(run: Run, limits: SolverLimits) -> float:
    """The search's deadline leaves time to write the plan out."""
    kept = max(_KEPT_SECONDS, _KEPT_SHARE * limits.time_limit_seconds)
    return run.started + limits.time_limit_seconds - kept


def _watcher(run: Run, deadline: float) -> Watcher:
    def tell(doing: str, found: Found) -> None:
        cost = found.best.cost if found.best is not None else None
        bound = found.bound if found.bound > float("-inf") else None
        run.watch(Progress(run.seconds, doing, bound, cost))

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
