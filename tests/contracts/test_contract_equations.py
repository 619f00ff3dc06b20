"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import planner.contracts

ROOT = Path(__file__).resolve().parents[2]


def cited() -> set[int]:
    """Numbers in the sources; `(K1) to (K6)` cites all between."""
    found: set[int] = set()
    for source in (ROOT / "planner" / "contracts").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        found |= {int(number) for number in re.findall(r"\(K(\d+)\)", text)}
        for first, last in re.findall(r"\(K(\d+)\) to\s+\(K(\d+)\)", text):
            found |= set(range(int(first), int(last) + 1))
    return found


def test_every_equation_is_written_once_and_every_one_is_cited() -> None:
    page = (ROOT / "docs" / "explanation" / "contracts.md").read_text(encoding="utf-8")
    defined = [int(number) for number in re.findall(r"^    \(K(\d+)\)", page, re.MULTILINE)]
    assert defined == list(range(1, 15))
    assert cited() == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.contracts.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.contracts, name) for name in names)
