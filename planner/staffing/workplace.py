"""Where plans are made side by side: threads here, whose solvers are processes, or an executor elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeAlias

from planner.plan import Plan
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.staffing.solved import Run
from planner.staffing.walk import make_plan

Submit: TypeAlias = Callable[[Problem, SolverLimits], "Future[Plan]"]
"""Has the plan of a problem made; the limits have a time of their own."""


@contextmanager
def workplace(workers: int, executor: Executor | None) -> Iterator[Submit]:
    """What to submit a problem to. Leaving it early ends what runs here, and calls off what waits.

    workers : threads, where there is no executor
    """
    with _here(workers) if executor is None else _elsewhere(executor) as submit:
        yield submit


def planned(problem: Problem, limits: SolverLimits) -> Plan:
    """The plan of one problem; what an executor elsewhere is asked to do."""
    return make_plan(problem, Run(time.monotonic(), limits))


@contextmanager
def _elsewhere(executor: Executor) -> Iterator[Submit]:
    sent: list[Future[Plan]] = []

    def send(problem: Problem, limits: SolverLimits) -> Future[Plan]:
        sent.append(executor.submit(planned, problem, limits))
        return sent[-1]

    try:
        yield send
    finally:
        for future in sent:
            future.cancel()


@contextmanager
def _here(workers: int) -> Iterator[Submit]:
    ended = threading.Event()

    def here(problem: Problem, limits: SolverLimits) -> Plan:
        return make_plan(problem, Run(time.monotonic(), limits, stopped=ended.is_set))

    with ThreadPoolExecutor(workers) as threads:
        try:
            yield lambda problem, limits: threads.submit(here, problem, limits)
        finally:
            ended.set()
