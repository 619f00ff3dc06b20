"""Where tasks run: processes on this machine, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass

from planner.running.processes import Processes

AHEAD = 1
"""Tasks that wait beside those under way, so that a worker that is done has its next one at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """An executor, and what has to be known to use it well.

    name : in words
    room : how many tasks to hand out at a time; a cluster's changes as workers come and go
    final : errors after which a task is not tried again, since the executor itself has
    """

    executor: Executor
    name: str
    room: Callable[[], int]
    final: tuple[type[BaseException], ...] = ()


@contextmanager
def place(workers: int | None = None, cluster: str | None = None) -> Iterator[Place]:
    """A place that is there until the context is left; leaving it by an error ends what is under way.

    Parameters
    ----------
    workers : processes on this machine; None: one for each core that we may use
    cluster : address of a Dask scheduler, such as tcp://host:8786, in place of processes

    Raises
    ------
    InvalidInput
        If nobody answers at the address, or the package for clusters is missing.
    """
    if cluster is not None:
        from planner.running.cluster import dask_cluster

        with dask_cluster(cluster) as there:
            yield there
        return
    count = workers or cores()
    with Processes(count) as executor:
        yield Place(executor, f"{count} processes on this machine", lambda: count + AHEAD)


def cores() -> int:
    """Cores that we may use; of the machine, where the system does not tell which are ours."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
