"""Where `planner plan` finds no plan: why there is none, printed as the command's result."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from planner.cli.ending import NO_PLAN, print_failure
from planner.errors import NoPlanExists

if TYPE_CHECKING:
    from planner.diagnosis import Infeasible
    from planner.plan import Plan
    from planner.problem import Problem
    from planner.staffing import Run


_TIMES = 2.0
"""The time limit of a plan, for finding out why there is none."""


class NoPlanExplained(NoPlanExists):
    """No plan exists, and why has been found out."""

    def __init__(self, why: NoPlanExists, found: Infeasible) -> None:
        self.found = found
        super().__init__(why.reasons)


@contextmanager
def asking_why(problem: Problem, run: Run) -> Iterator[None]:
    """Find out why where no plan exists; it takes at most twice the run's time limit more.

    Raises
    ------
    NoPlanExplained
        If no plan exists.
    """
    try:
        yield
    except NoPlanExists as why:
        from planner.diagnosis import Effort, diagnose
        from planner.staffing import Progress

        run.watch(Progress(run.seconds, "finding out why there is no plan", None, None))
        limits = run.limits or problem.scenario.solver
        effort = Effort(_TIMES * limits.time_limit_seconds, limits, run.stopped)
        raise NoPlanExplained(why, diagnose(problem, why, effort)) from why


def planned_or_short(problem: Problem, run: Run) -> Plan:
    """The cheapest plan that keeps every promise, or else the one with the least shortfall.

    Raises
    ------
    NoPlanExists
        If rules that are no promises leave no plan at all.
    OutOfTime, Interrupted
        If the run ended before the first plan.
    """
    from planner.diagnosis import best_effort
    from planner.staffing import Progress, make_plan

    try:
        return make_plan(problem, run)
    except NoPlanExists:
        limits = run.limits or problem.scenario.solver
        run.watch(Progress(run.seconds, "making the shortfall least", None, None))
        return best_effort(problem, run, time.monotonic() + limits.time_limit_seconds)


@contextmanager
def telling_why(as_json: bool) -> Iterator[None]:
    """Print why there is no plan, and end with its exit code: tables on standard output, reasons beside."""
    try:
        yield
    except NoPlanExplained as failure:
        if as_json:
            print(failure.found.to_json())
        else:
            from rich.console import Console

            from planner.report.infeasible_text import print_infeasible

            print_failure("infeasible", [{"problem": reason} for reason in failure.reasons], as_json=False)
            print_infeasible(failure.found, Console(highlight=False))
        sys.stdout.flush()
        raise typer.Exit(NO_PLAN) from failure
