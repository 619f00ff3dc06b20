"""The progress display: on a terminal, on standard error, and silent everywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.cli.interrupts import Interrupts

if TYPE_CHECKING:
    from rich.table import Table

    from planner.allocation import Progress as Coalitions
    from planner.simulation import Progress as Replayed
    from planner.staffing import Progress
    from planner.staffing.several import Making

Watch = Callable[["Progress"], None]


class Display:
    """The last progress as one line of a table that rich draws again and again."""

    def __init__(self, started: float, interrupts: Interrupts, result: str = "the best plan so far") -> None:
        self.started = started
        self.interrupts = interrupts
        self.result = result
        self.said: tuple[tuple[str, str], ...] = (("doing", "preparing"),)

    def show(self, said: Iterator[tuple[str, str]]) -> None:
        """Take what a newer progress says."""
        self.said = tuple(said)

    def __rich__(self) -> Table:
        from rich.table import Table

        grid = Table.grid(padding=(0, 3))
        grid.add_row(*(f"[dim]{name}[/dim] [bold]{value}[/bold]" for name, value in self._figures()))
        shown = Table.grid()
        shown.add_row(grid)
        shown.add_row(f"[dim]{self._hint()}[/dim]")
        return shown

    def _figures(self) -> Iterator[tuple[str, str]]:
        yield "seconds", f"{time.monotonic() - self.started:.0f}"
        yield from self.said

    def _hint(self) -> str:
        if self.interrupts.asked:
            return f"stopping with {self.result}; Ctrl-C again aborts"
        return f"Ctrl-C stops with {self.result}"


def figures(progress: Progress) -> Iterator[tuple[str, str]]:
    """What a progress says, name and value."""
    from planner.report.figures import money, percent

    yield "doing", progress.doing
    yield "best plan", "–" if progress.cost is None else money(progress.cost, progress.cost)
    yield "bound", "–" if progress.bound is None else money(progress.bound, progress.bound)
    yield "gap", "–" if progress.gap is None else percent(progress.gap, 2)


@contextmanager
def watching(started: float, interrupts: Interrupts, voice: str) -> Iterator[Watch]:
    """What to call with every progress; voice: `quiet`, `usual` or `verbose`."""
    if voice == "verbose":
        yield _line_by_line()
    elif voice == "quiet" or not sys.stderr.isatty():
        yield lambda progress: None
    else:
        display = Display(started, interrupts)
        with _drawn(display):
            yield lambda progress: display.show(figures(progress))


@contextmanager
def replaying(started: float, interrupts: Interrupts) -> Iterator[Callable[[Replayed], None]]:
    """What to call with every progress of a replay."""
    if not sys.stderr.isatty():
        yield lambda progress: None
    else:
        display = Display(started, interrupts, "a certificate of what is replayed by then")
        with _drawn(display):
            yield lambda progress: display.show(_replayed(progress))


@contextmanager
def sharing(started: float, interrupts: Interrupts, voice: str) -> Iterator[Callable[[Coalitions], None]]:
    """What to call with every progress of the coalitions of a Shapley value; voice as in `watching`."""
    if voice == "verbose":
        told: set[tuple[str, ...]] = set()
        yield lambda progress: _tell_coalitions(progress, told)
    elif voice == "quiet" or not sys.stderr.isatty():
        yield lambda progress: None
    else:
        display = Display(started, interrupts, "no result: every coalition needs its plan")
        with _drawn(display):
            yield lambda progress: display.show(_coalitions(progress))


@contextmanager
def drawn(
    started: float, interrupts: Interrupts, result: str
) -> Iterator[Callable[[Iterator[tuple[str, str]]], None]]:
    """A line on the terminal, and what to call with its figures; `result` is what Ctrl-C leaves."""
    display = Display(started, interrupts, result)
    with _drawn(display):
        yield display.show


@contextmanager
def comparing(started: float, interrupts: Interrupts, voice: str) -> Iterator[Callable[[Making], None]]:
    """What to call with every progress of several plans; voice as in `watching`."""
    if voice == "verbose":
        told: set[tuple[str, ...]] = set()
        yield lambda making: _tell_making(making, told)
    elif voice == "quiet" or not sys.stderr.isatty():
        yield lambda making: None
    else:
        display = Display(started, interrupts, "no result: every plan is needed")
        with _drawn(display):
            yield lambda making: display.show(_making(making))


@contextmanager
def _drawn(display: Display) -> Iterator[None]:
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True)
    with Live(display, console=console, refresh_per_second=5, transient=True, redirect_stdout=False):
        yield


def _replayed(progress: Replayed) -> Iterator[tuple[str, str]]:
    from planner.report.figures import percent

    yield "doing", "replaying"
    yield "replications", f"{progress.done} of at most {progress.most}"
    yield "widest 95 % interval", f"±{percent(progress.half_width, 2)}"


def _coalitions(progress: Coalitions) -> Iterator[tuple[str, str]]:
    yield "planning alone", ", ".join(progress.doing) or "–"
    yield "plans", f"{progress.done} of {progress.of}"


def _tell_coalitions(progress: Coalitions, told: set[tuple[str, ...]]) -> None:
    """Prints a line whenever other coalitions are planned."""
    if progress.doing and progress.doing not in told:
        told.add(progress.doing)
        said = ", ".join(f"{name} {value}" for name, value in _coalitions(progress))
        print(f"{progress.seconds:6.1f} s  {said}", file=sys.stderr, flush=True)


def _making(making: Making) -> Iterator[tuple[str, str]]:
    yield "planning", ", ".join(making.doing) or "–"
    yield "plans made", str(making.done)


def _tell_making(making: Making, told: set[tuple[str, ...]]) -> None:
    """Prints a line whenever other plans are made."""
    if making.doing and making.doing not in told:
        told.add(making.doing)
        said = ", ".join(f"{name} {value}" for name, value in _making(making))
        print(f"{making.seconds:6.1f} s  {said}", file=sys.stderr, flush=True)


def _line_by_line() -> Watch:
    """Prints a line whenever there is something new."""
    last = ""

    def show(progress: Progress) -> None:
        nonlocal last
        said = ", ".join(f"{name} {value}" for name, value in figures(progress))
        if said != last:
            print(f"{progress.seconds:6.1f} s  {said}", file=sys.stderr, flush=True)
            last = said

    return show
