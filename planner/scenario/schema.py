"""The JSON Schema of a scenario, and what it knows about the field at a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from planner.scenario.scenario import Scenario


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file, fields as a person writes them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Scenario.model_json_schema(by_alias=True, mode="validation"),
    }


def fields_at(place: Sequence[str | int]) -> tuple[str, ...]:
    """Names of the fields that may stand under a place of a scenario."""
    names = [name for part in _parts(place) for name in part.get("properties", {})]
    return tuple(dict.fromkeys(names))


def description_at(place: Sequence[str | int]) -> str:
    """What the field at a place holds, in words; empty where nothing is written down."""
    if not place:
        return ""
    told = [
        part["properties"][place[-1]]
        for part in _parts(place[:-1])
        if place[-1] in part.get("properties", {})
    ]
    return next((str(one["description"]) for one in told if "description" in one), "")


@cache
def _schema() -> dict[str, Any]:
    return scenario_schema()


def _parts(place: Sequence[str | int]) -> list[Mapping[str, Any]]:
    """Every schema that may hold at a place, references followed and alternatives side by side."""
    here = list(_alternatives(_schema()))
    for step in place:
        here = [found for part in here for below in _below(part, step) for found in _alternatives(below)]
    return here


def _alternatives(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "$ref" in part:
        yield from _alternatives(_schema()["$defs"][part["$ref"].rsplit("/", 1)[-1]])
    for one in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from _alternatives(one)
    yield part


def _below(part: Mapping[str, Any], step: str | int) -> Iterator[Mapping[str, Any]]:
    if isinstance(step, int):
        if isinstance(part.get("items"), dict):
            yield part["items"]
    elif step in part.get("properties", {}):
        yield part["properties"][step]
    elif isinstance(part.get("additionalProperties"), dict):
        yield part["additionalProperties"]
