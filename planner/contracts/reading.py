"""Quotes from a file, every mistake at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from planner.contracts.quote import Quotes
from planner.errors import InvalidInput
from planner.forecast.reading import bytes_of
from planner.scenario.text import document_of
from planner.scenario.words import mistakes_of


def read_quotes(path: str | Path) -> Quotes:
    """The quotes of a YAML file.

    Raises
    ------
    InvalidInput
        With every mistake of the file.
    """
    file = Path(path).name
    document = document_of(bytes_of(Path(path), file), file)
    try:
        return Quotes.model_validate(document)
    except ValidationError as failure:
        raise InvalidInput(mistakes_of(failure, document, file)) from failure
