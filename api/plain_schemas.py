"""Schemas that say the same in a way that generators of clients understand."""

from __future__ import annotations

from typing import Any


def in_plain_words(part: Any) -> None:
    """Change a part of an OpenAPI document where common generators stumble over it.

    A default that is an object is left out: its fields tell theirs. One word as an alternative to something
    else is an enumeration of one: a constant there is taken for the only thing that may stand.
    """
    if isinstance(part, list):
        for each in part:
            in_plain_words(each)
    elif isinstance(part, dict):
        for field in part.get("properties", {}).values():
            if isinstance(field.get("default"), dict):
                del field["default"]
        for one in part.get("anyOf", ()):
            if "const" in one:
                one["enum"] = [one.pop("const")]
        for below in part.values():
            in_plain_words(below)
