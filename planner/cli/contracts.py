"""`planner contracts`: vendors' quotes compared over volumes, and over the volume of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.ending import explained, wrong
from planner.cli.options import AsJson

if TYPE_CHECKING:
    from planner.contracts import Comparison, Quotes

USUAL_VOLUMES = (5_000.0, 10_000.0, 20_000.0, 40_000.0, 80_000.0)


def contracts(
    quotes: Annotated[Path, typer.Argument(metavar="QUOTES", help="The vendors' quotes, a YAML file.")],
    minutes: Annotated[
        list[float] | None,
        typer.Option(
            "--minutes", metavar="M", min=0.0, help="Minutes of talk a month to look at; repeatable."
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", metavar="PLAN", help="Look at the volume that reaches people in this plan, as a month."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare vendors' quotes: what each charges at a volume, and who is cheapest from where to where.

    Fees are of a calendar month, before any cut for bad performance. Exit codes: 0 a comparison, 1 internal
    error, 2 bad input.
    """
    with explained(as_json):
        from planner.contracts import compared, read_quotes

        read = read_quotes(quotes)
        volumes = sorted({*(minutes or ()), *(_of_plan(read, plan) if plan is not None else ())})
        volumes = volumes or list(USUAL_VOLUMES)
        if volumes[-1] <= 0:
            raise wrong("--minutes", "must be above 0 for one of them, so that there is something to compare")
        _show(compared(read, volumes, volumes[-1]), as_json)


def _of_plan(quotes: Quotes, plan: Path) -> list[float]:
    """Minutes of talk of a month like the plan's days."""
    from planner.inputs import problem_of
    from planner.plan import read_plan

    found = read_plan(plan)
    contacts = sum(row.contacts for row in found.agents)
    return [contacts * quotes.talk_minutes_per_contact / problem_of(found).calendar.months]


def _show(comparison: Comparison, as_json: bool) -> None:
    if as_json:
        print(comparison.to_json())
        return
    from rich.console import Console

    from planner.report.contracts_text import print_comparison

    print_comparison(comparison, Console(highlight=False))
