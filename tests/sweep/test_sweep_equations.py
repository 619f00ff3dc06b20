"""The equations of sweeps and curves are the same in the code and on the pages that explain them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from planner.sweep.points import latin_hypercube
from planner.sweep.promise_curve import cheapest_from, highest_bounds

ROOT = Path(__file__).resolve().parents[2]
FORMULAS = (latin_hypercube, cheapest_from, highest_bounds)


def pages() -> str:
    folder = ROOT / "docs" / "explanation"
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("running.md", "frontier.md"))


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    defined = re.findall(r"^    \(W(\d+)\)", pages(), re.MULTILINE)
    cited = {
        number
        for source in (ROOT / "planner").rglob("*.py")
        for number in re.findall(r"\(W(\d+)\)", source.read_text())
    }
    assert sorted(defined) == ["1", "2", "3"]
    assert cited == set(defined)


@pytest.mark.parametrize("number", range(1, 4))
def test_the_page_has_the_equation_of_the_docstring(number: int) -> None:
    formula: Any = FORMULAS[number - 1]
    found = re.match(
        r"\(W(\d+)\)  (.+?),? ?(?:points in the order.*)?$", (inspect.getdoc(formula) or "").splitlines()[0]
    )
    assert found
    assert int(found[1]) == number
    assert f"    (W{number})  {found[2].rstrip('.,')}\n" in pages()
