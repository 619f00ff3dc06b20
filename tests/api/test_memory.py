"""The memory of processes that come and go while it is counted."""

from __future__ import annotations

import subprocess
import sys

from api.jobs.memory import memory_of

SPAWNING = "import subprocess\nwhile True: subprocess.run(['true'])"


def test_processes_that_end_while_they_are_counted_count_nothing() -> None:
    busy = [subprocess.Popen([sys.executable, "-c", SPAWNING]) for _ in range(2)]
    try:
        found = [memory_of(each.pid) for each in busy for _ in range(1500)]
    finally:
        for each in busy:
            each.kill()
            each.wait()

    assert min(found) > 0


def test_a_process_that_is_gone_takes_no_memory() -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()

    assert memory_of(ended.pid) == 0
