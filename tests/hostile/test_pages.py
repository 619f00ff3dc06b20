"""The pages on security and reliability name tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["security", "reliability"])
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / "docs" / "explanation" / f"{page}.md").read_text(encoding="utf-8")
    files = re.findall(r"`(tests/[\w/]+\.py)`", text)
    assert len(files) > 10
    assert [name for name in files if not (ROOT / name).is_file()] == []
    for file, words in re.findall(r"`(tests/[\w/]+\.py)`: ([\w ]+?) \|", text):
        name = "_".join(["def test", *words.split()])
        assert name in (ROOT / file).read_text(encoding="utf-8"), name
