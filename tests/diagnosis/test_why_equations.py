"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import planner.diagnosis

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("diagnosis", "explaining")


def test_every_equation_is_written_once_and_every_one_is_cited() -> None:
    page = (ROOT / "docs" / "explanation" / "why.md").read_text(encoding="utf-8")
    defined = [int(number) for number in re.findall(r"^    \(E(\d+)\)", page, re.MULTILINE)]
    sources = (source for room in ROOMS for source in (ROOT / "planner" / room).rglob("*.py"))
    cited = {
        int(number)
        for source in sources
        for number in re.findall(r"\(E(\d+)\)", source.read_text(encoding="utf-8"))
    }
    assert defined == list(range(1, len(defined) + 1))
    assert cited == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.diagnosis.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.diagnosis, name) for name in names)
