"""`planner sourcing`: at which daily volume outsourcing, a service and an own platform change places."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, wrong
from planner.cli.options import AsJson, ForecastOption, Quiet, ScenarioArgument

if TYPE_CHECKING:
    from planner.sourcing import Sourcing

USUAL = "50,100,200,300,500,800,1200"


def sourcing(
    scenario: ScenarioArgument,
    volumes: Annotated[
        str,
        typer.Option("--volumes", metavar="LIST", help="Contacts a day, on average, with commas between."),
    ] = USUAL,
    forecast: ForecastOption = None,
    gap: Annotated[float, typer.Option("--gap", help="To which every plan is made; 0.01 is 1 %.")] = 0.01,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="Seconds for each plan.")
    ] = 20.0,
    tolerance: Annotated[
        float, typer.Option("--tolerance", help="To which a change of places is searched for; 0.05 is 5 %.")
    ] = 0.05,
    workers: Annotated[int, typer.Option("--workers", help="Plans made at a time; each uses two cores.")] = 1,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="CSV file for the costs as well.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Compare ways to source the work over daily volumes: who is cheapest where, for sure.

    The scenario's `sourcing` names the ways. Its forecast is scaled to each volume, and a plan is made for
    each way. One is cheaper for sure where its cost is below what no plan of the others can undercut. Of one
    that never is, the price is named that would change it. Exit codes: 0 a comparison, 1 internal error,
    2 bad input.
    """
    with explained(as_json):
        from planner.cli.one_file import check_file
        from planner.cli.sourcing_output import deliver_sourcing

        wanted = _volumes(volumes)
        _check(gap, time_limit, tolerance, workers)
        if out is not None:
            check_file(out)
        limits = gap, time_limit, tolerance
        deliver_sourcing(_swept((scenario, forecast), wanted, limits, (workers, quiet)), out, as_json)


def _swept(
    files: tuple[str, Path | None],
    volumes: list[float],
    limits: tuple[float, float, float],
    how: tuple[int, bool],
) -> Sourcing:
    from concurrent.futures import ThreadPoolExecutor

    from planner.problem import read_problem
    from planner.sourcing import Terms
    from planner.sourcing import sourcing as sweep

    problem = read_problem(*files)
    gap, seconds, tolerance = limits
    with ThreadPoolExecutor(how[0]) as executor:
        tell = (lambda line: None) if how[1] else (lambda line: print(line, file=sys.stderr))
        return sweep(problem, volumes, Terms(gap, seconds, executor, tell), tolerance)


def _volumes(text: str) -> list[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        raise wrong(
            "--volumes", f"must be numbers with commas between (got {text!r}; write {USUAL})"
        ) from None
    if not all(1 <= volume < float("inf") for volume in found):
        raise wrong("--volumes", f"must each be at least 1 (got {text!r}; write {USUAL})")
    return sorted(set(found))


def _check(gap: float, time_limit: float, tolerance: float, workers: int) -> None:
    if not 0 <= gap < 1:
        raise wrong("--gap", f"must be at least 0 and below 1 (got {gap:g}; 0.01 is 1 %)")
    if not 0 < time_limit < float("inf"):
        raise wrong("--time-limit", f"must be above 0 (got {time_limit:g})")
    if not 0 < tolerance < 1:
        raise wrong("--tolerance", f"must be above 0 and below 1 (got {tolerance:g}; 0.05 is 5 %)")
    if not 1 <= workers <= 64:
        raise wrong("--workers", f"must be 1 to 64 (got {workers})")
