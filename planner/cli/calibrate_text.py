"""What a calibration rests on, as tables for the terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planner.calibration import CalibratedQueue, Calibration, Figure
from planner.calibration.fragment import interval, rounded
from planner.report.tables import plain_table, titled

_MOST_DATES = 3
_LEVELS = {
    "constant": "what the weekday usually has",
    "trend": "what the weekday usually has, times a trend",
    "week": "what the weekday usually has, times the week's own level",
}
_FIGURES = (
    ("handle_time_seconds", "Mean handle time, s"),
    ("handle_time_cv", "  cv of single contacts"),
    ("patience_seconds", "Mean patience, s"),
    ("interval_cv", "Busyness of an interval, cv"),
    ("whole_day_cv", "Busyness of a day, cv"),
)


def print_calibration(calibration: Calibration, console: Console) -> None:
    """Print what was read, what it says, and what it does not say."""
    what = "contacts" if calibration.records == "calls" else "intervals"
    headline = Text(calibration.file, style="bold")
    headline.append(f"  {calibration.rows:,} rows of {what}", style="default")
    if calibration.ignored_rows:
        headline.append(f", {calibration.ignored_rows:,} outside the window ignored", style="default")
    console.print(headline)
    for part in (_days(calibration), _figures(calibration), *_words(calibration)):
        console.print(Padding(part, (1, 0, 0, 0)))
    console.print()


def _days(calibration: Calibration) -> RenderableType:
    shown = _close_table()
    shown.add_column("Queue", overflow="fold")
    for heading in ("Contacts", "Lost", "Days", "Missing", "Partial"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for queue in calibration.queues:
        days = queue.days
        counts = (days.used, len(days.missing), len(days.partial))
        shown.add_row(
            Text(queue.queue),
            f"{queue.contacts:,}",
            "–" if queue.left is None else f"{queue.left:,}",
            *(f"{count:,}" for count in counts),
        )
    return titled("Days", shown)


def _figures(calibration: Calibration) -> RenderableType:
    shown = _close_table()
    shown.add_column("Queue", overflow="fold")
    shown.add_column("Figure", overflow="fold")
    shown.add_column("Estimate", justify="right", no_wrap=True)
    shown.add_column("95 % interval", justify="right", no_wrap=True)
    if calibration.shared_day_cv is not None:
        shown.add_row("all queues", "Busyness of a day, shared, cv", *_row(calibration.shared_day_cv))
    for queue in calibration.queues:
        _add_queue(shown, queue, calibration.shared_day_cv is not None)
    return titled("Estimates", shown)


def _add_queue(shown: Table, queue: CalibratedQueue, shared: bool) -> None:
    rows: list[tuple[str, Figure | None]] = [(words, getattr(queue, name)) for name, words in _FIGURES]
    if queue.patience_law is not None:
        rows.insert(3, ("  cv, if lognormal", queue.patience_law.cv))
    known = [(words, *_row(found)) for words, found in rows if found is not None]
    if shared and queue.day_cv is not None:
        known.append(("  of it, the queue's own", rounded(queue.day_cv), ""))
    shown.add_section()
    for place, cells in enumerate(known or [("nothing", "–", "–")]):
        shown.add_row(Text("" if place else queue.queue), *cells)


def _row(found: Figure) -> tuple[str, str]:
    return rounded(found.value), interval(found)


def _words(calibration: Calibration) -> Iterator[RenderableType]:
    lines = [*_basis(calibration)]
    yield _lines("What this rests on", lines)
    absent = [*calibration.reasons()]
    if absent:
        yield _lines("Not estimated", absent)


def _basis(calibration: Calibration) -> Iterator[tuple[str, str]]:
    yield "Busyness", f"contacts of a day / {_LEVELS[calibration.level]}, beyond Poisson chance"
    known = [queue.days for queue in calibration.queues]
    first, last = min(each.first for each in known), max(each.last for each in known)
    yield "Rows", f"{first} to {last}, intervals of {calibration.interval_minutes:g} minutes"
    for note in calibration.notes:
        yield "Note", note
    for queue in calibration.queues:
        days = queue.days
        for word, dates in (("missing", days.missing), ("partial", days.partial)):
            if dates:
                yield queue.queue, f"{word}: {_dates(dates)}"
        if days.odd_rows:
            yield queue.queue, f"{days.odd_rows:,} rows at unusual times left out of busyness"
        for note in queue.notes:
            yield queue.queue, note


def _dates(dates: Sequence[date]) -> str:
    named = ", ".join(str(each) for each in dates[:_MOST_DATES])
    return named + (f" and {len(dates) - _MOST_DATES:,} more" if len(dates) > _MOST_DATES else "")


def _lines(title: str, lines: Sequence[tuple[str, str]]) -> RenderableType:
    shown = plain_table()
    shown.show_header = False
    shown.add_column("", style="dim", overflow="fold")
    shown.add_column("", overflow="fold")
    for name, words in lines:
        shown.add_row(Text(name), Text(words))
    return titled(title, shown)


def _close_table() -> Table:
    """A table whose columns stand near to each other: there are many."""
    shown = plain_table()
    shown.padding = (0, 1, 0, 0)
    return shown
