"""The reference of plan.json as Markdown, from the plan document itself.

python -m planner.report.reference > docs/reference/plan.md
"""

from __future__ import annotations

import sys
from typing import Any

from planner.plan import Plan


def plan_page() -> str:
    """The page docs/reference/plan.md."""
    schema = Plan.model_json_schema(by_alias=True)
    parts = {"plan.json": schema, **schema["$defs"]}
    lines = ["# Plan file", "", "Written from the plan document by `python -m planner.report.reference`.", ""]
    for name, part in parts.items():
        about = " ".join(part.get("description", "").split())
        lines += [f"## {name}", "", about, "", "| key | type | holds |", "| --- | --- | --- |"]
        for key, field in part.get("properties", {}).items():
            lines.append(f"| `{key}` | {_type(field)} | {field.get('description', '')} |")
        lines.append("")
    return "\n".join(lines)


def _type(field: dict[str, Any]) -> str:
    """A field's type in a word or two."""
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    return str(field.get("type", "anything"))


if __name__ == "__main__":
    sys.stdout.write(plan_page())
