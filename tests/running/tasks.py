"""Small tasks that workers run: they are found by name there."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def square(number: int) -> int:
    return number * number


def process(_: object) -> int:
    """The process that ran it; not at once, so that every worker gets a task."""
    time.sleep(0.05)
    return os.getpid()


def threads(_: object) -> tuple[str | None, ...]:
    return tuple(os.environ.get(name) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"))


def raises_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is not to be had")
    return number


def dies_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def dies_the_first_time(marker: str) -> str:
    """Takes its worker along unless its marker is there already."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def given_back(_: object) -> object:
    """A value that cannot be sent."""
    return lambda: None


def slow(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def noted(place: tuple[str, float]) -> None:
    """Says which process is on it, and takes a while."""
    file, seconds = place
    Path(file).write_text(str(os.getpid()))
    time.sleep(seconds)
