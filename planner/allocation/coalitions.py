"""A plan for every coalition of lines: problems go to an executor, plans come back, one clock for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field

from planner.allocation.ownership import Ownership
from planner.allocation.subset import problem_for
from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.plan import Plan
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.staffing.workplace import workplace

_TICK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the coalitions are: seconds since the start, plans made, of how many, and those at work on."""

    seconds: float
    done: int
    of: int
    doing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """How the coalitions of a Shapley value are planned.

    gap : each is planned until it is proven so near to the least
    time_limit_seconds : for all of them together
    executor : where the plans are made; None makes them here, in threads whose solvers are processes
    workers : how many are made at a time
    started : time.monotonic() at which the clock began
    watch : called with every progress
    stopped : asked now and then; true ends the run without a result
    """

    gap: float = 0.01
    time_limit_seconds: float = 600.0
    executor: Executor | None = None
    workers: int = 1
    started: float = field(default_factory=time.monotonic)
    watch: Callable[[Progress], None] = lambda progress: None
    stopped: Callable[[], bool] = lambda: False

    @property
    def left(self) -> float:
        """Seconds until the time limit."""
        return self.started + self.time_limit_seconds - time.monotonic()


def coalition_plans(
    problem: Problem, owned: Ownership, members: Sequence[int], terms: Terms
) -> dict[int, Plan]:
    """The plan of every coalition, by its bits.

    The time that is left is shared out evenly: a coalition that ends early leaves more to those after it.

    Raises
    ------
    NoPlanExists
        If a coalition's promises cannot be kept; it says which.
    OutOfTime
        If the time limit came before a coalition's first plan.
    Interrupted
        If the run was stopped.
    """
    waiting, made = list(members), dict[int, Plan]()
    running: dict[Future[Plan], int] = {}
    with workplace(terms.workers, terms.executor) as submit:
        while waiting or running:
            while waiting and len(running) < terms.workers:
                limits = _limits(problem, terms, len(waiting) + len(running))
                mask = waiting.pop(0)
                running[submit(problem_for(problem, owned, mask), limits)] = mask
            names = tuple(" + ".join(names_of(owned, mask)) for mask in running.values())
            terms.watch(Progress(time.monotonic() - terms.started, len(made), len(members), names))
            for future in wait(running, _TICK_SECONDS, FIRST_COMPLETED).done:
                mask = running.pop(future)
                made[mask] = _plan_of(future, names_of(owned, mask))
            if terms.stopped() and (waiting or running):
                raise Interrupted("stopped before every coalition of lines had its plan")
    return made


def names_of(owned: Ownership, members: int) -> tuple[str, ...]:
    """The lines of a coalition."""
    return tuple(name for line, name in enumerate(owned.lines) if members >> line & 1)


def _limits(problem: Problem, terms: Terms, unfinished: int) -> SolverLimits:
    """A coalition's even part of the time that is left to all workers."""
    if terms.left <= 0:
        raise OutOfTime(f"{unfinished} coalitions of lines have no plan yet; allow more with --time-limit")
    seconds = min(terms.left, terms.left * terms.workers / unfinished)
    return problem.scenario.solver.model_copy(update={"gap": terms.gap, "time_limit_seconds": seconds})


def _plan_of(future: Future[Plan], names: Sequence[str]) -> Plan:
    alone = f"{' + '.join(names)} alone"
    try:
        return future.result()
    except NoPlanExists as failure:
        raise NoPlanExists([f"{alone}: {reason}" for reason in failure.reasons]) from failure
    except OutOfTime as failure:
        raise OutOfTime(f"{alone}: {failure}") from failure
