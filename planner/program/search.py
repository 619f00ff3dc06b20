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

from planner.arrays import Floats
from planner.errors import Interrupted, OutOfTime
from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.found import Found, Watcher
from planner.program.hunt import LARGE, Hunt, Sessions
from planner.program.platform_bounds import platform_by_platform
from planner.program.separate import first_rows, violated
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession, Method
from planner.solver.matrix import Matrix, Rows
from planner.solver.mixed import Runs
from planner.solver.relaxation import Relaxation, relaxation

_MISSING_SHARE = 1e-4
"""Of the contacts offered; the relaxation is done once no more than this is missing from V."""
_ROW_TOLERANCE = 1e-5


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


def first_method(matrix: Matrix) -> Method:
    """How the relaxation is solved first."""
    return "ipm" if len(matrix.rows.values) > LARGE else "choose"


def relaxed(
    question: tuple[Program, Found | None], linear: LinearSession, watcher: Watcher, found: Found
) -> Relaxation:
    """The relaxation with loss rows on demand; its bounds are told as they rise."""
    program, before = question

    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated(program, values, _ROW_TOLERANCE)
        return missing.rows, missing.violation < _MISSING_SHARE or watcher.stopped()

    def told(bound: float) -> None:
        found.bound = max(found.bound, bound)
        watcher.tell("bound", found)

    known = before.rows if before is not None else None
    first = first_rows(program) if known is None else known
    begin = before.basis if before is not None else None
    done = relaxation((program.matrix, first), separate, linear, told, begin)
    done, found.by_platform = platform_by_platform(program, done, separate, linear)
    told(done.bound)
    found.rows, found.basis = done.rows, done.basis
    return done
