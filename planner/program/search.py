"""The search for plans and bounds; every plan counted exactly.

1. The relaxation with loss rows on demand gives a bound and AI levels.
2. A dive from the relaxation's point rounds it to a first plan, AI levels first.
3. One task solves the program with AI levels fixed there, for plans; another solves the whole program, for
   bounds. Both start from the first plan and hold every table segment near the relaxation's point, so that
   what they count is nearly exact.
4. Every plan they find is split and counted exactly (candidate.py); where a promise is narrowly missed, a few
   people are added. The best such plan is the incumbent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from planner.arrays import Floats
from planner.errors import OutOfTime
from planner.program.build import Program
from planner.program.candidate import Candidate, candidate, decided, faults, repaired
from planner.program.decisions import NOWHERE
from planner.program.separate import first_rows, rows_around, violated
from planner.scenario.scenario import SolverLimits
from planner.solver.dive import Group, dive
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, with_bounds, with_rows
from planner.solver.mixed import Event, Runs, Task
from planner.solver.process import Engine
from planner.solver.relaxation import Relaxation, relaxation

_MISSING_SHARE = 1e-4
_ROW_TOLERANCE = 1e-5
_REACH = 3
_TICK = 0.2

Reason = Literal["gap", "time limit", "stopped", "solvers ended"]


@dataclass(slots=True)
class Found:
    """The best plan and bound so far: the one thing that changes during a search."""

    bound: float = -np.inf
    best: Candidate | None = None
    solver: str = ""
    reason: Reason = "time limit"

    def proven(self, gap: float) -> bool:
        """Whether the best plan lies within the gap of the bound."""
        return self.best is not None and self.best.cost - self.bound <= gap * abs(self.best.cost) + 1e-9


@dataclass(frozen=True, slots=True)
class Watcher:
    """How a search is watched and ended.

    deadline : in time.monotonic terms
    tell : called with what is being done, and the findings so far
    stopped : asked now and then; true ends the search
    """

    deadline: float
    tell: Callable[[str, Found], None]
    stopped: Callable[[], bool]


def search(program: Program, limits: SolverLimits, watcher: Watcher) -> Found:
    """The best plan and bound within the limits.

    Raises
    ------
    NoPointHolds
        If the relaxation is infeasible.
    """
    found = Found()
    with LinearSession(watcher.deadline) as linear, Runs(watcher.deadline) as runs:
        engines = _engines(limits)
        for engine in engines:
            runs.warm(engine)
        try:
            relaxed = _relaxed(program, linear, watcher, found)
            around = rows_around(program, relaxed.values, _REACH)
            first = None if watcher.stopped() else _first(program, relaxed, around, linear)
            matrix = with_rows(with_rows(program.matrix, relaxed.rows), around)
            hunt = _Hunt(program, limits, watcher, found, runs, linear, matrix, engines)
            hunt.begin(relaxed, first)
            hunt.follow()
        except OutOfTime:
            found.reason = "time limit"
    return found


def _engines(limits: SolverLimits) -> tuple[Engine, Engine]:
    """Who works on plans, and who on bounds."""
    if limits.solver == "auto":
        return "highs", "scip"
    return limits.solver, limits.solver


def _relaxed(program: Program, linear: LinearSession, watcher: Watcher, found: Found) -> Relaxation:
    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated(program, values, _ROW_TOLERANCE)
        return missing.rows, missing.violation < _MISSING_SHARE or watcher.stopped()

    def told(bound: float) -> None:
        found.bound = max(found.bound, bound)
        watcher.tell("bound", found)

    return relaxation(with_rows(program.matrix, first_rows(program)), separate, linear, told)


def _first(program: Program, relaxed: Relaxation, around: Rows, linear: LinearSession) -> Floats | None:
    """A point with whole people and levels, dived to from the relaxation's; None where that led nowhere."""
    _, level = decided(program, relaxed.values)
    places, chosen = _level_bounds(program, level)
    linear.add_rows(around)
    linear.change_bounds(places, chosen, chosen)
    solution = linear.solve()
    if solution.status != "optimal":
        return None
    return dive(linear, program.matrix, _whole_columns(program), solution.values)


def _whole_columns(program: Program) -> list[Group]:
    """Whole columns in the order a dive settles them; headcount once before the shifts, once after."""
    pools = program.decide.pools
    every = [place for pool in pools for place in (pool.headcount, pool.desks) if place != NOWHERE]
    books = Group(np.array(every, dtype=np.int64), held=False)
    return [
        Group(np.concatenate([pool.used for pool in pools]), held=True),
        Group(np.concatenate([pool.on for pool in pools]), held=True),
        books,
        Group(np.concatenate([pool.people for pool in pools]), held=True),
        Group(np.concatenate([pool.cycles for pool in pools]), held=True),
        books,
    ]


@dataclass(slots=True)
class _Hunt:
    """Integer programs under way, and what becomes of their plans."""

    program: Program
    limits: SolverLimits
    watcher: Watcher
    found: Found
    runs: Runs
    linear: LinearSession
    matrix: Matrix
    engines: tuple[Engine, Engine]
    number: int = 0
    whole: set[str] = field(default_factory=set)
    start: Floats | None = None

    def begin(self, relaxed: Relaxation, first: Floats | None) -> None:
        """Count the first plan, then start the task for bounds and the task for plans."""
        self.start = first
        self._start_whole(self.engines[1])
        if first is not None:
            self._examine("dive", first)
            self.watcher.tell("plan", self.found)
        if any(queue.level.size for queue in self.program.decide.queues):
            _, level = decided(self.program, relaxed.values)
            self._start_fixed(level)

    def follow(self) -> None:
        """Take every plan and bound until the gap is proven, time is up, or nothing runs."""
        while not self.found.proven(self.limits.gap):
            if self.watcher.stopped():
                self.found.reason = "stopped"
                return
            if time.monotonic() >= self.watcher.deadline:
                self.found.reason = "time limit"
                return
            event = self.runs.next(_TICK)
            if event is not None:
                self._take(event)
            elif not self.runs.running:
                self.found.reason = "solvers ended"
                return
            self.watcher.tell("plan", self.found)
        self.found.reason = "gap"

    def _take(self, event: Event) -> None:
        if event.bound is not None and event.task in self.whole:
            self.found.bound = max(self.found.bound, event.bound)
        cheaper = self.found.best is None or (event.cost or 0.0) < self.found.best.cost
        if event.kind == "plan" and event.values is not None and cheaper:
            self._examine(event.task.split(" ")[0], event.values)
        if event.kind in {"done", "failed"}:
            self._next_after(event)

    def _examine(self, who: str, values: Floats) -> None:
        """Count a plan exactly; keep it if it is the best."""
        on = self.program.on
        people, level = decided(self.program, values)
        made = repaired(on, candidate(on, people, level, self.linear), self.linear)
        if not faults(on, made) and (self.found.best is None or made.cost < self.found.best.cost):
            self.found.best, self.found.solver = made, who

    def _next_after(self, event: Event) -> None:
        """When a task ends: look closer where its plan missed, or put the freed core to the whole program."""
        if event.status == "infeasible" and event.task in self.whole:
            self.found.reason = "solvers ended"
            return
        if event.values is not None:
            missing = violated(self.program, event.values, 1e-9)
            nearby = rows_around(self.program, event.values, _REACH)
            self.matrix = with_rows(with_rows(self.matrix, missing.rows), nearby)
        engine = self.engines[0] if event.task.endswith("fixed") else event.task.split(" ")[0]
        if not self.found.proven(self.limits.gap) and self.number < 12:
            self._start_whole("scip" if engine == "scip" else "highs")

    def _start_fixed(self, level: tuple[int, ...]) -> None:
        places, chosen = _level_bounds(self.program, level)
        matrix = with_bounds(self.matrix, places, chosen, chosen)
        self._start(self.engines[0], matrix, "fixed", self.limits.gap / 4)

    def _start_whole(self, engine: Engine) -> None:
        self.whole.add(self._start(engine, self.matrix, "whole", self.limits.gap / 2))

    def _start(self, engine: Engine, matrix: Matrix, what: str, gap: float) -> str:
        self.number += 1
        name = f"{engine} {self.number} {what}"
        task = Task(name, engine, matrix, gap, self.limits.seed, self.start, self.watcher.deadline)
        return self.runs.start(task)


def _level_bounds(program: Program, level: tuple[int, ...]) -> tuple[np.ndarray, Floats]:
    """Places of the level columns, and 1 at the chosen ones."""
    places, chosen = [], []
    for queue, k in zip(program.decide.queues, level, strict=True):
        places.append(queue.level)
        chosen.append((np.arange(queue.level.size) == k).astype(float))
    return np.concatenate(places), np.concatenate(chosen)
