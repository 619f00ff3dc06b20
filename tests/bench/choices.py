"""The search with one of its ideas taken out: what is measured of it, a second side for every idea.

It runs in this process, as the search would; the solvers' processes are started before the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TypeVar
from unittest import mock

import numpy as np

from planner import read_problem
from planner.arrays import Counts, Floats, frozen_counts
from planner.errors import OutOfTime
from planner.problem import Problem
from planner.program import hunt, search
from planner.program.assignment import Splits, capacity
from planner.program.build import Program
from planner.program.candidate import candidate, decided, faults, repaired
from planner.program.decisions import NOWHERE
from planner.program.first_plans import settling
from planner.program.found import Found, Watcher
from planner.program.neighbourhood import windows
from planner.program.separate import first_rows, rows_around
from planner.scenario.scenario import SolverLimits
from planner.solver.dive import Course, Manner, dive
from planner.solver.linear import LinearSession, Method
from planner.solver.matrix import Matrix, Rows, no_rows, selected, stacked
from planner.solver.relaxation import Relaxation
from planner.staffing import Run, make_plan
from tests.bench import instances
from tests.bench.ours import warmed
from tests.scenarios.documents import SCENARIOS, SEASONS

Made = TypeVar("Made")

REACH = 3  # agents around the relaxation's point, as in the search
MOVED = 20  # people who change their pattern from one split to the next
NOTHING_ELSE = Matrix((), np.zeros(0), 0.0, np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.bool_), no_rows())


@dataclass(frozen=True, slots=True)
class Solved:
    """A relaxation with loss rows on demand; without seconds and bound it was stopped at its limit."""

    seconds: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Dived:
    """One dive; gap of its plan, counted exactly, to the relaxation's bound; None where there is no plan."""

    seconds: float
    gap: float | None


def question(name: str, folder: Path) -> Problem:
    """A season of the shop as it is, or a question of the benchmarks; the compiler's cache is filled."""
    warmed()
    season = SCENARIOS / "ecommerce" / f"{name}.yaml"
    return read_problem(season) if name in SEASONS else instances.problem(name, folder)


def turn_about(sides: Mapping[str, Callable[[], Made]], rounds: int) -> dict[str, list[Made]]:
    """One side after the other, so many times."""
    found: dict[str, list[Made]] = {side: [] for side in sides}
    for _ in range(rounds):
        for side, measure in sides.items():
            found[side].append(measure())
    return found


def typical(taken: Sequence[float | None]) -> float | None:
    """The median; None where one was stopped."""
    known = [one for one in taken if one is not None]
    return median(known) if len(known) == len(taken) else None


def solved(
    program: Program,
    limit: float,
    method: Method | None = None,
    first: Callable[[Program], Rows] = first_rows,
) -> Solved:
    """Solve the relaxation; the method is the search's own unless told, and so are the first rows."""
    deadline = time.monotonic() + limit
    with LinearSession(deadline, method or search.first_method(program.matrix)) as linear:
        ready(linear)
        begun = time.monotonic()
        try:
            relaxed = relaxation_of(program, linear, deadline, first)
        except OutOfTime:
            return Solved(None, None)
        return Solved(time.monotonic() - begun, relaxed.bound)


def relaxation_of(
    program: Program,
    linear: LinearSession,
    deadline: float,
    first: Callable[[Program], Rows] = first_rows,
) -> Relaxation:
    """The search's relaxation, other first rows put in place of its own."""
    with mock.patch.object(search, "first_rows", first):
        return search.relaxed((program, None), linear, unwatched(deadline), Found(), search.Ending())


def unwatched(deadline: float) -> Watcher:
    return Watcher(deadline, lambda doing, found: None, lambda: False)


def ready(linear: LinearSession) -> None:
    """Wait until the session's process has started."""
    linear.load(NOTHING_ELSE)
    linear.solve()


def nine_tangents(program: Program) -> Rows:
    """Up to nine first rows per interval: at and above the floor of the lowest, middle and highest level."""
    found = no_rows()
    for queue, columns in zip(program.on.queues, program.decide.queues, strict=True):
        on, decide = replace(program.on, queues=(queue,)), replace(program.decide, queues=(columns,))
        alone, there = replace(program, on=on, decide=decide), columns.agents != NOWHERE
        for k in sorted({0, queue.levels // 2, queue.levels - 1}):
            for step in range(3):
                values = np.zeros(len(program.matrix.cost))
                values[columns.level[k : k + 1]] = 1.0
                values[columns.agents[there]] = queue.floor[there, k] * (1.0 + 0.08 * step) + step
                found = stacked(found, rows_around(alone, values, 0))
    return found


def without_rows(program: Program, family: str) -> Program:
    """The program without the rows of a family, which their names begin with."""
    rows = program.matrix.rows
    kept = [row for row, name in enumerate(rows.names) if not name.startswith(f"{family}_")]
    fewer = selected(rows, np.array(kept, dtype=np.int64))
    return replace(program, matrix=replace(program.matrix, rows=fewer))


def dived(program: Program, manners: Sequence[Manner], limit: float) -> list[Dived]:
    """Every manner of diving from the relaxation's point, one after the other; each has so many seconds."""
    deadline = time.monotonic() + 120.0 + len(manners) * (limit + 30.0)
    method = search.first_method(program.matrix)
    with LinearSession(deadline, method) as linear, LinearSession(deadline) as counting:
        relaxed = relaxation_of(program, linear, deadline)
        linear.add_rows(rows_around(program, relaxed.values, REACH))
        _, level = decided(program, relaxed.values)
        for queue, k in zip(program.decide.queues, level, strict=True):
            chosen = (np.arange(queue.level.size) == k).astype(float)
            linear.change_bounds(queue.level, chosen, chosen)
        start, splits, found = linear.solve(), Splits(program.on, counting), []
        for manner in manners:
            until = time.monotonic() + limit
            course = Course(start, manner, late(until))
            point = dive(linear, program.matrix, settling(program), course)
            taken = time.monotonic() - until + limit
            gap = None if point is None else counted_gap(program, point, splits, relaxed.bound)
            found.append(Dived(taken, gap))
    return found


def late(until: float) -> Callable[[float], bool]:
    """Whether it is later than that, whatever a dive has come to cost."""
    return lambda cost: time.monotonic() > until


def counted_gap(program: Program, point: Floats, splits: Splits, bound: float) -> float | None:
    """(cost - bound) / cost of a point counted exactly, mended as in the search; None if it fails."""
    made = candidate(program.on, *decided(program, point), splits)
    made = repaired(program.on, made, splits) if made.assignment.missing > 0 else made
    return None if faults(program.on, made) else (made.cost - bound) / made.cost


def gap_after(problem: Problem, seconds: float, solver: str, days_free: bool = True) -> float | None:
    """The gap that a plan has reached when time is up; None where there is none."""
    limits = SolverLimits.model_validate({"gap": 0.0, "time_limit_seconds": seconds, "solver": solver})
    with mock.patch.object(hunt, "windows", windows if days_free else lambda program: []):
        try:
            return make_plan(problem, Run(time.monotonic(), limits)).gap
        except OutOfTime:
            return None


def split_seconds(program: Program, count: int) -> dict[str, list[float]]:
    """Seconds of every split, kept from the one before and loaded anew, taking turns.

    Each has a few people on other patterns than the one before. Both must miss as much.
    """
    deadline = time.monotonic() + 120.0
    with LinearSession(deadline) as first, LinearSession(deadline) as second:
        ready(second)
        relaxed = relaxation_of(program, first, deadline)
        people, _ = decided(program, np.ceil(relaxed.values - 1e-6))
        _, level = decided(program, relaxed.values)
        chance, kept = np.random.Generator(np.random.PCG64(instances.SEED)), Splits(program.on, first)
        kept.of(capacity(program.on, people), level)
        taken: dict[str, list[float]] = {"kept": [], "anew": []}
        for _ in range(count):
            people = tuple(moved(each, chance) for each in people)
            present, missing = capacity(program.on, people), []
            for side, splits in (("kept", kept), ("anew", Splits(program.on, second))):
                begun = time.monotonic()
                missing.append(splits.of(present, level).missing)
                taken[side].append(time.monotonic() - begun)
            assert abs(missing[0] - missing[1]) <= 1e-5 * max(1.0, *missing)
    return taken


def moved(people: Counts, chance: np.random.Generator) -> Counts:
    """The same people, some of them on other patterns."""
    after = np.array(people)
    for _ in range(min(MOVED, int(after.sum()))):
        after[chance.choice(np.flatnonzero(after))] -= 1
        after[chance.integers(after.size)] += 1
    return frozen_counts(after)
