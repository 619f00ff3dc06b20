"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import planner.allocation

ROOT = Path(__file__).resolve().parents[2]


def test_every_equation_is_written_once_and_every_one_is_cited() -> None:
    page = (ROOT / "docs" / "explanation" / "allocation.md").read_text(encoding="utf-8")
    defined = [int(number) for number in re.findall(r"^    \(D(\d+)\)", page, re.MULTILINE)]
    rooms = (ROOT / "planner" / room for room in ("allocation", "sharing"))
    sources = (source for room in rooms for source in room.rglob("*.py"))
    cited = {
        int(number)
        for source in sources
        for number in re.findall(r"\(D(\d+)\)", source.read_text(encoding="utf-8"))
    }
    assert defined == list(range(1, 13))
    assert cited == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.allocation.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.allocation, name) for name in names)
