"""The reference of endpoints as Markdown, from the OpenAPI.

python -m api.reference > docs/reference/endpoints.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from api.app import create_app

_DOCUMENTS = (
    "PlanAsked", "PlanUploaded", "PlanState", "SolveProgress", "PlanAnswer", "PlanPage",
    "ComparisonRequest", "ErlangQuestion", "ErlangAnswer", "Health", "Limits", "ProblemDetails", "Fault",
)  # fmt: skip
"""Of the service alone; scenarios, plans and certificates have pages of their own."""


def endpoints_page() -> str:
    """The page docs/reference/endpoints.md."""
    document = create_app().openapi()
    lines = ["# Endpoints", "", "Written from the OpenAPI by `python -m api.reference`.", ""]
    lines += ["`GET /openapi.json` gives the same for programs, with the whole of every document.", ""]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            lines += _operation(f"{method.upper()} {path}", operation)
    for name in _DOCUMENTS:
        lines += _schema(name, document["components"]["schemas"][name])
    return "\n".join(lines)


def _operation(name: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield from _paragraphs(operation.get("description", ""))
    parameters = operation.get("parameters", [])
    if parameters:
        yield "| parameter | in | holds |"
        yield "| --- | --- | --- |"
        for given in parameters:
            yield f"| `{given['name']}` | {given['in']} | {_line(given.get('description', ''))} |"
        yield ""
    yield "| status | means |"
    yield "| --- | --- |"
    for status, told in sorted(operation["responses"].items()):
        said = told["description"].replace("Successful Response", "") or "as asked"
        yield f"| {status} | {_line(said)}{_kinds(told)} |"
    yield ""


def _kinds(told: dict[str, Any]) -> str:
    kinds = [_type(part.get("schema", {})) for part in told.get("content", {}).values()]
    known = [kind for kind in kinds if kind in _DOCUMENTS or kind in {"Plan", "Certificate", "Differences"}]
    return f" ({', '.join(known)})" if known else ""


def _schema(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield from _paragraphs(schema.get("description", ""))
    yield "| key | type | holds |"
    yield "| --- | --- | --- |"
    for key, field in schema.get("properties", {}).items():
        yield f"| `{key}` | {_type(field)} | {_line(field.get('description', ''))} |"
    yield ""


def _paragraphs(text: str) -> Iterator[str]:
    for part in filter(None, text.split("\n\n")):
        yield _line(part)
        yield ""


def _type(field: dict[str, Any]) -> str:
    """A field's type in a word or two."""
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_type(option) for option in field["anyOf"]))
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return str(field.get("type", "anything"))


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(endpoints_page())
