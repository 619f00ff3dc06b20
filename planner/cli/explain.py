"""`planner explain`: why an interval of a plan has its people, its pools and its AI share."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.ending import explained, wrong
from planner.cli.options import AsJson, PlanArgument


def explain(
    plan: PlanArgument,
    queue: Annotated[
        str | None, typer.Option("--queue", help="Left out: the one with most agents in an interval.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="10:30, or 2026-03-02T10:30; left out: the fullest."),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option("--seconds", metavar="S", help="For plans with other AI shares; 0 leaves them out."),
    ] = 60.0,
    as_json: AsJson = False,
) -> None:
    """Say why an interval of a plan is as it is: load, floor, what holds, pools, idle time, AI share.

    The service is recomputed from the exact formulas, shown with this interval's numbers. Plans with the AI
    shares beside the chosen one are made again as far as the seconds allow, else bounded; each says which.
    Exit codes: 0 an explanation, 1 internal error, 2 bad input.
    """
    with explained(as_json):
        if not 0 <= seconds < float("inf"):
            raise wrong("--seconds", f"must be at least 0 (got {seconds:g})")
        from planner.explaining import explain as made_of
        from planner.plan import read_plan

        found = made_of(read_plan(plan), queue, at, seconds)
        if as_json:
            print(found.to_json())
            return
        from rich.console import Console

        from planner.report.explanation_text import print_explanation

        print_explanation(found, Console(highlight=False))
