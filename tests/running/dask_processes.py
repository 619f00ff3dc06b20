"""A Dask scheduler and its workers as processes of this machine, on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Its address, and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A scheduler with so many workers of one thread each, all ended with the context."""
    told = folder / "scheduler.json"
    scheduler = _started("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    begun: list[subprocess.Popen[bytes]] = []
    try:
        address = _address(told, scheduler)
        for number in range(workers):
            own = folder / f"worker-{number}"
            own.mkdir()
            begun.append(
                _started(
                    "worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(own),
                    "--host", "127.0.0.1",
                )
            )  # fmt: skip
        _joined(address, workers)
        yield Cluster(address, scheduler, tuple(begun))
    finally:
        for process in (*begun, scheduler):
            process.kill()
            process.wait()


def _started(what: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", what, *words, "--no-dashboard"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _address(told: Path, scheduler: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and scheduler.poll() is None:
        if told.exists() and (text := told.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def _joined(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]  # Dask has no types
        client.wait_for_workers(workers, timeout=PATIENCE)
