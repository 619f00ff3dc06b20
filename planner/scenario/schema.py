"""The JSON Schema of a scenario, and what a schema knows about the field at a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from planner.scenario.scenario import Scenario

Schema: TypeAlias = Mapping[str, Any]
"""A JSON Schema, or a part of one."""


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file, fields as a person writes them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Scenario.model_json_schema(by_alias=True, mode="validation"),
    }


def fields_at(place: Sequence[str | int], schema: Schema | None = None) -> tuple[str, ...]:
    """Names of the fields that may stand under a place of a document; of a scenario if no schema is given."""
    names = [name for part in _parts(place, schema) for name in part.get("properties", {})]
    return tuple(dict.fromkeys(names))


def description_at(place: Sequence[str | int], schema: Schema | None = None) -> str:
    """What the field at a place holds, in words; empty where nothing is written down."""
    told = [str(field["description"]) for field in _fields_named(place, schema) if "description" in field]
    return told[0] if told else ""


def values_at(place: Sequence[str | int], schema: Schema | None = None) -> tuple[str, ...]:
    """The only words that the field at a place may hold, where there are any such."""
    found = [
        value
        for field in _fields_named(place, schema)
        for value in field.get("enum", [field["const"]] if "const" in field else [])
    ]
    return tuple(dict.fromkeys(str(value) for value in found))


def may_be_boolean(place: Sequence[str | int], schema: Schema | None = None) -> bool:
    """Whether the field at a place holds true or false."""
    return any(field.get("type") == "boolean" for field in _fields_named(place, schema))


@cache
def _scenario() -> Schema:
    return scenario_schema()


def _fields_named(place: Sequence[str | int], schema: Schema | None) -> list[Schema]:
    """The field at a place, in every alternative that has it."""
    if not place:
        return []
    above = _parts(place[:-1], schema)
    return [part["properties"][place[-1]] for part in above if place[-1] in part.get("properties", {})]


def _parts(place: Sequence[str | int], schema: Schema | None) -> list[Schema]:
    """Every schema that may hold at a place, references followed and alternatives side by side."""
    whole = _scenario() if schema is None else schema
    here = list(_alternatives(whole, whole))
    for step in place:
        here = [
            found for part in here for below in _below(part, step) for found in _alternatives(below, whole)
        ]
    return here


def _alternatives(part: Schema, whole: Schema) -> Iterator[Schema]:
    if "$ref" in part:
        yield from _alternatives(whole["$defs"][part["$ref"].rsplit("/", 1)[-1]], whole)
    for one in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        yield from _alternatives(one, whole)
    yield part


def _below(part: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        if isinstance(part.get("items"), dict):
            yield part["items"]
    elif step in part.get("properties", {}):
        yield part["properties"][step]
    elif isinstance(part.get("additionalProperties"), dict):
        yield part["additionalProperties"]
