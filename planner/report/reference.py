"""The references of plan.json, certificate.json and other results, from the documents.

python -m planner.report.reference plan > docs/reference/plan.md
python -m planner.report.reference certificate > docs/reference/certificate.md
python -m planner.report.reference calibration > docs/reference/calibration.md
python -m planner.report.reference comparison > docs/reference/comparison.md
python -m planner.report.reference allocation > docs/reference/allocation.md
python -m planner.report.reference cashflow > docs/reference/cashflow.md
python -m planner.report.reference sourcing > docs/reference/sourcing.md
python -m planner.report.reference frontier > docs/reference/frontier.md
python -m planner.report.reference differences > docs/reference/seasons.md
python -m planner.report.reference infeasible > docs/reference/infeasible.md
python -m planner.report.reference explanation > docs/reference/explanation.md
python -m planner.report.reference prices > docs/reference/prices.md
"""

from __future__ import annotations

import sys
from typing import Any

from planner.allocation import Allocation
from planner.calibration import Calibration
from planner.certificate import Certificate
from planner.contracts import Comparison
from planner.diagnosis import Infeasible
from planner.explaining import Explanation, Prices
from planner.investment import CashFlows
from planner.plan import Plan
from planner.scenario.document import Document
from planner.seasons import Differences
from planner.sourcing import Sourcing
from planner.sweep import AiCurve, Frontier, Tornado


def plan_page() -> str:
    """The page docs/reference/plan.md."""
    return _page("plan", Plan)


def certificate_page() -> str:
    """The page docs/reference/certificate.md."""
    return _page("certificate", Certificate)


def calibration_page() -> str:
    """The page docs/reference/calibration.md."""
    return _page("calibration", Calibration)


def comparison_page() -> str:
    """The page docs/reference/comparison.md."""
    return _page("comparison", Comparison)


def allocation_page() -> str:
    """The page docs/reference/allocation.md."""
    return _page("allocation", Allocation)


def cashflow_page() -> str:
    """The page docs/reference/cashflow.md."""
    return _page("cashflow", CashFlows)


def sourcing_page() -> str:
    """The page docs/reference/sourcing.md."""
    return _page("sourcing", Sourcing)


def frontier_page() -> str:
    """The page docs/reference/frontier.md: three documents, as there are three curves."""
    parts = (("frontier", Frontier), ("ai_curve", AiCurve), ("tornado", Tornado))
    return "\n".join(_page(name, document, "frontier") for name, document in parts)


def differences_page() -> str:
    """The page docs/reference/seasons.md."""
    return _page("differences", Differences)


def infeasible_page() -> str:
    """The page docs/reference/infeasible.md."""
    return _page("infeasible", Infeasible)


def explanation_page() -> str:
    """The page docs/reference/explanation.md."""
    return _page("explanation", Explanation)


def prices_page() -> str:
    """The page docs/reference/prices.md."""
    return _page("prices", Prices)


def _page(name: str, document: type[Document], asked: str | None = None) -> str:
    schema = document.model_json_schema(by_alias=True)
    parts = {f"{name}.json": schema, **schema["$defs"]}
    written = f"Written from the {name} document by `python -m planner.report.reference {asked or name}`."
    lines = [f"# {name.capitalize()} file", "", written, ""]
    for title, part in parts.items():
        about = " ".join(part.get("description", "").split())
        lines += [f"## {title}", "", about, "", "| key | type | holds |", "| --- | --- | --- |"]
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
    pages = {
        "plan": plan_page,
        "certificate": certificate_page,
        "calibration": calibration_page,
        "comparison": comparison_page,
        "allocation": allocation_page,
        "cashflow": cashflow_page,
        "sourcing": sourcing_page,
        "frontier": frontier_page,
        "differences": differences_page,
        "infeasible": infeasible_page,
        "explanation": explanation_page,
        "prices": prices_page,
    }
    sys.stdout.write(pages[sys.argv[1]]())
