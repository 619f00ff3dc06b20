"""`planner evaluate`: what a roster that the user already has delivers and costs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.ending import explained
from planner.cli.options import (
    AsJson,
    ForecastOption,
    LanguageOption,
    OutOption,
    ScenarioArgument,
    Spoken,
)
from planner.cli.output import deliver


def evaluate(
    scenario: ScenarioArgument,
    seats: Annotated[
        Path,
        typer.Option(
            "--seats", metavar="FILE", help="The roster: seats.csv as `planner plan --out` writes it."
        ),
    ],
    automation: Annotated[
        list[str] | None,
        typer.Option(
            "--automation", metavar="QUEUE=SHARE", help="AI share of a queue, such as orders=0.3; repeatable."
        ),
    ] = None,
    forecast: ForecastOption = None,
    out: OutOption = None,
    language: LanguageOption = Spoken.en,
    as_json: AsJson = False,
) -> None:
    """Say what a roster and AI shares of your own would deliver and cost; nothing is planned anew."""
    with explained(as_json):
        from planner.problem import read_problem
        from planner.report.files import check_folder
        from planner.roster import parse_shares, read_roster
        from planner.staffing import evaluate_roster

        if out is not None:
            check_folder(out)
        problem = read_problem(scenario, forecast)
        roster, shares = read_roster(seats, problem), parse_shares(automation or [], problem)
        evaluated = evaluate_roster(problem, roster, shares)
        deliver(evaluated, out, as_json, language=language.value)
