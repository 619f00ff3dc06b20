"""Several problems planned, some at a time, each to the same gap and within the same time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field

from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.plan import Plan
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.staffing.workplace import workplace

_TICK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Ask:
    """A problem to plan, under the name that progress and errors call it."""

    name: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Making:
    """How far several plans are: seconds since the start, how many are made, and which are at work on."""

    seconds: float
    done: int
    doing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """How several plans are made side by side.

    limits : of each plan
    workers : how many are made at a time
    executor : where they are made; None makes them here, in threads whose solvers are processes
    started : time.monotonic() at which the clock began
    watch : called with every progress
    stopped : asked now and then; true ends the run without a result
    """

    limits: SolverLimits = field(default_factory=SolverLimits)
    workers: int = 1
    executor: Executor | None = None
    started: float = field(default_factory=time.monotonic)
    watch: Callable[[Making], None] = lambda making: None
    stopped: Callable[[], bool] = lambda: False


def several(asks: Sequence[Ask], batch: Batch, made_before: int = 0) -> list[Plan | NoPlanExists]:
    """The plan of every problem, in their order; where none exists, why.

    Parameters
    ----------
    made_before : plans that progress counts as made already

    Raises
    ------
    OutOfTime
        If the time limit came before a problem's first plan; it says which.
    Interrupted
        If the run was stopped.
    """
    waiting, found = list(range(len(asks))), dict[int, Plan | NoPlanExists]()
    running: dict[Future[Plan], int] = {}
    with workplace(batch.workers, batch.executor) as submit:
        while waiting or running:
            while waiting and len(running) < batch.workers:
                place = waiting.pop(0)
                running[submit(asks[place].problem, batch.limits)] = place
            doing = tuple(asks[place].name for place in running.values())
            batch.watch(Making(time.monotonic() - batch.started, made_before + len(found), doing))
            for future in wait(running, _TICK_SECONDS, FIRST_COMPLETED).done:
                place = running.pop(future)
                found[place] = _plan_of(future, asks[place].name)
            if batch.stopped() and (waiting or running):
                raise Interrupted("stopped before every plan was made")
    return [found[place] for place in range(len(asks))]


def _plan_of(future: Future[Plan], name: str) -> Plan | NoPlanExists:
    try:
        return future.result()
    except NoPlanExists as failure:
        return failure
    except OutOfTime as failure:
        raise OutOfTime(f"{name}: {failure}") from failure
