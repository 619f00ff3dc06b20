"""What a weekly promise saves on the bank's week, as the documentation says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.scenarios.bank_savings import SETS, compared
from tests.scenarios.verified import faults
from tests.shared_data import shared

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "period-targets.md"


def documented(lengths: tuple[float, ...]) -> float:
    """The saving that the page prints for a set of shift lengths."""
    hours = ", ".join(f"{length:g}" for length in lengths)
    found = re.search(rf"^\| {hours} \|.*\| ([\d.]+) % \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, f"no row for {hours}"
    return float(found[1]) / 100


def test_stiffer_shifts_save_more_by_a_weekly_promise() -> None:
    savings = [documented(lengths) for lengths in SETS]
    assert savings == sorted(savings, reverse=True)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("lengths", SETS, ids=lambda lengths: f"{len(lengths)} lengths")
def test_saving_is_the_documented_one_within_the_gaps(lengths: tuple[float, ...], tmp_path: Path) -> None:
    shared("data/bank_calls_30min_2003_mar_aug.csv")
    found = compared(lengths)
    assert found.saving == pytest.approx(documented(lengths), abs=found.doubt + 0.005)
    assert faults(found.interval, tmp_path) == ""
    assert faults(found.week, tmp_path) == ""
