"""The equations of the sweep are the same in the code and on the page that explains them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import planner.sourcing
from planner.sourcing.alternatives import contacts_a_day
from planner.sourcing.leads import surely_cheapest
from planner.sourcing.prices import factor_needed

ROOT = Path(__file__).resolve().parents[2]
EQUATION = re.compile(r"\(O(\d+)\)  (.+)")
FORMULAS = (contacts_a_day, surely_cheapest, factor_needed)


def page() -> str:
    return (ROOT / "docs" / "explanation" / "sourcing.md").read_text(encoding="utf-8")


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    defined = re.findall(r"^    \(O(\d+)\)", page(), re.MULTILINE)
    sources = (ROOT / "planner").rglob("*.py")
    cited = {number for file in sources for number in re.findall(r"\(O(\d+)\)", file.read_text())}
    assert defined == ["1", "2", "3"]
    assert cited == set(defined)


@pytest.mark.parametrize("number", range(1, 4))
def test_the_page_has_the_equation_of_the_docstring(number: int) -> None:
    formula: Any = FORMULAS[number - 1]
    found = EQUATION.match(inspect.getdoc(formula) or "")
    assert found
    assert int(found[1]) == number
    equation = re.split(r";|, closed", found[2])[0].rstrip(".")
    assert f"    (O{number})  {equation}\n" in page()


def test_public_names_are_sorted_and_real() -> None:
    names = planner.sourcing.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.sourcing, name) for name in names)
