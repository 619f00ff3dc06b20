"""A desk so small that its plans take a moment, and sweeps over it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.problem import Problem
from planner.running import Place
from planner.sweep import Result, Store, Sweep, SweepFile, Terms, sweep
from planner.sweep.planned import Task
from tests.program.small_problems import Part, pool, problem, queue, scenario, shifts

CONTACTS = {"calls": [14.0, 30.0, 22.0, 9.0]}
WAGE = "pools.team.pay.wage"
RATE = "queues.calls.service.answer_rate"


def desk(**rules: Any) -> Problem:
    """One queue of four hours, one team with shifts of two hours, one promise over the day."""
    pools: dict[str, Part] = {"team": pool(shifts(["08:00", "09:00", "10:00"], 2.0), **rules)}
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, pools)
    return problem(of, CONTACTS)


def file(**parts: Any) -> SweepFile:
    """A sweep as if read from a file."""
    return SweepFile.model_validate(parts)


@contextmanager
def here(folder: Path | None = None, workers: int = 2, **more: Any) -> Iterator[Terms]:
    """Terms of a sweep in threads of this process."""
    with ThreadPoolExecutor(workers) as threads:
        place = Place(threads, "threads", lambda: workers)
        if folder is not None:
            (folder / "parts").mkdir(parents=True, exist_ok=True)
        yield Terms(place, Store(folder), **more)


def swept(of: Problem, asked: SweepFile, folder: Path | None = None, **more: Any) -> Sweep:
    with here(folder, **more) as terms:
        return sweep(of, asked, terms)


def figures(found: Sweep) -> list[tuple[int, Result]]:
    """What must not differ from run to run: everything but the seconds."""
    return [(row.task, row.result.model_copy(update={"seconds": None})) for row in found.rows]


def sampled(points: int) -> SweepFile:
    """So many scenarios that differ in wage, promise and contacts."""
    spans = {
        WAGE: {"factors": {"from": 0.5, "to": 1.5}},
        RATE: {"values": {"from": 0.82, "to": 0.95}},
        "forecast.contacts": {"factors": {"from": 0.6, "to": 1.4}},
    }
    return file(sample={"points": points, "over": spans})


def at_once(task: Task) -> Result:
    """In place of a plan: nothing to do, so that what a task costs beside its plan is left."""
    return Result(key=task.key, status="plan", cost=1.0, bound=1.0, gap=0.0)
