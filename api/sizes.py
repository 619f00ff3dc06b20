"""Whether a problem is small enough for this server."""

from __future__ import annotations

from collections.abc import Iterator

from api.pointers import pointer
from api.problems import Fault, Refused
from api.settings import Limits
from planner.errors import InvalidInput
from planner.problem import Problem
from planner.shifts.count import pattern_count

_CERTIFY_SECONDS = 30.0
"""That a certificate takes after the time limit."""
_GRACE_SECONDS = 30.0
"""That a solve may take to start and to write its plan, before it is ended from outside."""


def check_size(problem: Problem, limits: Limits) -> None:
    """See that a plan can be asked for here.

    Raises
    ------
    Refused
        With everything that is too large, and the limit.
    """
    faults = [
        Fault(pointer=pointer(["scenario", *place]), detail=detail)
        for place, detail in _large(problem, limits)
    ]
    if faults:
        raise Refused(422, "The scenario is larger than this server plans.", faults)


def seconds_allowed(problem: Problem, certify: bool) -> float:
    """After how long a solve is ended from outside, whatever it does."""
    asked = problem.scenario.solver.time_limit_seconds
    return asked + _GRACE_SECONDS + (_CERTIFY_SECONDS if certify else 0.0)


def _large(problem: Problem, limits: Limits) -> Iterator[tuple[list[str], str]]:
    scenario, intervals = problem.scenario, problem.calendar.intervals
    if intervals > limits.intervals:
        yield (
            ["calendar", "days"],
            f"makes {intervals:,} intervals; at most {limits.intervals:,}: take fewer days, longer intervals",
        )
    if len(scenario.queues) > limits.queues:
        yield ["queues"], f"must be at most {limits.queues} (got {len(scenario.queues)})"
    asked = scenario.solver.time_limit_seconds
    if asked > limits.plan_seconds:
        most = limits.plan_seconds
        yield ["solver", "time_limit_seconds"], f"must be at most {most:g} at this server (got {asked:g})"
    yield from _patterns(problem, limits)


def _patterns(problem: Problem, limits: Limits) -> Iterator[tuple[list[str], str]]:
    count = 0
    for name, pool in problem.scenario.pools.items():
        try:
            count += pattern_count(pool, problem.calendar.days)
        except InvalidInput as failure:
            yield ["pools", name, "shifts"], failure.mistakes[0].problem
    if count > limits.patterns:
        yield (
            ["pools"],
            f"allow {count:,} shifts over the calendar; at most {limits.patterns:,}: take fewer starts, "
            "lengths, breaks or days",
        )
