"""`planner prices`: what one more point of a promise, one more person or seat would cost or save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, wrong
from planner.cli.options import AsJson, ForecastOption

if TYPE_CHECKING:
    from planner.plan import Plan


def prices(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO_OR_PLAN",
            help="A scenario, which is planned first; or plan.json, or the folder it lies in.",
        ),
    ],
    forecast: ForecastOption = None,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds", metavar="S", help="Half for relaxations, half for plans that confirm them."
        ),
    ] = 120.0,
    as_json: AsJson = False,
) -> None:
    """Say what promises and limits cost: a point of answer rate, a second of wait, a person, a seat.

    A price comes from the relaxation's duals. Relaxations that are solved again say how far it holds, and
    plans that are made again confirm it. A scenario is planned first, within its own limits.

    Exit codes: 0 prices, 1 internal error, 2 bad input, 3 no plan exists, 4 time ran out.
    """
    with explained(as_json):
        if not 0 < seconds < float("inf"):
            raise wrong("--seconds", f"must be above 0 (got {seconds:g})")
        from planner.explaining import prices_of

        found = prices_of(_plan(source, forecast), seconds)
        if as_json:
            print(found.to_json())
            return
        from rich.console import Console

        from planner.report.prices_text import print_prices

        print_prices(found, Console(highlight=False))


def _plan(source: str, forecast: Path | None) -> Plan:
    """The plan on file, or that of a scenario."""
    from planner.plan import read_plan
    from planner.problem import read_problem
    from planner.staffing import make_plan

    path = Path(source)
    if path.is_dir() or path.suffix == ".json":
        if forecast is not None:
            raise wrong("--forecast", "belongs to a scenario; a plan has its own")
        return read_plan(path)
    return make_plan(read_problem(source, forecast))
