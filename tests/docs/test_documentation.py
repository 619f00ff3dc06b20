"""README.md and every page under docs/, executed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import blocks
from tests.docs.execution import Reader, needed
from tests.shared_data import SHARED, shared

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix() for page in (*ROOT.glob("README.md"), *ROOT.glob("docs/**/*.md"))
)
MOST_EXCUSES = 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what a reader has after cloning, as far as pages use it."""
    place = tmp_path / "clone"
    place.mkdir()
    if (ROOT / "scenarios").is_dir():
        shutil.copytree(ROOT / "scenarios", place / "scenarios")
    if SHARED.is_dir():
        (tmp_path / "shared").symlink_to(SHARED)
    return place


@pytest.mark.timeout(900)
@pytest.mark.parametrize("page", PAGES)
def test_page_shows_what_happens(page: str, folder: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for name in needed(text):
        shared(name)
    Reader(page, folder).follow(blocks(text))


def excuses(page: str) -> list[tuple[str, str, str]]:
    found = blocks((ROOT / page).read_text(encoding="utf-8"))
    return [(page, block.text, block.excuse) for block in found if block.excuse is not None]


def test_few_blocks_are_not_run() -> None:
    found = [excuse for page in PAGES for excuse in excuses(page)]
    assert len(found) <= MOST_EXCUSES, "\n".join(f"{page}: {reason}" for page, _, reason in found)


@pytest.mark.skipif("README.md" not in PAGES, reason="there is no README.md yet")
def test_readme_leaves_out_only_cloning_and_make() -> None:
    allowed = re.compile(r"\$ (git clone|cd|make) ")
    for _, text, reason in excuses("README.md"):
        asked = [line for line in text.splitlines() if line.startswith("$ ")]
        assert all(allowed.match(line + " ") for line in asked), reason
