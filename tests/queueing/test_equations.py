"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import planner.queueing

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"\(Q(\d+)\)")


def cited() -> set[int]:
    """Numbers in the sources; `(Q5) to (Q8)` cites all between."""
    found: set[int] = set()
    for source in (ROOT / "planner" / "queueing").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        found |= {int(number) for number in NUMBER.findall(text)}
        for first, last in re.findall(r"\(Q(\d+)\) to\s+\(Q(\d+)\)", text):
            found |= set(range(int(first), int(last) + 1))
    return found


def test_every_equation_is_written_once_and_every_cited_one_exists() -> None:
    page = (ROOT / "docs" / "explanation" / "queueing.md").read_text(encoding="utf-8")
    defined = [int(number) for number in re.findall(r"^    \(Q(\d+)\)", page, re.MULTILINE)]
    assert sorted(defined) == list(range(1, 21))
    assert cited() == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.queueing.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.queueing, name) for name in names)
