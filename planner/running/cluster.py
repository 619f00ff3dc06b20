"""A Dask cluster as a place for tasks; needs the extra `cluster`."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from planner.errors import InvalidInput, Mistake
from planner.running.place import Place

CONNECT_SECONDS = 10.0
LOOK_SECONDS = 2.0  # between two looks at how many workers there are
AHEAD = 2  # tasks for each thread of a worker: one under way, one at hand


@contextmanager
def dask_cluster(address: str) -> Iterator[Place]:
    """The cluster whose scheduler answers at an address.

    Dask begins a task again whose worker died, on another one, and gives it up when it took several workers
    with it.

    Raises
    ------
    InvalidInput
        If nobody answers, or Dask is not installed.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as failure:
        problem = "needs the package distributed; install contact-centre-planner[cluster]"
        raise InvalidInput([Mistake("--cluster", "", problem)]) from failure
    _quieten()
    try:
        connect: Any = Client
        client = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as failure:
        problem = f"no Dask scheduler answers at {address}; start one with `dask scheduler`"
        raise InvalidInput([Mistake("--cluster", "", problem)]) from failure
    with client:
        executor = client.get_executor(pure=False)
        yield Place(executor, f"the cluster at {address}", _room(client), (KilledWorker,))


def _room(client: Any) -> Callable[[], int]:
    """How many tasks keep the workers busy that there are now; at least some, so that a first one is met."""
    looked, found = float("-inf"), AHEAD

    def room() -> int:
        nonlocal looked, found
        if time.monotonic() - looked > LOOK_SECONDS:
            found = AHEAD * max(1, sum(client.nthreads().values()))
            looked = time.monotonic()
        return found

    return room


def _quieten() -> None:
    """Dask tells on standard error what becomes of its connections; we tell what becomes of tasks."""
    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
