"""The equations of years are the same in the code and on the page that explains them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from planner.year.alternatives import alone_path
from planner.year.figures import ai_fees, full, stay
from planner.year.known import Cut, Made
from planner.year.question import Season
from planner.year.relaxed import _limited
from planner.year.teams import Path as People
from planner.year.teams import Teams, path_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "explanation" / "year.md").read_text(encoding="utf-8")
FORMULAS: dict[int, object] = {
    1: Season.repeats, 2: path_of, 3: Teams.can_join, 4: People.on_shifts, 5: People.cost,
    6: Cut, 7: Made, 8: Made, 9: _limited, 10: stay, 11: full, 12: ai_fees, 13: alone_path,
}  # fmt: skip


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    defined = re.findall(r"^    \(Y(\d+)\)", PAGE, re.MULTILINE)
    cited = {
        number
        for source in (ROOT / "planner").rglob("*.py")
        for number in re.findall(r"\(Y(\d+)\)", source.read_text(encoding="utf-8"))
    }
    assert sorted(map(int, defined)) == list(range(1, 14))
    assert cited == set(defined)


@pytest.mark.parametrize("number", FORMULAS)
def test_the_page_has_the_equation_of_the_docstring(number: int) -> None:
    told = inspect.getdoc(FORMULAS[number]) or ""
    found = re.search(rf"\(Y{number}\)  (.+?)(?:;   \(Y|\.?$)", told, re.MULTILINE)
    assert found, told
    assert f"    (Y{number})  {found[1]}\n" in PAGE
