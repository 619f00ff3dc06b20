"""The search for plans and bounds.

1. The relaxation with loss rows on demand gives a bound and AI levels; with platforms to choose from, a
   bound for each of them, and the platform to begin with (platform_bounds.py).
2. Dives from the relaxation's point round it to first plans (first_plans.py), AI levels fixed there.
3. A few days at a time are set free around the best plan, while another task solves the whole program for
   bounds and for plans with other AI levels (hunt.py).
4. Every plan they find is split and counted exactly (candidate.py); where a promise is narrowly missed, a few
   people are added. The best such plan is the incumbent.
"""

from __future__ import annotations

import numpy as np

from planner.arrays import Floats
from planner.errors import Interrupted, OutOfTime
from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.found import Found, Watcher
from planner.program.hunt import LARGE, Hunt, Sessions
from planner.program.platform_bounds import platform_by_platform
from planner.program.separate import first_rows, rows_at, violated
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession, Method
from planner.solver.matrix import Matrix, Rows, stacked
from planner.solver.mixed import Runs
from planner.solver.relaxation import Relaxation, relaxation

_MISSING_SHARE = 1e-4
"""Of the contacts offered; the relaxation is done once no more than this is missing from V."""
_ROW_TOLERANCE = 1e-5
_LITTLE = 5e-4
"""Share of the bound by which another round has to raise it where only the bound is wanted."""


def search(program: Program, limits: SolverLimits, watcher: Watcher, before: Found | None = None) -> Found:
    """The best plan and bound within the limits.

    before : of a program that differs from this one in its limits and floors alone; the search begins with
        its rows on demand, its basis and its plan

    Raises
    ------
    NoPointHolds
        If the relaxation is infeasible.
    """
    found = Found()
    deadline = watcher.deadline
    with (
        LinearSession(deadline, first_method(program.matrix), stopped=watcher.stopped) as linear,
        LinearSession(deadline) as counting,
        Runs(deadline) as runs,
    ):
        hunt = Hunt(program, limits, watcher, found, Sessions(linear, Splits(program.on, counting), runs))
        try:
            if before is not None and before.best is not None:
                hunt.begin_with(before.best)
            hunt.follow(relaxed((program, before), linear, watcher, found))
        except OutOfTime:
            found.reason = "time limit"
        except Interrupted:
            found.reason = "Ctrl-C"
    return found


def bounded(program: Program, watcher: Watcher, around: Floats | None = None) -> Found:
    """The relaxation alone, until a round raises its bound by little: bound, rows and point, and no plan.

    around : where the relaxation of a program with the same columns ended

    Raises
    ------
    NoPointHolds
        If the relaxation is infeasible.
    OutOfTime
        If the deadline comes before its first bound.
    Interrupted
        If the run was stopped before it.
    """
    found, first = Found(), first_rows(program)
    rows = first if around is None else stacked(first, rows_at(program, around))
    with LinearSession(watcher.deadline, first_method(program.matrix), stopped=watcher.stopped) as linear:
        try:
            relaxed((program, Found(rows=rows)), linear, watcher, found, _LITTLE)
        except (OutOfTime, Interrupted):
            if found.bound == float("-inf"):
                raise
    return found


def first_method(matrix: Matrix) -> Method:
    """How the relaxation is solved first."""
    return "ipm" if len(matrix.rows.values) > LARGE else "choose"


def relaxed(
    question: tuple[Program, Found | None],
    linear: LinearSession,
    watcher: Watcher,
    found: Found,
    little: float = 0.0,
) -> Relaxation:
    """The relaxation with loss rows on demand; its bounds are told as they rise.

    little : share of the bound; a round that raises it by less is the last
    """
    program, before = question
    last = [-np.inf]

    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated(program, values, _ROW_TOLERANCE)
        slow = found.bound - last[-1] < little * abs(found.bound)
        last.append(found.bound)
        return missing.rows, missing.violation < _MISSING_SHARE or slow or watcher.stopped()

    def told(bound: float) -> None:
        found.bound = max(found.bound, bound)
        watcher.tell("bound", found)

    known = before.rows if before is not None else None
    first = first_rows(program) if known is None else known
    begin = before.basis if before is not None else None
    done = relaxation((program.matrix, first), separate, linear, told, begin)
    done, found.by_platform = platform_by_platform(program, done, separate, linear)
    told(done.bound)
    found.rows, found.point, found.basis = done.rows, done.values, done.basis
    return done
