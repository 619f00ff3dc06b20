"""`planner allocate`: a plan's cost over business lines."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, started, wrong
from planner.cli.interrupts import Interrupts
from planner.cli.options import AsJson, PlanArgument, Quiet, Verbose
from planner.cli.progress import sharing
from planner.cli.settings import limits

if TYPE_CHECKING:
    from planner.allocation import Lines

_GAP, _SECONDS = 0.01, 600.0


class By(StrEnum):
    """What shared items of a cost can follow."""

    handled_time = "handled_time"
    peak_share = "peak_share"
    contacts = "contacts"
    shapley = "shapley"


def allocate(
    context: typer.Context,
    plan: PlanArgument,
    lines: Annotated[
        Path | None,
        typer.Option(
            "--lines",
            metavar="FILE",
            help="Business lines and what their contacts are worth, a YAML file; left out: the scenario's "
            "business_line, else a line per queue.",
        ),
    ] = None,
    by: Annotated[
        By, typer.Option("--by", help="What labour, desks and all else that is shared follows.")
    ] = By.handled_time,
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for allocation.json and allocation.csv."),
    ] = None,
    gap: Annotated[
        float,
        typer.Option(
            "--gap", envvar="PLANNER_GAP", help="With --by shapley: of the plan of every coalition of lines."
        ),
    ] = _GAP,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            envvar="PLANNER_TIME_LIMIT",
            metavar="SECONDS",
            help="With --by shapley: seconds from the command's start, for all coalitions together.",
        ),
    ] = _SECONDS,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            min=1,
            max=64,
            help="With --by shapley: coalitions planned at a time; left out, one for every two processors.",
        ),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Share out a plan's whole cost over business lines, to the cent.

    Labour, desks and all else that is shared follows a driver, or is shared out by Shapley value: then every
    coalition of lines is planned alone, for at most eight lines. Contacts that cost more than they are worth
    are listed, the dearest first.

    Exit codes: 0 an allocation, 1 internal error, 2 bad input, 3 a coalition of lines has no plan, 4 time ran
    out, 130 stopped.
    """
    voice = "verbose" if verbose else "quiet" if quiet else "usual"
    with explained(as_json), Interrupts() as interrupts:
        if by != By.shapley:
            _check_unused(context)
        with sharing(started(context), interrupts, voice) as watch:
            from planner.allocation import Terms
            from planner.allocation import allocate as shared_out
            from planner.plan import read_plan
            from planner.report.files import ALLOCATION, check_folder
            from planner.scenario.scenario import SolverLimits

            asked = limits(SolverLimits(), {"gap": gap, "time_limit_seconds": time_limit})
            if out is not None:
                check_folder(out, ALLOCATION)
            terms = Terms(
                gap=asked.gap,
                time_limit_seconds=asked.time_limit_seconds,
                workers=workers or max(1, (os.cpu_count() or 1) // 2),
                started=started(context),
                watch=watch,
                stopped=interrupts.stopped,
            )
            owned, file = _read(lines)
            made = shared_out(read_plan(plan), owned, by.value, terms, file)
        from planner.cli.output import deliver_allocation

        deliver_allocation(made, out, as_json)


def _check_unused(context: typer.Context) -> None:
    """Options of a Shapley value are typed with it alone; their variables may be set for other commands."""
    for name, option in (("gap", "--gap"), ("time_limit", "--time-limit"), ("workers", "--workers")):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise wrong(option, "needs --by shapley: drivers plan nothing")


def _read(lines: Path | None) -> tuple[Lines | None, str]:
    """The business lines, if any were given, and the name that their mistakes carry."""
    if lines is None:
        return None, "plan"
    from planner.allocation import lines_in
    from planner.forecast.reading import bytes_of

    return lines_in(bytes_of(lines, lines.name), lines.name), lines.name
