"""Business lines from a file: every mistake at once, with its place and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from planner.allocation.lines import Lines
from planner.errors import InvalidInput
from planner.scenario.text import document_of
from planner.scenario.words import mistakes_of

_WANTED = "it names lines, and of each the shares of queues that it has"


def lines_in(content: bytes, file: str) -> Lines:
    """The business lines that YAML text holds.

    Raises
    ------
    InvalidInput
        With every mistake of the text.
    """
    return lines_from(document_of(content, file, _WANTED), file)


def lines_from(document: Mapping[str, Any], file: str = "lines") -> Lines:
    """The business lines that a document in memory holds; `file` is the name that mistakes carry.

    Raises
    ------
    InvalidInput
        With every mistake of the document.
    """
    try:
        return Lines.model_validate(document)
    except ValidationError as error:
        raise InvalidInput(mistakes_of(error, document, file, schema=lines_schema())) from error


@cache
def lines_schema() -> dict[str, Any]:
    """JSON Schema of a lines file, fields as a person writes them."""
    return Lines.model_json_schema(by_alias=True, mode="validation")
