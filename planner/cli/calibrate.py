"""`planner calibrate`: figures of a scenario's customers from a file of what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from planner.cli.ending import explained
from planner.cli.options import AsJson
from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from planner.calibration import Calibration, Rules

Part = TypeVar("Part")


class Level(StrEnum):
    """How the level moves that busy days are measured against."""

    constant = "constant"
    trend = "trend"
    week = "week"


class Minutes(StrEnum):
    """Lengths of an interval."""

    quarter = "15"
    half = "30"
    hour = "60"


@dataclass(frozen=True, slots=True)
class Asked:
    """How the person wants the file to be read, as typed."""

    queue: str | None
    columns: list[str]
    since: str | None
    until: str | None
    zone: str | None
    sheet: str | None
    minutes: Minutes


def calibrate(
    history: Annotated[
        Path,
        typer.Argument(
            metavar="HISTORY",
            help="CSV, Excel or Parquet, a row per interval or per contact; - reads standard input.",
        ),
    ],
    queue: Annotated[
        str | None, typer.Option("--queue", metavar="NAME", help="The queue, if no column names it.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", metavar="FIELD=NAME", help="A column's name, such as offered=calls; repeatable."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Ignore rows before this date or time.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Ignore rows at or after this date or time.")
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(
            "--time-zone", metavar="ZONE", help="Whose clock days are cut by; else times as they are written."
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="Sheet of an Excel file; else the first.")
    ] = None,
    minutes: Annotated[
        Minutes, typer.Option("--interval-minutes", help="Intervals that single contacts are counted in.")
    ] = Minutes.half,
    level: Annotated[
        Level,
        typer.Option(
            "--level",
            help="What a day is measured against, beside its weekday: one level, a trend, or its week's own.",
        ),
    ] = Level.trend,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="File for the fragment as well.")
    ] = None,
) -> None:
    """Estimate handle time, patience and scatter of each queue from a history, with 95 % intervals.

    Standard output gets a fragment of a scenario, ready to paste; standard error what it rests on. Where a
    column is absent, what needs it is not estimated. Exit codes: 0 a fragment, 1 internal error, 2 bad input.
    """
    with explained(as_json):
        from planner.calibration import calibrate as calibrated
        from planner.calibration import read_history
        from planner.cli.calibrate_output import deliver_calibration
        from planner.cli.one_file import check_file

        if out is not None:
            check_file(out)
        rules = _rules(Asked(queue, column or [], since, until, zone, sheet, minutes))
        made: Calibration = calibrated(read_history(history, rules), level.value)
        deliver_calibration(made, out, as_json)


def _rules(asked: Asked) -> Rules:
    """How to read the file; all wrong options at once."""
    from planner.calibration import Rules, mapped, window

    mistakes: list[Mistake] = []
    asked_window = _tried(lambda: window(asked.since, asked.until, asked.zone), mistakes)
    columns = _tried(lambda: mapped(asked.columns), mistakes)
    if mistakes or asked_window is None or columns is None:
        raise InvalidInput(mistakes)
    return Rules(asked_window, columns, asked.queue, asked.sheet, int(asked.minutes.value) * 60)


def _tried(step: Callable[[], Part], mistakes: list[Mistake]) -> Part | None:
    try:
        return step()
    except InvalidInput as refused:
        mistakes.extend(refused.mistakes)
        return None
