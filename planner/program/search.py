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
from planner.program.neighbourhood import held_columns, windows
from planner.program.separate import first_rows, rows_around, violated
from planner.scenario.scenario import SolverLimits
from planner.solver.dive import Manner, Settling, dive
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, with_bounds, with_rows
from planner.solver.mixed import Event, Runs, Task
from planner.solver.process import Engine
from planner.solver.relaxation import Relaxation, relaxation

_MISSING_SHARE = 1e-4
_ROW_TOLERANCE = 1e-5
_REACH = 3
_TICK = 0.2
_ROUNDING = 1e-7
_DIVING_SHARE = 0.2
_DAYS_SECONDS = 6.0
_DAYS_GAP = 2e-4
_MISSES = 1e-9
_MOST_TASKS = 60
_MANNERS = (
    Manner(held=False, share=0.1),
    Manner(held=True, share=0.1, most=80),
    Manner(held=False, share=0.05),
)

Reason = Literal["gap", "time limit", "Ctrl-C", "solvers ended"]


@dataclass(slots=True)
class Found:
    """The best plan and bound so far: the one thing that changes during a search."""

    bound: float = -np.inf
    best: Candidate | None = None
    solver: str = ""
    reason: Reason = "time limit"

    def proven(self, gap: float) -> bool:
        """Whether the best plan lies within the gap of the bound."""
        return self.best is not None and self.best.cost - self.bound <= (gap + _ROUNDING) * abs(
            self.best.cost
        )


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
    deadline = watcher.deadline
    with LinearSession(deadline) as linear, LinearSession(deadline) as splits, Runs(deadline) as runs:
        engines = _engines(limits)
        for engine in engines:
            runs.warm(engine)
        try:
            relaxed = _relaxed(program, linear, watcher, found)
            around = rows_around(program, relaxed.values, _REACH)
            matrix = with_rows(with_rows(program.matrix, relaxed.rows), around)
            _, level = decided(program, relaxed.values)
            hunt = _Hunt(program, limits, watcher, found, runs, linear, splits, matrix, engines, level)
            hunt.begin(around)
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

    return relaxation((program.matrix, first_rows(program)), separate, linear, told)


def _settling(program: Program) -> Settling:
    """The order in which a dive settles whole columns; people on the books and desks are the dear ones."""
    pools = program.decide.pools
    books = [place for pool in pools for place in (pool.headcount, pool.desks) if place != NOWHERE]
    return Settling(
        dear=np.array(books, dtype=np.int64),
        groups=(
            np.concatenate([pool.used for pool in pools]),
            np.concatenate([pool.on for pool in pools]),
            np.concatenate([pool.people for pool in pools]),
            np.concatenate([pool.cycles for pool in pools]),
        ),
    )


@dataclass(slots=True)
class _Hunt:
    """Integer programs under way, and what becomes of their plans.

    linear, splits : the relaxation, for dives; splits of agents over queues
    start : the program's columns at the best plan, for the next task to begin with
    whole : tasks whose bounds hold for the whole program
    windows : first days of the neighbourhoods still to try
    """

    program: Program
    limits: SolverLimits
    watcher: Watcher
    found: Found
    runs: Runs
    linear: LinearSession
    splits: LinearSession
    matrix: Matrix
    engines: tuple[Engine, Engine]
    level: tuple[int, ...]
    number: int = 0
    start: Floats | None = None
    whole: set[str] = field(default_factory=set)
    windows: list[int] = field(default_factory=list)

    def begin(self, around: Rows) -> None:
        """Start the task for bounds, dive for first plans, then better them."""
        self._start_whole(self.engines[1])
        self._dives(around)
        self.windows = windows(self.program) if self.start is not None else []
        self._better()

    def follow(self) -> None:
        """Take every plan and bound until the gap is proven, time is up, or nothing runs."""
        while not self.found.proven(self.limits.gap):
            if self.watcher.stopped():
                self.found.reason = "Ctrl-C"
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

    def _dives(self, around: Rows) -> None:
        """Dive in one manner after another, AI levels fixed, until a plan is near enough or time is short."""
        places, chosen = _level_bounds(self.program, self.level)
        self.linear.add_rows(around)
        self.linear.change_bounds(places, chosen, chosen)
        solution = self.linear.solve()
        begun = time.monotonic()
        enough = begun + _DIVING_SHARE * (self.watcher.deadline - begun)
        for manner in _MANNERS:
            if solution.status != "optimal" or self._settled() or time.monotonic() > enough:
                break
            point = dive(self.linear, self.program.matrix, _settling(self.program), solution, manner)
            if point is not None:
                self._examine("dive", point)
            while (event := self.runs.next(0.0)) is not None:
                self._take(event)
            self.watcher.tell("plan", self.found)

    def _settled(self) -> bool:
        return self.found.proven(self.limits.gap) or self.watcher.stopped()

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
        made = repaired(on, candidate(on, people, level, self.splits), self.splits)
        if not faults(on, made) and (self.found.best is None or made.cost < self.found.best.cost):
            self.found.best, self.found.solver, self.start = made, who, values
            self.level = level

    def _next_after(self, event: Event) -> None:
        """When a task ends: look closer where its plan missed, and put the freed core to something else."""
        if event.task in self.whole and event.status == "infeasible":
            self.found.reason = "solvers ended"
        elif self.number < _MOST_TASKS and not self.found.proven(self.limits.gap):
            if event.task.endswith("days"):
                self._better()
            else:
                self._look_closer(event)
                self._start_whole(self.engines[0 if event.task.endswith("fixed") else 1])

    def _look_closer(self, event: Event) -> None:
        """Add the table segments around the plan that a task ended with."""
        if event.values is not None:
            missing = violated(self.program, event.values, _MISSES)
            nearby = rows_around(self.program, event.values, _REACH)
            self.matrix = with_rows(with_rows(self.matrix, missing.rows), nearby)

    def _better(self) -> None:
        """Set the next few days free around the best plan; after the last, fix the AI levels alone."""
        if self.windows and self.start is not None:
            columns = held_columns(self.program, self.windows.pop(0))
            held = np.clip(self.start[columns], self.matrix.lower[columns], self.matrix.upper[columns])
            matrix = with_bounds(self._fixed(), columns, held, held)
            self._start(self.engines[0], matrix, "days", _DAYS_GAP)
        elif any(queue.level.size for queue in self.program.decide.queues):
            self._start(self.engines[0], self._fixed(), "fixed", self.limits.gap / 4)

    def _fixed(self) -> Matrix:
        """The program with the AI levels of the best plan."""
        places, chosen = _level_bounds(self.program, self.level)
        return with_bounds(self.matrix, places, chosen, chosen)

    def _start_whole(self, engine: Engine) -> None:
        self.whole.add(self._start(engine, self.matrix, "whole", self.limits.gap / 2))

    def _start(self, engine: Engine, matrix: Matrix, what: str, gap: float) -> str:
        self.number += 1
        name = f"{engine} {self.number} {what}"
        deadline = self.watcher.deadline
        if what == "days":
            deadline = min(deadline, time.monotonic() + _DAYS_SECONDS)
        return self.runs.start(Task(name, engine, matrix, gap, self.limits.seed, self.start, deadline))


def _level_bounds(program: Program, level: tuple[int, ...]) -> tuple[np.ndarray, Floats]:
    """Places of the level columns, and 1 at the chosen ones."""
    places, chosen = [], []
    for queue, k in zip(program.decide.queues, level, strict=True):
        places.append(queue.level)
        chosen.append((np.arange(queue.level.size) == k).astype(float))
    return np.concatenate(places), np.concatenate(chosen)
