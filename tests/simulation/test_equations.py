"""The equations' numbers are the same in the code and on the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import planner.simulation
from planner.simulation.compiled import CACHE
from tests.simulation.centres import Row, centre, hours, played

ROOT = Path(__file__).resolve().parents[2]


def test_every_equation_is_written_once_and_every_one_is_cited() -> None:
    page = (ROOT / "docs" / "explanation" / "simulation.md").read_text(encoding="utf-8")
    defined = [int(number) for number in re.findall(r"^    \(S(\d+)\)", page, re.MULTILINE)]
    assert sorted(defined) == list(range(1, 14))
    sources = (ROOT / "planner" / "simulation").rglob("*.py")
    texts = [source.read_text(encoding="utf-8") for source in sources if source.name != "__init__.py"]
    assert {int(number) for text in texts for number in re.findall(r"\(S(\d+)\)", text)} == set(defined)


def test_public_names_are_sorted_and_real() -> None:
    names = planner.simulation.__all__
    assert names == sorted(names)
    assert all(hasattr(planner.simulation, name) for name in names)


def test_the_loops_are_kept_in_a_folder_named_by_their_sources() -> None:
    played(centre(hours(1, 1.0), [Row(1, 0, 2)]))
    assert any(CACHE.rglob("engine.run*"))
