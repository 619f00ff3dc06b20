"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import planner.seasons
from planner.report.part_text import CAUSES
from planner.seasons import Cause

ROOT = Path(__file__).resolve().parents[2]


def page() -> str:
    return (ROOT / "docs" / "explanation" / "seasons.md").read_text(encoding="utf-8")


def test_every_equation_is_written_once_and_every_one_is_cited() -> None:
    defined = [int(number) for number in re.findall(r"^    \(G(\d+)\)", page(), re.MULTILINE)]
    sources = (ROOT / "planner").rglob("*.py")
    cited = {
        int(number)
        for source in sources
        for number in re.findall(r"\(G(\d+)\)", source.read_text(encoding="utf-8"))
    }
    assert defined == list(range(1, 7))
    assert cited == set(defined)


def test_the_page_names_every_cause_in_the_order_of_swapping() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| ", page(), re.MULTILINE)
    assert rows == ["cause", *(CAUSES[cause] for cause in get_args(Cause))]


def test_public_names_are_sorted_and_real() -> None:
    names = planner.seasons.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    assert all(hasattr(planner.seasons, name) for name in names)
