"""Integer programs under way, and what becomes of their plans."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.build import Program
from planner.program.candidate import candidate, decided, faults, repaired
from planner.program.first_plans import Dives, first_plans
from planner.program.found import Found, Watcher
from planner.program.neighbourhood import Window, held_columns, windows
from planner.program.separate import rows_around, violated
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Part, part, with_bounds, with_rows
from planner.solver.mixed import Event, Runs, Task
from planner.solver.process import Engine
from planner.solver.relaxation import Relaxation

_REACH = 3
_TICK = 0.2
_DAYS_SECONDS = 6.0
_DAYS_GAP = 2e-4
_DAYS_NODES = 400
_WHOLE_NODES = 2000
_MISSES = 1e-9
_MOST_TASKS = 400


@dataclass(frozen=True, slots=True)
class Sessions:
    """The processes that a search has at hand.

    linear : the relaxation, then dives
    splits : splits of agents over queues, for exact counting
    runs : integer programs
    """

    linear: LinearSession
    splits: LinearSession
    runs: Runs


class Hunt:
    """Betters plans until the gap is proven, time is up or nothing is left to try.

    Two tasks run side by side: one on a neighbourhood of the best plan, one on the whole program. A
    reproducible hunt runs one at a time and ends them by nodes, never by the clock: it finds the same again.
    """

    def __init__(
        self, program: Program, limits: SolverLimits, watcher: Watcher, found: Found, use: Sessions
    ) -> None:
        self._program, self._limits, self._watcher, self._found, self._use = (
            program, limits, watcher, found, use,
        )  # fmt: skip
        self._engine: Engine = "highs" if limits.solver == "highs" else "scip"
        self._matrix = program.matrix
        self._level: tuple[int, ...] = ()
        self._start: Floats | None = None
        self._parts: dict[str, Part] = {}
        self._whole: set[str] = set()
        self._number = 0
        self._windows = list(windows(program))
        self._better_at = 0  # number of the task during which the best plan was found
        use.runs.warm(self._engine)

    def follow(self, relaxed: Relaxation) -> None:
        """From the relaxation's point to the end."""
        program, steady = self._program, self._limits.reproducible
        around = rows_around(program, relaxed.values, _REACH)
        self._matrix = with_rows(with_rows(program.matrix, relaxed.rows), around)
        _, self._level = decided(program, relaxed.values)
        if not steady:
            self._start_whole()
        linear = self._use.linear
        linear.add_rows(around)
        linear.change_bounds(*self._level_bounds())
        solution = linear.solve()
        if solution.status == "optimal":
            for point in first_plans(Dives(program, linear, solution, steady), self._found, self._watcher):
                self._examine("dive", point)
                self._take_all()
                if self._over():
                    return
        self._next_task()
        while not self._over():
            event = self._use.runs.next(_TICK)
            if event is not None:
                self._take(event)
            elif not self._use.runs.running:
                self._found.reason = "solvers ended"
                return
            self._watcher.tell("plan", self._found)

    def _over(self) -> bool:
        if self._found.proven(self._limits.gap):
            self._found.reason = "gap"
        elif self._watcher.stopped():
            self._found.reason = "Ctrl-C"
        elif time.monotonic() >= self._watcher.deadline:
            self._found.reason = "time limit"
        else:
            return False
        return True

    def _take_all(self) -> None:
        while (event := self._use.runs.next(0.0)) is not None:
            self._take(event)
        self._watcher.tell("plan", self._found)

    def _take(self, event: Event) -> None:
        ended = event.kind in {"done", "failed"}
        if event.bound is not None and event.task in self._whole and (ended or not self._limits.reproducible):
            self._found.bound = max(self._found.bound, event.bound)
        if event.kind == "plan" and event.values is not None:
            smaller = self._parts.get(event.task)
            values = event.values if smaller is None else smaller.outside(event.values)
            self._examine(event.task.split(" ")[0], values)
        if ended:
            self._after(event)

    def _examine(self, who: str, values: Floats) -> None:
        """Count a plan exactly; keep it if it is the best."""
        found, on = self._found, self._program.on
        people, level = decided(self._program, values)
        made = candidate(on, people, level, self._use.splits)
        if made.assignment.missing > 0:
            self._look_closer(values)
            made = repaired(on, made, self._use.splits)
        if not faults(on, made) and (found.best is None or made.cost < found.best.cost):
            found.best, found.solver, self._start, self._level = made, who, values, level
            self._better_at = self._number

    def _look_closer(self, values: Floats) -> None:
        """Add the table segments around a plan whose V counts too little."""
        missing = violated(self._program, values, _MISSES)
        self._matrix = with_rows(self._matrix, missing.rows)

    def _after(self, event: Event) -> None:
        """When a task ends, put the freed core to something else."""
        self._parts.pop(event.task, None)
        if event.task in self._whole:
            if event.status == "infeasible":
                self._found.reason = "solvers ended"
                return
            if event.values is not None:
                nearby = rows_around(self._program, event.values, _REACH)
                self._matrix = with_rows(self._matrix, nearby)
        if self._number < _MOST_TASKS and not self._found.proven(self._limits.gap):
            if self._limits.reproducible or event.task not in self._whole:
                self._next_task()
            else:
                self._start_whole()

    def _next_task(self) -> None:
        """The next neighbourhood of the best plan; the whole program where none is left to try."""
        tried = self._number - self._better_at
        if self._start is not None and self._windows and tried <= 2 * len(self._windows):
            window = self._windows.pop(0)
            self._windows.append(window)
            self._start_days(window)
        elif self._limits.reproducible:
            self._start_whole()
        elif any(queue.level.size for queue in self._program.decide.queues):
            self._run(with_bounds(self._matrix, *self._level_bounds()), "fixed", self._limits.gap / 4)

    def _start_days(self, window: Window) -> None:
        """Set a few days free around the best plan."""
        assert self._start is not None
        matrix = with_bounds(self._matrix, *self._level_bounds())
        columns = held_columns(self._program, window)
        held = np.clip(self._start[columns], matrix.lower[columns], matrix.upper[columns])
        smaller = part(matrix, columns, held)
        name = self._run(smaller.matrix, "days", _DAYS_GAP, smaller)
        self._parts[name] = smaller

    def _start_whole(self) -> None:
        self._whole.add(self._run(self._matrix, "whole", self._limits.gap / 2))

    def _run(self, matrix: Matrix, what: str, gap: float, smaller: Part | None = None) -> str:
        self._number += 1
        name = f"{self._engine} {self._number} {what}"
        start = self._start
        if start is not None and smaller is not None:
            start = smaller.inside(start)
        deadline, nodes = self._watcher.deadline, None
        if self._limits.reproducible:
            nodes = _DAYS_NODES if what == "days" else _WHOLE_NODES
        elif what == "days":
            deadline = min(deadline, time.monotonic() + _DAYS_SECONDS)
        task = Task(name, self._engine, matrix, gap, self._limits.seed, start, deadline, nodes=nodes)
        begun = self._use.runs.start(task)
        self._use.runs.warm(self._engine)
        return begun

    def _level_bounds(self) -> tuple[Counts, Floats, Floats]:
        """Places of the level columns, and 1 at the chosen ones, as lower and upper bounds."""
        places, chosen = [], []
        for queue, k in zip(self._program.decide.queues, self._level, strict=True):
            places.append(queue.level)
            chosen.append((np.arange(queue.level.size) == k).astype(float))
        return np.concatenate(places), np.concatenate(chosen), np.concatenate(chosen)
