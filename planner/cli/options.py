"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer


class Spoken(StrEnum):
    """Languages that reports are written in."""

    en = "en"
    zh_cn = "zh-CN"


ScenarioArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="The scenario, a YAML file; - reads standard input.")
]
PlanArgument: TypeAlias = Annotated[
    Path, typer.Argument(metavar="PLAN", help="plan.json, or the folder it lies in.")
]
ForecastOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--forecast", metavar="FILE", help="Forecast to plan instead of the scenario's own."),
]
OutOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Folder for plan.json, seats.csv, plan.xlsx and report.html."),
]
LanguageOption: TypeAlias = Annotated[
    Spoken,
    typer.Option("--language", "--lang", envvar="PLANNER_LANGUAGE", help="Of report.html and plan.xlsx."),
]
AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print one JSON object and nothing else on standard output.")
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No progress display.")]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Progress line by line, and where an error came from.")
]
