"""Integer solves side by side, each in a process of its own, their plans and bounds told as they come.

Nothing a solver says is passed on unchecked: a plan's cost is computed from the program, and a plan that does
not hold is refused.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self, TypeAlias

from planner.arrays import Floats, frozen
from planner.solver.matrix import Matrix, objective, rounded, violation
from planner.solver.process import Child, Engine, Inbox, Message

Emphasis: TypeAlias = Literal["balanced", "plans", "bound"]
MixedStatus: TypeAlias = Literal["optimal", "infeasible", "stopped", "unbounded"]

TOLERANCE = 1e-5  # the largest violation of a plan that we pass on
TRUST = 1e-5  # share of its cost by which a plan may lie below a bound, both being computed to a tolerance
ENDLESS = 1e20  # what SCIP calls infinite; HiGHS has inf
SOFT_SHARE, SOFT_SECONDS = 0.03, 0.5  # a solver's own limit comes this much before ours


@dataclass(frozen=True, slots=True)
class Task:
    """One integer solve.

    name : tells the events of several tasks apart
    gap : where to stop: (cost - bound) / cost
    start : (C,) a solution to begin with
    deadline : in `time.monotonic` terms; inf for that of the runs
    emphasis : what the solver works on most
    options : the solver's own, by its names
    nodes : of branch and bound at most, in place of a limit by the clock: the same work every time
    """

    name: str
    solver: Engine
    matrix: Matrix
    gap: float = 0.0
    seed: int = 0
    start: Floats | None = None
    deadline: float = float("inf")
    emphasis: Emphasis = "balanced"
    options: Mapping[str, float | int | str | bool] = field(default_factory=dict)
    nodes: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a task has to tell.

    task : its name
    kind : a better plan; a better bound; done, with a status; failed, when its process died or contradicted
        itself; refused, when a plan did not hold (the task goes on). Nothing comes after done or failed.
    cost, values : the best plan so far, (C,), None before the first; the start counts if it holds
    bound : the best bound so far, None before the first
    status : of a task that is done; optimal means within the gap asked for
    seconds : since the task was started
    """

    task: str
    kind: Literal["plan", "bound", "done", "failed", "refused"]
    cost: float | None
    bound: float | None
    values: Floats | None
    status: MixedStatus | None
    seconds: float
    message: str = ""


@dataclass(slots=True)
class _Run:
    """A task under way and the best it has told."""

    task: Task
    child: Child
    deadline: float
    started: float
    cost: float | None = None
    values: Floats | None = None
    bound: float | None = None
    overdue: bool = False

    def event(
        self,
        kind: Literal["plan", "bound", "done", "failed", "refused"],
        status: MixedStatus | None = None,
        message: str = "",
    ) -> Event:
        seconds = time.monotonic() - self.started
        return Event(self.task.name, kind, self.cost, self.bound, self.values, status, seconds, message)


class Runs:
    """Integer solves under way; leaving the context kills what still runs.

    Parameters
    ----------
    deadline : in `time.monotonic` terms; every task is killed then, whatever its solver does
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._inbox: Inbox = queue.SimpleQueue()
        self._runs: dict[str, _Run] = {}
        self._warm: list[tuple[Engine, Child]] = []
        self._children = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in [run.child for run in self._runs.values()] + [child for _, child in self._warm]:
            child.close()
        self._runs.clear()
        self._warm.clear()

    @property
    def running(self) -> tuple[str, ...]:
        """The tasks whose end has not been told."""
        return tuple(run.task.name for run in self._runs.values())

    def warm(self, solver: Engine) -> None:
        """Start a process for a task to come, so that it need not wait for one."""
        self._warm.append((solver, self._child(solver)))

    def start(self, task: Task) -> str:
        """Start a task; returns its name.

        Raises
        ------
        ValueError
            If a task of this name is running.
        """
        if task.name in self.running:
            raise ValueError(f"a task named {task.name} is running already")
        child = self._ready(task.solver)
        deadline = min(task.deadline, self._deadline)
        run = _Run(task, child, deadline, time.monotonic())
        if task.start is not None:
            _better(run, task.start)
        self._runs[child.name] = run
        child.post("mixed", task.matrix, _order(task, deadline, run.values))
        return task.name

    def stop(self, name: str) -> None:
        """Kill a task; what it had told and was not read yet is lost, and nothing more comes from it."""
        for key, run in list(self._runs.items()):
            if run.task.name == name:
                self._close(key)

    def next(self, timeout: float) -> Event | None:
        """The next event, or None if none comes within the timeout (seconds) or no task is running."""
        until = time.monotonic() + timeout
        while self._runs:
            self._kill_overdue()
            limit = min([until, *(run.deadline for run in self._runs.values() if not run.overdue)])
            try:
                name, message = self._inbox.get(timeout=max(0.0, limit - time.monotonic()))
            except queue.Empty:
                if time.monotonic() >= until:
                    return None
                continue
            event = self._event(name, message) if name in self._runs else None
            if event is not None:
                return event
        return None

    def _child(self, solver: Engine) -> Child:
        self._children += 1
        return Child(solver, f"{solver} {self._children}", self._inbox)

    def _ready(self, solver: Engine) -> Child:
        """A warm process for this solver, where one is waiting and alive, or a new one."""
        for pair in list(self._warm):
            if pair[0] == solver:
                self._warm.remove(pair)
                if pair[1].alive:
                    return pair[1]
                pair[1].close()
        return self._child(solver)

    def _close(self, key: str) -> None:
        self._runs.pop(key).child.close()

    def _kill_overdue(self) -> None:
        for key, run in self._runs.items():
            if not run.overdue and time.monotonic() >= run.deadline:
                run.overdue = True
                run.child.kill()
                self._inbox.put((key, None))  # after what it told, and without waiting for its end

    def _event(self, key: str, message: Message | None) -> Event | None:
        """What a message means, once checked; None where it brings nothing new."""
        run = self._runs[key]
        event = _ended(run) if message is None else _told(run, message)
        if event is not None and event.kind in {"done", "failed"}:
            self._close(key)
        return event


def _order(task: Task, deadline: float, start: Floats | None) -> dict[str, object]:
    """What the child is told beside the program; the clock is the machine's, not the process's.

    start : the task's, if it holds; solvers refuse others
    """
    left = max(0.0, deadline - time.monotonic())
    return {
        "gap": task.gap,
        "seed": task.seed,
        "start": start,
        "soft_deadline": min(deadline - max(SOFT_SECONDS, SOFT_SHARE * left), time.monotonic() + 1e7),
        "emphasis": task.emphasis,
        "options": dict(task.options),
        "nodes": task.nodes,
    }


def _ended(run: _Run) -> Event:
    if run.overdue:
        return run.event("done", "stopped", "stopped at the deadline")
    return run.event("failed", message=run.child.complaint())


def _told(run: _Run, message: Message) -> Event | None:
    kind, *rest = message
    if kind == "plan":
        event = _plan(run, rest[0])
    elif kind == "bound":
        event = run.event("bound") if _higher(run, rest[0]) else None
    else:
        status, bound = rest
        _higher(run, bound)
        event = _done(run, status)
    if _contradiction(run):
        return run.event("failed", message=f"the bound {run.bound} lies above a plan that costs {run.cost}")
    return event


def _plan(run: _Run, values: Floats) -> Event | None:
    breach = violation(run.task.matrix, values)
    if breach > TOLERANCE:
        return run.event("refused", message=f"a plan violates the program by {breach:.2g}")
    return run.event("plan") if _better(run, values) else None


def _done(run: _Run, status: MixedStatus) -> Event:
    """The end of a task, by our own numbers."""
    if status == "infeasible" and run.values is not None:
        return run.event("failed", message="called infeasible although a plan holds")
    if status != "optimal":
        return run.event("done", status)
    if run.cost is None or run.bound is None:
        return run.event("failed", message="called optimal without a plan that holds")
    if run.cost - run.bound > (run.task.gap + TRUST) * abs(run.cost) + 1e-6:
        return run.event("done", "stopped", "called optimal, but its plan and bound lie further apart")
    return run.event("done", "optimal")


def _better(run: _Run, values: Floats) -> bool:
    """Keep a plan if it holds and is the cheapest so far."""
    whole = rounded(run.task.matrix, values)
    kept = whole if violation(run.task.matrix, whole) <= TOLERANCE else frozen(values)
    cost = objective(run.task.matrix, kept)
    if violation(run.task.matrix, kept) > TOLERANCE or (run.cost is not None and cost >= run.cost):
        return False
    run.cost, run.values = cost, kept
    return True


def _higher(run: _Run, bound: float) -> bool:
    """Keep a bound if it is the highest so far."""
    if abs(bound) >= ENDLESS or (run.bound is not None and bound <= run.bound):
        return False
    run.bound = bound
    return True


def _contradiction(run: _Run) -> bool:
    if run.cost is None or run.bound is None:
        return False
    return run.bound - run.cost > TRUST * max(1.0, abs(run.cost))
