"""Where a sweep runs and what is seen of it: its place, its folder, its progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.interrupts import Interrupts
from planner.cli.progress import drawn
from planner.scenario.scenario import SolverLimits
from planner.sweep import Progress, Result, Terms, store

if TYPE_CHECKING:
    from planner.sweep.points import Change


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line.

    started : time.monotonic() at which the command started
    """

    workers: int | None
    cluster: str | None
    folder: Path | None
    limits: SolverLimits
    started: float
    quiet: bool


@contextmanager
def running(asked: Asked, interrupts: Interrupts) -> Iterator[Terms]:
    """The terms of a sweep, while its place is there.

    Raises
    ------
    InvalidInput
        If the folder cannot be written, or nobody answers at the cluster's address.
    """
    from planner.running import place

    with (
        store(asked.folder) as kept,
        place(asked.workers, asked.cluster) as where,
        _watching(asked, interrupts) as watch,
    ):
        yield Terms(where, kept, asked.limits, watch, interrupts.stopped)


@contextmanager
def _watching(asked: Asked, interrupts: Interrupts) -> Iterator[Callable[[Progress], None]]:
    """One line that is drawn anew on a terminal, a line for each task elsewhere."""
    if asked.quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with drawn(asked.started, interrupts, "what is done, and the plans under way") as show:
            yield lambda progress: show(_figures(progress))
    else:
        yield lambda progress: _tell(progress, asked.started)


def _figures(progress: Progress) -> Iterator[tuple[str, str]]:
    yield "done", f"{progress.done} of {progress.of}"
    yield "with a plan", f"{progress.planned}"
    yield "last", _became(progress.result)


def _tell(progress: Progress, started: float) -> None:
    seconds = time.monotonic() - started
    line = f"{seconds:6.1f} s  {progress.done} of {progress.of}: {_last(progress)}"
    print(line, file=sys.stderr, flush=True)


def _last(progress: Progress) -> str:
    changed = ", ".join(_told(change) for change in progress.changes) or "as it is"
    return f"{changed}: {_became(progress.result)}"


def _became(result: Result) -> str:
    plan = None if result.cost is None else f"{result.cost:,.0f}, gap {100 * (result.gap or 0.0):.2f} %"
    return plan or (f"failed: {result.reason}" if result.status == "failed" else result.status)


def _told(change: Change) -> str:
    sign = "x " if change.form == "factors" else ""
    to = f"{change.to:.4g}" if isinstance(change.to, float) else f"{change.to}"
    return f"{change.path} {sign}{to}"
