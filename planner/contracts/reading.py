"""Quotes from a file: every mistake at once, with its place and what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planner.contracts.quotes import Quotes
from planner.errors import InvalidInput, Mistake
from planner.scenario.contract_checks import contract_mistakes
from planner.scenario.contracts import MinuteContract, OutsourcingContract, SeatContract
from planner.scenario.text import document_of
from planner.scenario.words import mistakes_of

_WANTED = "quotes name currency, talk_seconds_per_contact and vendors"


def quotes_in(content: bytes, file: str) -> Quotes:
    """The quotes that YAML text holds.

    Raises
    ------
    InvalidInput
        With every mistake of the text.
    """
    return quotes_from(document_of(content, file, _WANTED), file)


def quotes_from(document: Mapping[str, Any], file: str = "quotes") -> Quotes:
    """The quotes that a document in memory holds; `file` is the name that mistakes carry.

    Raises
    ------
    InvalidInput
        With every mistake of the document.
    """
    mistakes: list[Mistake] = []
    quotes: Quotes | None = None
    try:
        quotes = Quotes.model_validate(document)
    except ValidationError as error:
        mistakes = mistakes_of(error, document, file, schema=quotes_schema())
    for name, contract in _understood(document):
        mistakes += [Mistake(file, *found) for found in contract_mistakes(f"vendors.{name}", contract)]
    if mistakes or quotes is None:
        raise InvalidInput(mistakes)
    return quotes


@cache
def quotes_schema() -> dict[str, Any]:
    """JSON Schema of a quotes file, fields as a person writes them."""
    return Quotes.model_json_schema(by_alias=True, mode="validation")


def _understood(document: Mapping[str, Any]) -> Iterator[tuple[str, SeatContract | MinuteContract]]:
    """The vendors whose contracts are right by themselves."""
    vendors = document.get("vendors")
    if not isinstance(vendors, Mapping):
        return
    adapter: TypeAdapter[SeatContract | MinuteContract] = TypeAdapter(OutsourcingContract)
    for name, given in vendors.items():
        try:
            yield str(name), adapter.validate_python(given)
        except ValidationError:
            continue
