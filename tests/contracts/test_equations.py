"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_equation_is_written_once_and_every_one_is_cited() -> None:
    page = (ROOT / "docs" / "explanation" / "contracts.md").read_text(encoding="utf-8")
    defined = [int(number) for number in re.findall(r"^    \(K(\d+)\)", page, re.MULTILINE)]
    assert defined == list(range(1, 7))
    sources = (ROOT / "planner" / "contracts").rglob("*.py")
    texts = [source.read_text(encoding="utf-8") for source in sources if source.name != "__init__.py"]
    assert {int(number) for text in texts for number in re.findall(r"\(K(\d+)\)", text)} == set(defined)
