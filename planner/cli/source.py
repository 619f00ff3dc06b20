"""Where the scenario comes from: a file, or standard input."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from planner.problem import Problem


def problem_at(scenario: str, forecast: Path | None) -> Problem:
    """The problem of a scenario file, or of standard input for `-`; paths in it then start from here.

    Raises
    ------
    InvalidInput
        If the scenario or the forecast is wrong.
    """
    from planner.reading import read_problem

    if scenario != "-":
        return read_problem(Path(scenario), forecast)
    with tempfile.NamedTemporaryFile(dir=Path.cwd(), prefix=".planner-", suffix=".yaml") as copy:
        copy.write(sys.stdin.buffer.read())
        copy.flush()
        try:
            return read_problem(Path(copy.name), forecast)
        except InvalidInput as failure:
            raise InvalidInput([_renamed(mistake, copy.name) for mistake in failure.mistakes]) from failure


def _renamed(mistake: Mistake, name: str) -> Mistake:
    mine = mistake.file in (name, Path(name).name)
    return Mistake("standard input", mistake.place, mistake.problem) if mine else mistake
