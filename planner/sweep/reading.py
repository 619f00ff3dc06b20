"""A sweep file from text: every mistake at once, those that only the scenario tells too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from planner.errors import InvalidInput, Mistake
from planner.problem import Problem
from planner.scenario.reading import scenario_from
from planner.scenario.text import document_of
from planner.scenario.words import mistakes_of
from planner.sweep.fields import NoSuchField, Question, changed
from planner.sweep.file import MOST_TASKS, SweepFile
from planner.sweep.points import Change, Form, count, extremes
from planner.sweep.question import question_of

_WANTED = "a sweep names fields under grid, one_at_a_time or sample"


def sweep_in(content: bytes, file: str, problem: Problem) -> SweepFile:
    """The sweep that YAML text holds, found right for a scenario.

    Raises
    ------
    InvalidInput
        With every mistake: of the text, of paths that lead nowhere, of values that the scenario refuses.
    """
    document = document_of(content, file, _WANTED)
    try:
        swept = SweepFile.model_validate(document)
    except ValidationError as error:
        raise InvalidInput(mistakes_of(error, document, file, schema=sweep_schema())) from error
    check(swept, problem, file)
    return swept


def check(swept: SweepFile, problem: Problem, file: str = "sweep") -> None:
    """See that every field that is swept is there, and that each of its values alone makes a scenario.

    Raises
    ------
    InvalidInput
        With every mistake.
    """
    mistakes = [Mistake(file, place, told) for place, told in _mistakes(swept, question_of(problem))]
    if count(swept) > MOST_TASKS:
        mistakes.append(Mistake(file, "", f"must have at most {MOST_TASKS:,} tasks (got {count(swept):,})"))
    if mistakes:
        raise InvalidInput(mistakes)


@cache
def sweep_schema() -> dict[str, Any]:
    """JSON Schema of a sweep file, fields as a person writes them."""
    return SweepFile.model_json_schema(by_alias=True, mode="validation")


def _mistakes(swept: SweepFile, question: Question) -> Iterator[tuple[str, str]]:
    """Place and problem of all that the scenario refuses, once for each field."""
    forms: dict[str, Form] = {}
    told: set[str] = set()
    for at, change in extremes(swept):
        place = ".".join(at)
        if forms.setdefault(change.path, change.form) != change.form:
            problem: str | None = "is swept by values elsewhere and by factors here; keep one"
        else:
            problem = _refused(question, change)
        if problem is not None and place not in told:
            told.add(place)
            yield place, problem


def _refused(question: Question, change: Change) -> str | None:
    """Why a change alone cannot be made; None where it can."""
    try:
        made = changed(question, (change,))
    except NoSuchField as failure:
        return str(failure)
    found = scenario_from(made.document).mistakes
    first = found[0] if found else None
    return None if first is None else f"{change.to!r} is refused: {first.place} {first.problem}"
