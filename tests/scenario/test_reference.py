"""The committed reference says what the code says."""

from __future__ import annotations

from pathlib import Path

from planner.forecast.reference import forecast_page
from planner.scenario.reference import scenario_page

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_reference_of_scenarios_is_current() -> None:
    """Renewed by `python -m planner.scenario.reference > docs/reference/scenario.md`."""
    assert (REFERENCE / "scenario.md").read_text(encoding="utf-8") == scenario_page()


def test_the_reference_of_forecasts_is_current() -> None:
    """Renewed by `python -m planner.forecast.reference > docs/reference/forecast.md`."""
    assert (REFERENCE / "forecast.md").read_text(encoding="utf-8") == forecast_page()
