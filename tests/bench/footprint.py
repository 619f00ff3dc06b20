"""A command with its time and the memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Footprint:
    """How a command ended.

    code : its exit code
    seconds : wall clock from its start to its end
    peak_bytes : most resident memory of the command and all its descendants at one moment, looked at ten
        times a second; a page that several processes share is counted in each, those of a child that has
        only just been forked are not
    """

    code: int
    output: str
    errors: str
    seconds: float
    peak_bytes: int


def footprint(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Footprint:
    """Run a command to its end.

    Raises
    ------
    RuntimeError
        If it ends with an exit code that is not allowed, with the end of its standard error.
    """
    started = time.monotonic()
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        sampler = _Sampler(process.pid)
        sampler.start()
        output, errors = process.communicate()
        seconds = time.monotonic() - started
    sampler.join()
    if process.returncode not in allowed:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors[-2000:]}")
    return Footprint(process.returncode, output, errors, seconds, sampler.peak_bytes)


def module(name: str, *arguments: str) -> list[str]:
    """The command that runs a module in this Python."""
    return [sys.executable, "-m", name, *arguments]


class _Sampler(threading.Thread):
    """Looks at a process and its descendants until it is gone."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.peak_bytes = 0

    def run(self) -> None:
        try:
            root = psutil.Process(self._process)
            while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
                everyone = [root, *filter(_begun, root.children(recursive=True))]
                self.peak_bytes = max(self.peak_bytes, sum(map(_resident, everyone)))
                time.sleep(PAUSE_SECONDS)
        except psutil.NoSuchProcess:
            return


def _begun(process: psutil.Process) -> bool:
    """Whether a process is past its first moment, in which it still seems to hold its parent's memory."""
    try:
        return time.time() - process.create_time() > PAUSE_SECONDS
    except psutil.NoSuchProcess:
        return False


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
