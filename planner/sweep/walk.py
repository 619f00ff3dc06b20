"""A sweep from its first task to its last: what is on file is taken, the rest is planned and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.problem import Problem
from planner.running import Done, Outcome, Place, each
from planner.scenario.scenario import SolverLimits
from planner.sweep.document import Result, Row, Sweep
from planner.sweep.file import SweepFile
from planner.sweep.planned import Task, planned
from planner.sweep.points import Point, points
from planner.sweep.question import base_digest, question_of, task_digest, versions_used
from planner.sweep.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sweep is: tasks done, of how many, on how many of them there is a plan, and the last one.

    changes : of the last task
    """

    done: int
    of: int
    planned: int
    changes: Point
    result: Result


@dataclass(frozen=True, slots=True)
class Terms:
    """How a sweep is run.

    where : the place that plans are made at
    store : where results are kept
    limits : of every plan; None takes the scenario's. Plans are made reproducible in any case, so that a task
        gives the same wherever and whenever it is planned
    watch : called after every task
    stopped : asked now and then; true ends the sweep with what is done
    """

    where: Place
    store: Store
    limits: SolverLimits | None = None
    watch: Callable[[Progress], None] = lambda progress: None
    stopped: Callable[[], bool] = lambda: False


def sweep(problem: Problem, swept: SweepFile, terms: Terms) -> Sweep:
    """Every task's result: each is planned once, in this run or in an earlier one that kept it.

    A task that fails is a row with its reason, and is planned again by a later run; all other results are
    kept for good.

    Raises
    ------
    PlaceLost
        If the cluster went away; what is done is kept.
    """
    return swept_points(problem, tuple(points(swept)), terms)


def swept_points(problem: Problem, every: Sequence[Point], terms: Terms) -> Sweep:
    """The same for points that no file names."""
    limits = (terms.limits or problem.scenario.solver).model_copy(update={"reproducible": True})
    scenario = problem.scenario.model_copy(update={"solver": limits})
    base = question_of(replace(problem, scenario=scenario))
    digest = base_digest(base)
    keys = [task_digest(digest, point) for point in every]
    known = terms.store.known(keys)
    before = sum(key in known for key in keys)
    new = {key: point for key, point in zip(keys, every, strict=True) if key not in known}
    tasks = [Task(key, base, point, versions_used()) for key, point in new.items()]
    counted = _Counted(
        len(known), len(known) + len(tasks), sum(one.status == "plan" for one in known.values())
    )
    for outcome in each(terms.where, planned, tasks, stopped=terms.stopped):
        task = tasks[outcome.number]
        result = _result(task, outcome)
        if result.status != "failed":
            terms.store.keep(result)
        known[task.key] = result
        terms.watch(counted.after(task.point, result))
    return _document(problem, (keys, every), known, terms.store, before)


@dataclass(slots=True)
class _Counted:
    """Tasks done so far, all there are, and those done that have a plan."""

    done: int
    of: int
    planned: int

    def after(self, point: Point, result: Result) -> Progress:
        """The progress once a task more is done."""
        self.done += 1
        self.planned += result.status == "plan"
        return Progress(self.done, self.of, self.planned, point, result)


def _result(task: Task, outcome: Outcome[Result]) -> Result:
    if isinstance(outcome, Done):
        return outcome.value
    tried = f"{outcome.reason} (begun {outcome.attempts} times)" if outcome.attempts > 1 else outcome.reason
    return Result(key=task.key, status="failed", reason=tried)


def _document(
    problem: Problem,
    asked: tuple[Sequence[str], Sequence[Point]],
    known: dict[str, Result],
    store: Store,
    before: int,
) -> Sweep:
    paths: dict[str, Literal["values", "factors"]] = {}
    rows = []
    for number, (key, point) in enumerate(zip(*asked, strict=True), start=1):
        paths |= {change.path: change.form for change in point}
        if key in known:
            changes = {change.path: change.to for change in point}
            rows.append(Row(task=number, changes=changes, result=known[key]))
    store.gather(rows, tuple(paths))
    return Sweep(
        scenario=problem.scenario.name,
        currency=problem.scenario.currency,
        tasks=len(asked[0]),
        already_done=before,
        unfinished=len(asked[0]) - len(rows),
        failed=sum(row.result.status == "failed" for row in rows),
        paths=paths,
        rows=tuple(rows),
    )
