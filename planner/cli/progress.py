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

    from planner.staffing import Progress

Watch = Callable[["Progress"], None]


class Display:
    """The last progress as one line of a table that rich draws again and again."""

    def __init__(self, started: float, interrupts: Interrupts) -> None:
        self.started = started
        self.interrupts = interrupts
        self.last: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Take a newer progress."""
        self.last = progress

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
        yield from [("doing", "preparing")] if self.last is None else figures(self.last)

    def _hint(self) -> str:
        if self.interrupts.asked:
            return "stopping with the best plan so far; Ctrl-C again aborts"
        return "Ctrl-C stops with the best plan so far"


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
        from rich.console import Console
        from rich.live import Live

        display = Display(started, interrupts)
        console = Console(stderr=True)
        with Live(display, console=console, refresh_per_second=5, transient=True, redirect_stdout=False):
            yield display.show


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
