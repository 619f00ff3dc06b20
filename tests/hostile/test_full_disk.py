"""A disk that takes no more bytes: what was there is there still, and one line says so.

A limit on the size of a file stands for the full disk: the system refuses the byte in the same way.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.errors import InvalidInput
from planner.report.files import write_results
from planner.sweep.document import Result
from planner.sweep.store import store
from tests.report.sample_plan import sample_plan


@contextmanager
def full(most_bytes: int) -> Iterator[None]:
    """No file may become larger than this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_older_results(tmp_path: Path) -> None:
    write_results(sample_plan(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with full(1_000), pytest.raises(InvalidInput, match="results cannot be written here: File too large"):
        write_results(sample_plan(scenario="another"), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_full_disk_loses_no_result_of_a_sweep(tmp_path: Path) -> None:
    with store(tmp_path) as kept:
        kept.keep(Result(key="first", status="failed", reason="so"))
        with full(10), pytest.raises(InvalidInput, match="cannot be written: File too large"):
            kept.keep(Result(key="second", status="failed", reason="so"))
        assert set(kept.known(["first", "second"])) == {"first"}
    assert sorted(path.name for path in (tmp_path / "parts").iterdir()) == [".lock", "first.json"]
