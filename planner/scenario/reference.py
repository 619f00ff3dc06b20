"""The reference of scenario files as Markdown, from the fields' own descriptions.

python -m planner.scenario.reference > docs/reference/scenario.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from planner.scenario.schema import scenario_schema

_INTRODUCTION = """# Scenario file

One YAML file, version 1.2, in UTF-8, at most 0.5 MB. `planner schema` prints the same as JSON Schema.
Where a field holds a list, one entry may stand without the list around it. A number in a list of targets
stands for its `target`. In mistakes, `#1` is the first entry of a list.
"""
_BOUNDS = {
    "exclusiveMinimum": "above",
    "minimum": "at least",
    "exclusiveMaximum": "below",
    "maximum": "at most",
}


def scenario_page() -> str:
    """The page docs/reference/scenario.md."""
    return _INTRODUCTION + sections("Scenario", scenario_schema())


def sections(whole: str, schema: Mapping[str, Any]) -> str:
    """A section with the fields of every part of a document; `whole` is the document's own name."""
    parts = {whole: schema, **schema["$defs"]}
    return "".join(_section(name, part) for name, part in parts.items() if "properties" in part)


def _section(name: str, part: Mapping[str, Any]) -> str:
    needed = part.get("required", ())
    rows = "".join(
        f"| `{field}` | {_kind(about)} | {_default(field in needed, about)} | {_told(about)} |\n"
        for field, about in part["properties"].items()
    )
    told = " ".join(str(part.get("description", "")).split())
    head = "| field | holds | if left out | meaning |\n| --- | --- | --- | --- |\n"
    return f"\n## {name}\n\n{told}\n\n{head}{rows}"


def _told(about: Mapping[str, Any]) -> str:
    examples = ", ".join(f"`{example}`" for example in about.get("examples", ()))
    return "; ".join(
        filter(None, (str(about.get("description", "")), f"e.g. {examples}" if examples else ""))
    )


def _default(is_needed: bool, about: Mapping[str, Any]) -> str:
    if is_needed:
        return "needed"
    default = about.get("default")
    empty = default is None or default == [] or isinstance(default, dict)
    return "" if empty else f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _kind(about: Mapping[str, Any]) -> str:
    return " or ".join(dict.fromkeys(_kinds(about)))


def _kinds(about: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in about:
        name = about["$ref"].rsplit("/", 1)[-1]
        yield f"[{name}](#{name.lower()})"
    for one in (*about.get("anyOf", ()), *about.get("oneOf", ())):
        yield from _kinds(one)
    if "enum" in about or "const" in about:
        yield " or ".join(f"`{value}`" for value in about.get("enum", [about.get("const")]))
    elif about.get("type") == "array":
        yield f"list of {_kind(about['items'])}"
    elif about.get("type") == "object":
        yield f"name: {_kind(about['additionalProperties'])}"
    elif "type" in about:
        yield _simple(about)


def _simple(about: Mapping[str, Any]) -> str:
    words = {"string": "text", "integer": "whole number", "null": "null", "boolean": "true or false"}
    word = words.get(str(about["type"]), str(about["type"]))
    word = "date" if about.get("format") == "date" else word
    bounds = [f"{said} {about[key]:g}" for key, said in _BOUNDS.items() if key in about]
    return " ".join([word, ", ".join(bounds)]).strip()


if __name__ == "__main__":
    sys.stdout.write(scenario_page())
