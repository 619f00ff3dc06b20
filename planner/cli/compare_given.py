"""What is to be compared: plans on file, and scenarios that have to be planned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.ending import wrong
from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from planner.seasons import Given

_SCENARIO = (".yaml", ".yml")


def read_given(given: Sequence[str]) -> list[Given]:
    """Every plan and scenario, read.

    Raises
    ------
    InvalidInput
        With every mistake of all of them.
    """
    if len(given) < 2:
        raise wrong("PLAN_OR_SCENARIO", f"must be two or more, to compare (got {len(given)})")
    found: list[Given] = []
    mistakes: list[Mistake] = []
    for source in given:
        try:
            found.append(_read(source))
        except InvalidInput as failure:
            mistakes += failure.mistakes
    if mistakes:
        raise InvalidInput(list(dict.fromkeys(mistakes)))
    return found


def _read(source: str) -> Given:
    from planner.inputs import problem_of
    from planner.plan import read_plan
    from planner.problem import read_problem
    from planner.seasons import Given

    if Path(source).suffix in _SCENARIO:
        return Given(source, read_problem(source))
    plan = read_plan(source)
    return Given(source, problem_of(plan), plan)
