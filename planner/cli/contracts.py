"""`planner contracts`: vendors' quotes side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, wrong
from planner.cli.options import AsJson
from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from planner.contracts import MonthlyTalk, Quotes, Span


def contracts(
    quotes: Annotated[
        str, typer.Argument(metavar="QUOTES", help="The quotes, a YAML file; - reads standard input.")
    ],
    first: Annotated[
        float | None, typer.Option("--from", metavar="MINUTES", help="Compare from so many minutes of talk.")
    ] = None,
    last: Annotated[
        float | None, typer.Option("--to", metavar="MINUTES", help="Compare up to so many minutes of talk.")
    ] = None,
    step: Annotated[
        float | None, typer.Option("--step", metavar="MINUTES", help="Show fees at every so many minutes.")
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="PLAN", help="Compare at the contacts that reach people in a plan."),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", metavar="SCENARIO", help="Compare at a scenario's forecast, before AI."),
    ] = None,
    queue: Annotated[
        list[str] | None,
        typer.Option("--queue", metavar="NAME", help="Of the plan or scenario this queue alone; repeatable."),
    ] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="CSV file for the fees as well.")
    ] = None,
) -> None:
    """Compare quotes of outsourcing vendors: fees, who is cheapest where, what binds.

    Volumes are minutes of talk a calendar month; without options they span every threshold of the quotes. A
    plan's or scenario's horizon is scaled to a month. Vendors are compared before any cut for missed results.
    Exit codes: 0 a comparison, 1 internal error, 2 bad input.
    """
    with explained(as_json):
        from planner.cli.contracts_forecast import forecast_talk
        from planner.cli.contracts_output import deliver_comparison
        from planner.cli.one_file import check_file
        from planner.contracts import compare

        if out is not None:
            check_file(out)
        read, file = _read(quotes)
        forecast = forecast_talk(plan, scenario, queue or [], read.talk_share_of_handle_time, file)
        span = _span(read, forecast, (first, last, step))
        _check_reach(read, file, max(span.last, 0.0 if forecast is None else forecast.talk_minutes))
        deliver_comparison(compare(read, span, forecast), out, as_json)


def _read(quotes: str) -> tuple[Quotes, str]:
    """The quotes, and the name that their mistakes carry."""
    import sys

    from planner.contracts import quotes_in
    from planner.forecast.reading import bytes_of

    path = Path(quotes)
    file = "standard input" if quotes == "-" else path.name or quotes
    content = sys.stdin.buffer.read() if quotes == "-" else bytes_of(path, file)
    return quotes_in(content, file), file


def _span(
    quotes: Quotes, forecast: MonthlyTalk | None, asked: tuple[float | None, float | None, float | None]
) -> Span:
    from planner.contracts import span_of, usual_span

    usual = usual_span(quotes, None if forecast is None else forecast.talk_minutes)
    try:
        return span_of(usual, *asked)
    except ValueError as failure:
        raise wrong("--from, --to, --step", f"{failure}; write such as --from 0 --to 50000") from failure


def _check_reach(quotes: Quotes, file: str, most: float) -> None:
    from planner.contracts import beyond_reach

    mistakes = [Mistake(file, *found) for found in beyond_reach(quotes, most)]
    if mistakes:
        raise InvalidInput(mistakes)
