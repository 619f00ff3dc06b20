"""The search for plans and bounds.

1. The relaxation with loss rows on demand gives a bound and AI levels; with platforms to choose from, or
   fees that are not convex, the way to begin with (ways.py).
2. Dives from the relaxation's point round it to first plans (first_plans.py), AI levels fixed there.
3. A few days at a time are set free around the best plan, while another task solves the whole program for
   bounds and for plans with other AI levels (hunt.py).
4. Every plan they find is split and counted exactly (candidate.py); where a promise is narrowly missed, a few
   people are added. The best such plan is the incumbent.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Floats
from planner.errors import Interrupted, OutOfTime
from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.found import Found, Watcher
from planner.program.hunt import LARGE, Hunt, Sessions
from planner.program.relaid import relaid
from planner.program.separate import first_rows, violated
from planner.program.ways import MOST_PROGRAMS, Begun, held_at, least_by_platform, way_by_way
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession, Method
from planner.solver.matrix import Matrix, Rows
from planner.solver.mixed import Runs
from planner.solver.relaxation import Relaxation, relaxation

_MISSING_SHARE = 1e-4
"""Of the contacts offered; the relaxation is done once no more than this is missing from V."""
_ROW_TOLERANCE = 1e-5
_WAY_MISSING = 5e-4
"""The same for a way among several; what is missing there is added once it is the way to begin with."""
_WAYS_SHARE = 0.2
"""Of the time left, for ways."""
LITTLE = 5e-4
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
            hunt.follow(
                relaxed((program, before), linear, watcher, found, Ending(steady=limits.reproducible))
            )
        except OutOfTime:
            found.reason = "time limit"
        except Interrupted:
            found.reason = "Ctrl-C"
    return found


def bounded(program: Program, watcher: Watcher, ending: Ending, like: Found | None = None) -> Found:
    """The relaxation alone: bound, rows and point, and no plan.

    like : the relaxation of a program with the same columns, and ways whose bounds hold here

    Raises
    ------
    NoPointHolds
        If the relaxation is infeasible.
    OutOfTime
        If the deadline comes before its first bound.
    Interrupted
        If the run was stopped before it.
    """
    found, before = Found(), None
    if like is not None and like.rows is not None:
        before = replace(like, rows=relaid(program, like.rows))
    with LinearSession(watcher.deadline, first_method(program.matrix), stopped=watcher.stopped) as linear:
        try:
            relaxed((program, before), linear, watcher, found, ending)
        except (OutOfTime, Interrupted):
            if found.bound == float("-inf"):
                raise
    return found


@dataclass(frozen=True, slots=True)
class Ending:
    """When a relaxation is good enough.

    little : share of the bound; a round that raises it by less is the last
    steady : whether it never ends by the clock
    programs : most linear programs for ways
    enough : money; ways are left alone once the bound is there
    """

    little: float = 0.0
    steady: bool = False
    programs: int = MOST_PROGRAMS
    enough: float = np.inf


def first_method(matrix: Matrix) -> Method:
    """How the relaxation is solved first."""
    return "ipm" if len(matrix.rows.values) > LARGE else "choose"


def relaxed(
    question: tuple[Program, Found | None],
    linear: LinearSession,
    watcher: Watcher,
    found: Found,
    ending: Ending,
) -> Relaxation:
    """The relaxation with loss rows on demand, way by way; its bounds are told as they rise."""
    program, before = question
    ways = sorted(before.ways) if before is not None else []
    elsewhere = ways[1].bound if len(ways) > 1 else np.inf
    until = np.inf if ending.steady else time.monotonic() + _WAYS_SHARE * watcher.left
    last = [-np.inf]

    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated(program, values, _ROW_TOLERANCE)
        slow = found.bound - last[-1] < ending.little * abs(found.bound)
        last.append(found.bound)
        return missing.rows, missing.violation < _MISSING_SHARE or slow or watcher.stopped()

    def separate_way(values: Floats) -> tuple[Rows, bool]:
        missing = violated(program, values, _ROW_TOLERANCE)
        return missing.rows, missing.violation < _WAY_MISSING

    def told(bound: float) -> None:
        found.bound = max(found.bound, min(bound, elsewhere))
        watcher.tell("bound", found)

    def over(tried: int, bound: float) -> bool:
        done = tried >= ending.programs or bound >= ending.enough
        return done or time.monotonic() > until or watcher.stopped()

    first = before.rows if before is not None and before.rows is not None else first_rows(program)
    begin = before.basis if before is not None else None
    matrix = held_at(program, ways[0]) if ways else program.matrix
    done = relaxation((matrix, first), separate, linear, told, begin)
    done, found.ways = way_by_way(program, Begun(done, ways, separate_way), linear, over)
    elsewhere = np.inf
    told(done.bound)
    found.by_platform = least_by_platform(program, found.ways)
    found.rows, found.point, found.basis = done.rows, done.values, done.basis
    return done
