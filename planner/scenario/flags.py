"""Yes and no in YAML: words where a field holds true or false, text everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.scenario.schema import may_be_boolean

WORDS = {"yes": True, "on": True, "no": False, "off": False}
"""YAML 1.2 leaves them as text, so that a country may be NO; a person still writes `paid: no`."""


def flags_read(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with its words for true and false read, in fields that hold nothing else."""
    return {name: _read((name,), given) for name, given in document.items()}


def flag_in(given: object) -> bool | None:
    """What a word for true or false says; None where it is no such word."""
    return WORDS.get(given.strip().casefold()) if isinstance(given, str) else None


def _read(place: tuple[str | int, ...], given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _read((*place, name), part) for name, part in given.items()}
    if isinstance(given, list):
        return [_read((*place, number), part) for number, part in enumerate(given)]
    said = flag_in(given)
    return given if said is None or not may_be_boolean(place) else said
