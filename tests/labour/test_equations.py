"""The equations of labour's cost are the same in the code and on the page that explains them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import planner.labour
from planner.labour import hourly_wage, month_hours, premium_hours, replacing
from planner.labour.charges import person_months

ROOT = Path(__file__).resolve().parents[2]
EQUATION = re.compile(r"\(L(\d+)\)  (.+)")
FORMULAS = (month_hours, hourly_wage, premium_hours, replacing, person_months)


def page() -> str:
    return (ROOT / "docs" / "explanation" / "labour.md").read_text(encoding="utf-8").replace("×", "x")


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    defined = re.findall(r"^    \(L(\d+)\)", page(), re.MULTILINE)
    sources = (ROOT / "planner").rglob("*.py")
    cited = {number for file in sources for number in re.findall(r"\(L(\d+)\)", file.read_text())}
    assert defined == ["1", "2", "3", "4", "5"]
    assert cited == set(defined)


@pytest.mark.parametrize("number", range(1, 6))
def test_the_page_has_the_equation_of_the_docstring(number: int) -> None:
    formula: Any = FORMULAS[number - 1]
    found = EQUATION.match(inspect.getdoc(formula) or "")
    assert found
    assert int(found[1]) == number
    assert f"    (L{number})  {found[2].rstrip('.;')}\n" in page()


def test_public_names_are_sorted_and_real() -> None:
    names = planner.labour.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.labour, name) for name in names)
