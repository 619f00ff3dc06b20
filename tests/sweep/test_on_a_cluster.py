"""A sweep on a real Dask scheduler with two worker processes on loopback, one killed in the middle."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from planner.running import place
from planner.sweep import Progress, Terms, store, sweep
from tests.running.dask_processes import cluster
from tests.sweep.desk import desk, figures, sampled, swept


@pytest.mark.parametrize("tasks", [6, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_a_cluster_that_loses_a_worker_gives_every_result_once_and_the_same(
    tasks: int, tmp_path: Path
) -> None:
    seen: list[str] = []
    killed: list[int] = []
    with cluster(tmp_path) as dask, store(tmp_path / "out") as kept, place(cluster=dask.address) as where:

        def watch(progress: Progress) -> None:
            seen.append(progress.result.key)
            if len(seen) == tasks // 2:
                dask.workers[0].kill()
                killed.append(dask.workers[0].wait())

        found = sweep(desk(), sampled(tasks), Terms(where, kept, watch=watch))
    assert killed == [-9]
    assert found.unfinished == 0
    assert set(Counter(seen).values()) == {1}
    assert len(seen) == len(found.rows) == len(list((tmp_path / "out" / "parts").glob("*.json"))) == tasks
    assert {row.result.status for row in found.rows} == {"plan"}
    assert figures(found) == figures(swept(desk(), sampled(tasks)))
