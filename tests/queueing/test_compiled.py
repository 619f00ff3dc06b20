"""Machine code on disk never outlives the text that it was made from."""

from __future__ import annotations

from pathlib import Path

import numba

from planner.compiled import cache_folder
from planner.queueing.compiled import CACHE
from planner.queueing.compiled.chain import free_weight


def test_a_changed_formula_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("A = 1\n")
    (tmp_path / "other.py").write_text("B = 1\n")
    before = cache_folder(tmp_path, "room")
    assert cache_folder(tmp_path, "room") == before
    (tmp_path / "other.py").write_text("B = 2\n")
    assert cache_folder(tmp_path, "room") != before


def test_formulas_are_kept_there_and_other_users_of_the_compiler_are_left_alone() -> None:
    assert free_weight(1.0, 1) == 1.0
    assert any(CACHE.rglob("chain.free_weight*"))
    assert str(CACHE) != numba.config.CACHE_DIR
