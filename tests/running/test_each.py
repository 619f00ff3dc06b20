"""One function over many tasks: once each, whatever fails or dies."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from planner.errors import PlaceLost
from planner.running import Done, Failed, Place, each, place
from tests.running import tasks


@pytest.fixture(scope="module")
def here() -> Iterator[Place]:
    with place(workers=2) as found:
        yield found


def test_every_task_has_one_outcome(here: Place) -> None:
    found = list(each(here, tasks.square, range(50)))
    assert sorted(one.number for one in found) == list(range(50))
    assert all(isinstance(one, Done) and one.value == one.number**2 for one in found)


def test_a_task_that_always_raises_is_told_and_stops_nothing(here: Place) -> None:
    found = {one.number: one for one in each(here, tasks.raises_at_three, range(6))}
    assert found.pop(3) == Failed(3, "ValueError: three is not to be had", 3)
    assert {number: one.value for number, one in found.items() if isinstance(one, Done)} == {
        number: number for number in (0, 1, 2, 4, 5)
    }


def test_a_task_that_always_kills_its_worker_is_told_and_stops_nothing(here: Place) -> None:
    found = {one.number: one for one in each(here, tasks.dies_at_three, range(6), attempts=2)}
    assert len(found) == 6
    failed = found[3]
    assert isinstance(failed, Failed)
    assert failed.attempts == 2
    assert "the worker ended with code -9" in failed.reason


def test_a_task_whose_worker_died_once_is_begun_again(here: Place, tmp_path: Path) -> None:
    (one,) = each(here, tasks.dies_the_first_time, [str(tmp_path / "marker")])
    assert one == Done(0, "alive", 2)


def test_no_more_is_handed_out_than_there_is_room_for() -> None:
    with ThreadPoolExecutor(4) as threads:
        counted = Counted(threads)
        list(each(Place(counted, "threads", lambda: 3), tasks.square, range(40)))
    assert counted.handed_out == 40
    assert counted.most == 3


def test_when_stopped_what_is_under_way_is_finished_and_nothing_begun(here: Place) -> None:
    seen: list[int] = []
    for one in each(here, tasks.slow, [0.1] * 50, stopped=lambda: len(seen) >= 4):
        assert isinstance(one, Done)
        seen.append(one.number)
    assert 4 <= len(seen) <= 4 + here.room()


def test_a_place_that_goes_away_is_told() -> None:
    with ThreadPoolExecutor(1) as threads, pytest.raises(PlaceLost, match="the cloud went away"):
        list(each(Place(Gone(threads), "the cloud", lambda: 1), tasks.square, [1]))


class Counted(Executor):
    """Counts what is under way."""

    def __init__(self, inner: Executor) -> None:
        self.inner, self.handed_out, self.most = inner, 0, 0
        self.under_way: set[Future[Any]] = set()

    def submit(self, fn: Any, /, *given: Any, **named: Any) -> Future[Any]:
        future = self.inner.submit(fn, *given, **named)
        self.handed_out += 1
        self.under_way = {one for one in self.under_way if not one.done()} | {future}
        self.most = max(self.most, len(self.under_way))
        return future


class Gone(Counted):
    """Cancels what it is given."""

    def submit(self, fn: Any, /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future
