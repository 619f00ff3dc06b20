"""Many plans: time per task with more tasks and workers, and with a worker of a cluster killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.running import Place, place
from planner.sweep import Progress, Sweep, Terms, store, sweep
from tests.bench.record import Bench, Row, Table, leave, measured, ratio
from tests.running.dask_processes import cluster
from tests.sweep.desk import at_once, desk, figures, sampled

MANY = 200
WORKERS = 2

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


def test_time_per_task_with_more_tasks(benchmark: Bench, tmp_path: Path) -> None:
    def measure() -> list[Row]:
        found = []
        for tasks in (20, MANY, 2000):
            with place(workers=WORKERS) as where:
                _, seconds = timed(tasks, where, tmp_path / f"{tasks}")
            found.append(row(f"{WORKERS} processes", tasks, seconds, WORKERS))
        return found

    leave(benchmark, Table("sweep", measured(benchmark, measure)))


def test_time_per_task_beside_its_plan(
    benchmark: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is planned: handing out, taking back and writing down are left."""
    monkeypatch.setattr("planner.sweep.walk.planned", at_once)

    def measure() -> list[Row]:
        found = []
        with place(workers=WORKERS) as where:
            timed(20, where, tmp_path / "first")  # so that the workers are there
            for tasks in (20, MANY, 2000, 20_000):
                _, seconds = timed(tasks, where, tmp_path / f"{tasks}")
                found.append(row(f"{WORKERS} processes, nothing to plan", tasks, seconds, 1))
        return found

    leave(benchmark, Table("sweep", measured(benchmark, measure)))


def test_speed_up_and_a_killed_worker(benchmark: Bench, tmp_path: Path) -> None:
    def measure() -> list[Row]:
        with place(workers=1) as where:
            alone, alone_seconds = timed(MANY, where, tmp_path / "alone")
        with place(workers=WORKERS) as where:
            beside, seconds = timed(MANY, where, tmp_path / "beside")
        rows = [
            row("1 process", MANY, alone_seconds, 1),
            row(f"{WORKERS} processes", MANY, seconds, WORKERS) | speed_up(alone_seconds, seconds),
        ]
        for name, kill in (("Dask, 2 workers", False), ("Dask, 2 workers, one killed half-way", True)):
            with on_dask(tmp_path / name, kill) as (where, watch):
                there, seconds = timed(MANY, where, tmp_path / f"{name} out", watch)
            workers = 1.5 if kill else 2.0
            rows.append(row(name, MANY, seconds, workers) | speed_up(alone_seconds, seconds))
            assert figures(there) == figures(alone)
        assert figures(beside) == figures(alone)
        return rows

    leave(benchmark, Table("sweep", measured(benchmark, measure)))


@contextmanager
def on_dask(folder: Path, kill: bool) -> Iterator[tuple[Place, Callable[[Progress], None]]]:
    """A cluster, and what to call with every progress so that a worker is killed half-way."""
    folder.mkdir()
    with cluster(folder) as dask, place(cluster=dask.address) as where:

        def watch(progress: Progress) -> None:
            if kill and progress.done == MANY // 2:
                dask.workers[0].kill()

        yield where, watch


def timed(
    tasks: int, where: Place, folder: Path, watch: Callable[[Progress], None] = lambda progress: None
) -> tuple[Sweep, float]:
    """A sweep of so many tasks, and the seconds that it took."""
    started = time.monotonic()
    with store(folder) as kept:
        found = sweep(desk(), sampled(tasks), Terms(where, kept, watch=watch))
    seconds = time.monotonic() - started
    assert [one.result.status for one in found.rows] == ["plan"] * tasks
    return found, seconds


def row(place_name: str, tasks: int, seconds: float, workers: float) -> Row:
    return {
        "Where": place_name,
        "Tasks": f"{tasks:,}",
        "Seconds": f"{seconds:.1f}",
        "Time per task": f"{1000 * seconds * workers / tasks:.3g} ms",
        "Speed-up": "",
    }


def speed_up(alone: float, seconds: float) -> Row:
    return {"Speed-up": ratio(alone / seconds)}
