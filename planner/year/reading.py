"""A year from its file: every mistake at once, those of its scenarios too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planner.errors import InvalidInput, Mistake
from planner.forecast.reading import bytes_of
from planner.problem import Problem, read_problem
from planner.scenario.text import document_of
from planner.scenario.words import mistakes_of
from planner.year.checks import file_mistakes, platform_mistakes, season_mistakes, setup_mistakes
from planner.year.file import YearFile
from planner.year.question import Season, Year, scaled

_WANTED = "a year names currency, seasons and pools"


def read_year(path: str | Path) -> Year:
    """The year that a file holds; its scenarios are found from the folder it lies in.

    Raises
    ------
    InvalidInput
        With every mistake of the file and of its scenarios.
    """
    file = Path(path)
    return year_in(bytes_of(file, file.name or str(path)), file.name, file.parent)


def year_in(content: bytes, file: str, folder: Path) -> Year:
    """The year that YAML text holds.

    Raises
    ------
    InvalidInput
        With every mistake of the text and of its scenarios.
    """
    document = document_of(content, file, _WANTED)
    try:
        rules = YearFile.model_validate(document)
    except ValidationError as error:
        raise InvalidInput(mistakes_of(error, document, file, schema=year_schema())) from error
    mistakes = [Mistake(file, *found) for found in file_mistakes(rules)]
    problems, wrong = _problems(rules, folder)
    mistakes += wrong
    if mistakes:
        raise InvalidInput(mistakes)
    return year_of(rules, [problems[season.scenario] for season in rules.seasons], file)


def year_of(rules: YearFile, problems: list[Problem], file: str = "year") -> Year:
    """The year of a file and the problem of every season, in their order.

    Raises
    ------
    InvalidInput
        With every mistake of what they owe each other.
    """
    known: dict[tuple[int, float], Problem] = {}
    for season, problem in zip(rules.seasons, problems, strict=True):
        known.setdefault((id(problem), season.contacts), scaled(problem, season.contacts))
    seasons = tuple(
        Season(season, known[id(problem), season.contacts])
        for season, problem in zip(rules.seasons, problems, strict=True)
    )
    found = [
        Mistake(file, *mistake)
        for number, season in enumerate(seasons)
        for mistake in season_mistakes(rules, number, season)
    ]
    found += [Mistake(file, *mistake) for mistake in platform_mistakes(rules, seasons)]
    found += [Mistake(file, *mistake) for mistake in setup_mistakes(seasons)]
    mistakes = list(dict.fromkeys([*(Mistake(file, *each) for each in file_mistakes(rules)), *found]))
    if mistakes:
        raise InvalidInput(mistakes)
    return Year(rules, seasons)


@cache
def year_schema() -> dict[str, Any]:
    """JSON Schema of a year file, fields as a person writes them."""
    return YearFile.model_json_schema(by_alias=True, mode="validation")


def _problems(rules: YearFile, folder: Path) -> tuple[dict[str, Problem], list[Mistake]]:
    """The problem of every scenario that is named, each read once."""
    read: dict[str, Problem] = {}
    mistakes: list[Mistake] = []
    for name in dict.fromkeys(season.scenario for season in rules.seasons):
        try:
            read[name] = read_problem(folder / name)
        except InvalidInput as failure:
            mistakes += failure.mistakes
    return read, mistakes
