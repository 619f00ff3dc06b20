"""Integer programs under way, and what becomes of their plans."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.candidate import (
    Candidate,
    candidate,
    decided,
    decided_platform,
    faults,
    repaired,
    seen,
)
from planner.program.first_plans import Dives, first_plans
from planner.program.found import Found, Watcher
from planner.program.neighbourhood import Window, held_columns, overlap, touched_intervals, windows
from planner.program.piecewise import contract_columns, contracts_of
from planner.program.point import point_of
from planner.program.separate import rows_around, violated
from planner.program.ways import without_dear_platforms
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.matrix import Part, part, with_bounds, with_rows
from planner.solver.mixed import Event, Runs, Task
from planner.solver.process import Engine
from planner.solver.relaxation import Relaxation

LARGE = 100_000
"""Entries of a program; branch and bound on the whole of a larger one tells nothing for minutes."""
_REACH = 3
_TICK = 0.2
_DAYS_SECONDS, _DAYS_NODES, _DAYS_GAP, _DAYS_REACH = 6.0, 400, 2e-4, 8
_MISSES = 1e-9
_MOST_RAISES = 4
_SETTLED = 1e-6
_MOST_FAILURES = 5


@dataclass(frozen=True, slots=True)
class Sessions:
    """The processes that a search has at hand.

    linear : the relaxation, then dives
    splits : splits of agents over queues, for exact counting
    runs : integer programs
    """

    linear: LinearSession
    splits: Splits
    runs: Runs


@dataclass(slots=True)
class _Tasks:
    """Integer programs under way, and those still worth a try.

    whole, fixed : names of the tasks on the whole program, and on it with AI levels fixed
    days : the neighbourhood that a task works on, and its part of the program
    waiting : neighbourhoods in the order of their turns
    turns : neighbourhoods begun
    idle : neighbourhoods that have ended since the best plan was found
    settled : bound and cost when the whole program was last solved to its end
    """

    waiting: list[Window]
    whole: set[str] = field(default_factory=set)
    fixed: set[str] = field(default_factory=set)
    days: dict[str, tuple[Window, Part]] = field(default_factory=dict)
    started: int = 0
    failed: int = 0  # one after another
    turns: int = 0
    idle: int = 0
    settled: tuple[float, float] | None = None


class Hunt:
    """Betters plans until the gap is proven, time is up or nothing is left to try.

    Two tasks run side by side: the whole program, for bounds and other AI levels, and neighbourhoods of the
    best plan. Where the program is large, both work on neighbourhoods until each had its turn. A reproducible
    hunt runs one at a time and ends them by nodes, never by the clock: it finds the same again.
    """

    def __init__(
        self, program: Program, limits: SolverLimits, watcher: Watcher, found: Found, use: Sessions
    ) -> None:
        self._program, self._limits, self._watcher = program, limits, watcher
        self._found, self._use = found, use
        self._engine: Engine = "highs" if limits.solver == "highs" else "scip"
        self._tasks = _Tasks(list(windows(program)))
        self._matrix = program.matrix
        self._level: tuple[int, ...] = ()
        self._platform: int | None = None
        self._contracts: Floats = np.zeros(0)
        self._start: Floats | None = None
        self._diving = True
        self._raised = False  # more contacts came than a dive's volume level has room for
        use.runs.warm(self._engine)

    def begin_with(self, before: Candidate) -> None:
        """Count a plan of a program that differs in limits alone; it may need a few people more."""
        on = self._program.on
        made = repaired(
            on,
            candidate(on, before.people, before.level, self._use.splits, before.hint(on)),
            self._use.splits,
        )
        if not faults(on, made):
            self._found.best, self._found.solver = made, "last round"
            self._keep(made)

    def follow(self, relaxed: Relaxation) -> None:
        """From the relaxation's point to the end."""
        around = rows_around(self._program, relaxed.values, _REACH)
        self._matrix = with_rows(with_rows(self._program.matrix, relaxed.rows), around)
        if self._found.best is None:
            _, self._level = decided(self._program, relaxed.values)
            self._platform = decided_platform(self._program, relaxed.values)
            self._contracts = contracts_of(self._program, relaxed.values)
        self._use.linear.add_rows(around)
        beside = 0 if self._limits.reproducible else 1
        for _ in range(_MOST_RAISES):
            for point in self._rounded(beside):
                self._examine("dive", point)
                if self._found.best is None and self._raised:
                    break
            if self._found.best is not None or not self._raised:
                break
            self._raised = False
        self._diving = False
        while not self._meanwhile(beside + 1):
            if not self._use.runs.running:
                self._found.reason = "solvers ended"
                return
            event = self._use.runs.next(_TICK)
            if event is not None:
                self._take(event)

    def _rounded(self, beside: int) -> Iterator[Floats]:
        """First plans, with AI levels fixed where the relaxation has them."""
        linear = self._use.linear
        linear.change_bounds(*self._level_bounds())
        start = linear.solve()
        if start.status == "optimal":
            deadline, steady = self._watcher.deadline, self._limits.reproducible
            dives = Dives(
                self._program, linear, start, deadline, steady, over=lambda: self._meanwhile(beside)
            )
            yield from first_plans(dives, self._found)

    def _meanwhile(self, cores: int) -> bool:
        """Take what tasks have told, give free cores something to do, and say whether the hunt is over."""
        while not self._found.proven(self._limits.gap) and (event := self._use.runs.next(0.0)) is not None:
            self._take(event)
        self._watcher.tell("plan", self._found)
        if self._over():
            return True
        self._fill(cores)
        return False

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

    def _take(self, event: Event) -> None:
        """Take a task's plans and bounds."""
        if event.bound is not None and event.task in self._tasks.whole:
            self._found.bound = max(self._found.bound, event.bound)
        if event.kind == "plan" and event.values is not None:
            self._examine(event.task.split(" ")[0], self._everywhere(event.task, event.values))
        if event.kind in {"done", "failed"}:
            self._ended(event)

    def _everywhere(self, task: str, values: Floats) -> Floats:
        """(C,) a task's plan, with what it could not move as the best plan has it now."""
        if task not in self._tasks.days:
            return values
        smaller = self._tasks.days[task][1]
        every = np.array(smaller.whole if self._start is None else self._start)
        every[smaller.free] = values
        return every

    def _examine(self, who: str, values: Floats) -> None:
        """Count a plan exactly; keep it if it is the best."""
        found, on = self._found, self._program.on
        people, level = decided(self._program, values)
        made = candidate(on, people, level, self._use.splits, seen(self._program, values))
        if found.best is None and made.level != tuple(level):
            self._raised, self._level = True, made.level
        if made.assignment.missing > 0 or on.vendors:
            self._matrix = with_rows(self._matrix, violated(self._program, values, _MISSES).rows)
        if made.assignment.missing > 0:
            made = repaired(on, made, self._use.splits)
        if not faults(on, made) and (found.best is None or made.cost < found.best.cost):
            found.best, found.solver = made, who
            self._keep(made)
            self._tasks.idle = 0

    def _keep(self, made: Candidate) -> None:
        """The best plan's point, its levels, its platform, and what its contracts are held at."""
        self._start, self._level = point_of(self._program, made), made.level
        self._platform = made.platform
        self._contracts = contracts_of(self._program, self._start)

    def _ended(self, event: Event) -> None:
        tasks = self._tasks
        tasks.failed = tasks.failed + 1 if event.kind == "failed" else 0
        if event.task in tasks.whole and self._limits.reproducible:
            tasks.turns = 0
        if tasks.days.pop(event.task, None) is not None:
            tasks.idle += 1
        elif event.task in tasks.whole and (event.status == "infeasible" or self._settled_again(event)):
            tasks.failed = _MOST_FAILURES  # nothing is left to try
        elif event.values is not None:
            self._matrix = with_rows(self._matrix, rows_around(self._program, event.values, _REACH))

    def _settled_again(self, event: Event) -> bool:
        """Whether the whole program was solved to its end twice, and the second time told nothing new."""
        best, before = self._found.best, self._tasks.settled
        if event.status == "optimal" and best is not None:
            self._tasks.settled = self._found.bound, best.cost
            return before is not None and bool(np.allclose(before, self._tasks.settled, rtol=_SETTLED))
        return False

    def _fill(self, cores: int) -> None:
        """Start what is most worth while on every core that is free."""
        while len(self._use.runs.running) < cores and self._tasks.failed < _MOST_FAILURES:
            if not self._began():
                return

    def _began(self) -> bool:
        """Start the next task; false where there is none."""
        tasks, running = self._tasks, set(self._use.runs.running)
        window = self._next_window()
        if self._diving and self._start is None and (tasks.waiting or self._found.by_platform):
            return False  # a first plan says which neighbourhoods and which platforms are worth a try
        if window is not None and (tasks.turns < self._turns_before_whole() or running & tasks.whole):
            self._begin_days(window)
        elif not running & tasks.whole:
            matrix = without_dear_platforms(self._program, self._matrix, self._found)
            tasks.whole.add(self._run(Task("whole", self._engine, matrix, self._limits.gap / 2)))
        elif not running & tasks.fixed and self._choices():
            matrix = with_bounds(self._matrix, *self._level_bounds())
            tasks.fixed.add(self._run(Task("fixed", self._engine, matrix, self._limits.gap / 4)))
        else:
            return False
        return True

    def _choices(self) -> bool:
        """Whether there are AI levels, platforms or contracts to choose from."""
        decide = self._program.decide
        some = decide.platforms.chosen.size > 1 or contract_columns(self._program).size > 0
        return some or any(queue.level.size for queue in decide.queues)

    def _turns_before_whole(self) -> int:
        """Neighbourhoods that come before the whole program: none where that is small."""
        small = len(self._program.matrix.rows.values) < LARGE and not self._limits.reproducible
        return 0 if small else len(self._tasks.waiting)

    def _next_window(self) -> Window | None:
        """The next neighbourhood apart from those under way; None where all were tried in vain."""
        tasks = self._tasks
        if self._start is None or tasks.idle > 2 * len(tasks.waiting):
            return None
        under_way = [window for window, _ in tasks.days.values()]
        apart = [
            window
            for window in tasks.waiting
            if not any(overlap(self._program, window, other) for other in under_way)
        ]
        return apart[0] if apart else None

    def _begin_days(self, window: Window) -> None:
        """Set a few days free around the best plan."""
        assert self._start is not None
        self._tasks.waiting.remove(window)
        self._tasks.waiting.append(window)
        self._tasks.turns += 1
        columns = held_columns(self._program, window)
        nearby = rows_around(
            self._program, self._start, _DAYS_REACH, touched_intervals(self._program, window)
        )
        matrix = with_bounds(with_rows(self._matrix, nearby), *self._level_bounds())
        smaller = part(matrix, columns, self._start[columns])
        deadline = time.monotonic() + _DAYS_SECONDS
        task = Task("days", self._engine, smaller.matrix, _DAYS_GAP, deadline=deadline, nodes=_DAYS_NODES)
        name = self._run(task, smaller.inside(self._start))
        self._tasks.days[name] = window, smaller

    def _run(self, asked: Task, start: Floats | None = None) -> str:
        """Start a task from the best plan; a reproducible one ends by nodes, another by the clock."""
        self._tasks.started += 1
        by_nodes = self._limits.reproducible
        begun = self._use.runs.start(
            replace(
                asked,
                name=f"{self._engine} {self._tasks.started} {asked.name}",
                seed=self._limits.seed,
                start=self._start if start is None else start,
                deadline=self._watcher.deadline if by_nodes else min(asked.deadline, self._watcher.deadline),
                nodes=(asked.nodes or 10 ** len(self._tasks.whole)) if by_nodes else None,
            )
        )
        self._use.runs.warm(self._engine)
        return begun

    def _level_bounds(self) -> tuple[Counts, Floats, Floats]:
        """Places of the columns of levels, platforms and contracts; 1 at the chosen ones, as bounds."""
        platforms = self._program.decide.platforms.chosen
        places = [platforms, contract_columns(self._program)]
        chosen = [(np.arange(platforms.size) == self._platform).astype(float), self._contracts]
        for queue, k in zip(self._program.decide.queues, self._level, strict=True):
            places.append(queue.level)
            chosen.append((np.arange(queue.level.size) == k).astype(float))
        return np.concatenate(places), np.concatenate(chosen), np.concatenate(chosen)
