"""Processes as an executor: what the standard library's does not promise."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from planner.running import Processes, TaskFailed, WorkerDied
from tests.running import tasks

ROOT = Path(__file__).resolve().parents[2]


def test_calls_give_what_they_give_here_in_other_processes() -> None:
    with Processes(2) as executor:
        assert list(executor.map(tasks.square, range(5))) == [0, 1, 4, 9, 16]
        used = set(executor.map(tasks.process, range(8)))
    assert len(used) == 2
    assert os.getpid() not in used


def test_a_worker_has_one_thread_for_numbers() -> None:
    with Processes(1) as executor:
        assert executor.submit(tasks.threads, None).result() == ("1", "1")


def test_an_error_is_told_in_words_and_the_worker_goes_on() -> None:
    with Processes(1) as executor:
        failed = executor.submit(tasks.raises_at_three, 3)
        with pytest.raises(TaskFailed, match="ValueError: three is not to be had"):
            failed.result()
        assert executor.submit(tasks.raises_at_three, 4).result() == 4


def test_a_value_that_cannot_be_sent_is_an_error_in_words() -> None:
    with Processes(1) as executor, pytest.raises(TaskFailed, match="pickle"):
        executor.submit(tasks.given_back, None).result()


def test_a_worker_that_dies_takes_only_its_own_task_with_it() -> None:
    with Processes(2) as executor:
        given = [executor.submit(tasks.dies_at_three, number) for number in range(8)]
        failures = [future.exception() for future in given]
    assert [number for number, failure in enumerate(failures) if failure is not None] == [3]
    assert isinstance(failures[3], WorkerDied)
    assert "ended with code -9" in str(failures[3])


def test_a_worker_killed_while_idle_is_replaced() -> None:
    with Processes(1) as executor:
        first = executor.submit(tasks.process, None).result()
        os.kill(first, signal.SIGKILL)
        time.sleep(0.2)
        assert executor.submit(tasks.process, None).result() != first


def test_leaving_by_an_error_ends_workers_at_once() -> None:
    def broken() -> None:
        with Processes(2) as executor:
            executor.submit(tasks.slow, 60.0)
            executor.submit(tasks.slow, 60.0)
            while len(executor.pids) < 2:
                time.sleep(0.01)
            known.extend(executor.pids)
            raise KeyboardInterrupt

    known: list[int] = []
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        broken()
    assert time.monotonic() - started < 10
    assert not any(psutil.pid_exists(pid) for pid in known)


def test_nothing_can_be_handed_out_after_the_end() -> None:
    executor = Processes(1)
    executor.shutdown()
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(tasks.square, 1)
    with pytest.raises(ValueError, match="there must be a worker"):
        Processes(0)


def test_workers_end_when_their_parent_is_killed_in_the_middle(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    code = (
        "import sys\nfrom planner.running import Processes\nfrom tests.running import tasks\n"
        "Processes(1).submit(tasks.noted, (sys.argv[1], 60.0)).result()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(noted)], cwd=ROOT)
    until = time.monotonic() + 30
    while not (noted.exists() and noted.read_text()):
        assert time.monotonic() < until
        time.sleep(0.02)
    worker = int(noted.read_text())
    assert psutil.pid_exists(worker)
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < until, "the worker outlives its parent"
        time.sleep(0.05)


def test_a_script_without_a_main_guard_may_use_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nsys.path.insert(0, sys.argv[1])\n"
        "from planner.running import Processes\nfrom tests.running import tasks\n"
        "with Processes(2) as executor:\n    print(sum(executor.map(tasks.square, range(4))))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), str(ROOT)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "14\n"
