"""`planner year`: a whole year of seasons planned as one problem."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, started
from planner.cli.interrupts import Interrupts
from planner.cli.options import AsJson, Quiet, Verbose
from planner.cli.progress import watching
from planner.cli.settings import limits

if TYPE_CHECKING:
    from planner.year import Year


def year(
    context: typer.Context,
    year: Annotated[Path, typer.Argument(metavar="YEAR", help="The year, a YAML file.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for year.json, with a folder for every season's plan."
        ),
    ] = None,
    as_json: AsJson = False,
    gap: Annotated[
        float | None,
        typer.Option("--gap", envvar="PLANNER_GAP", help="Of the year; 0.01 is 1 %. Left out, the file's."),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            envvar="PLANNER_TIME_LIMIT",
            metavar="SECONDS",
            help="Seconds from the command's start; left out, the file's.",
        ),
    ] = None,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare/--no-compare",
            help="Whether the year is also planned season by season, and with one team all year.",
        ),
    ] = True,
    certify: Annotated[
        bool,
        typer.Option(
            "--certify",
            help="Replay every season's plan, repair it where a promise is missed, and certify it; this "
            "comes after the time limit and takes up to 140 seconds a season.",
        ),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, max=64, help="Seasons planned at a time; left out, one for two processors."
        ),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Plan a whole year as one problem: people who stay from season to season, and AI bought by the year.

    The bound is that of all seasons together. Beside the joint plan stands what it would cost to plan every
    season alone and to pay for hiring and letting go afterwards, and to keep one team all year.

    Ctrl-C stops with the best year so far, a second one aborts. Exit codes: 0 a plan, 1 internal error,
    2 bad input, 3 no plan exists, 4 time ran out without a plan, 130 stopped without a plan.
    """
    voice = "verbose" if verbose else "quiet" if quiet else "usual"
    with explained(as_json), Interrupts() as interrupts:
        with watching(started(context), interrupts, voice) as watch:
            from planner.cli.year_output import check_year_folder
            from planner.staffing import Run
            from planner.year import Manner, plan_year

            read = _read(year)
            if out is not None:
                check_year_folder(out, read)
            chosen = limits(read.rules.solver, {"gap": gap, "time_limit_seconds": time_limit})
            run = Run(started(context), chosen, watch, interrupts.stopped)
            manner = Manner(workers or max(1, (os.cpu_count() or 1) // 2), compare, certify)
            made = plan_year(read, run, manner)
        from planner.cli.year_output import deliver_year

        deliver_year(made, out, as_json)


def _read(path: Path) -> Year:
    from planner.year import read_year

    return read_year(path)
