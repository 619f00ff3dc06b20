"""The same seam on a real Dask scheduler with worker processes on loopback."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import InvalidInput, PlaceLost
from planner.running import Done, Failed, each, place
from tests.running import tasks
from tests.running.dask_processes import Cluster, cluster


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask")) as started:
        yield started


def test_a_cluster_gives_the_same_as_this_machine(dask: Cluster) -> None:
    with place(cluster=dask.address) as there:
        found = list(each(there, tasks.square, range(30)))
    with place(workers=1) as here:
        expected = list(each(here, tasks.square, range(30)))
    assert sorted(found, key=lambda one: one.number) == expected


def test_a_task_that_always_raises_is_told_and_stops_nothing(dask: Cluster) -> None:
    with place(cluster=dask.address) as there:
        found = {one.number: one for one in each(there, tasks.raises_at_three, range(6))}
    assert found.pop(3) == Failed(3, "ValueError: three is not to be had", 3)
    assert len(found) == 5


def test_a_worker_killed_in_the_middle_costs_no_result(dask: Cluster) -> None:
    """The last test of the module: the cluster has one worker less after it."""
    seen: list[int] = []
    with place(cluster=dask.address) as there:
        for one in each(there, tasks.slow, [0.05] * 40):
            assert isinstance(one, Done)
            seen.append(one.number)
            if len(seen) == 10:
                dask.workers[0].kill()
    assert sorted(seen) == list(range(40))


def test_nobody_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.running.cluster.CONNECT_SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(InvalidInput, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        place(cluster="tcp://127.0.0.1:9").__enter__()
    assert time.monotonic() - started < 20


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InvalidInput, match=r"install contact-centre-planner\[cluster\]"):
        place(cluster="tcp://127.0.0.1:9").__enter__()


def test_a_cluster_that_goes_away_is_told(tmp_path: Path) -> None:
    with cluster(tmp_path, workers=1) as own, place(cluster=own.address) as there:
        found = each(there, tasks.slow, [0.2] * 100)
        next(found)
        own.scheduler.kill()
        with pytest.raises(PlaceLost, match="what is done is kept"):
            list(found)
