"""The reference pages of commands, files and documents are what the code says today."""

from __future__ import annotations

from pathlib import Path

from api.reference import endpoints_page
from planner.allocation.reference import lines_page
from planner.calibration.reference import history_page
from planner.cli.reference import commands_page
from planner.contracts.reference import quotes_page
from planner.report.reference import (
    allocation_page,
    calibration_page,
    cashflow_page,
    certificate_page,
    comparison_page,
    differences_page,
    explanation_page,
    frontier_page,
    infeasible_page,
    plan_page,
    prices_page,
    sourcing_page,
)
from planner.sweep.reference import sweep_page
from planner.year.reference import year_page

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_page_of_commands_is_current() -> None:
    assert (REFERENCE / "commands.md").read_text() == commands_page()


def test_the_page_of_endpoints_is_current() -> None:
    assert (REFERENCE / "endpoints.md").read_text() == endpoints_page()


def test_the_page_of_plan_files_is_current() -> None:
    assert (REFERENCE / "plan.md").read_text() == plan_page()


def test_the_page_of_infeasible_scenarios_is_current() -> None:
    assert (REFERENCE / "infeasible.md").read_text() == infeasible_page()


def test_the_pages_of_explanations_and_prices_are_current() -> None:
    assert (REFERENCE / "explanation.md").read_text() == explanation_page()
    assert (REFERENCE / "prices.md").read_text() == prices_page()


def test_the_page_of_certificate_files_is_current() -> None:
    assert (REFERENCE / "certificate.md").read_text() == certificate_page()


def test_the_page_of_calibrations_is_current() -> None:
    assert (REFERENCE / "calibration.md").read_text() == calibration_page()


def test_the_page_of_comparisons_is_current() -> None:
    assert (REFERENCE / "comparison.md").read_text() == comparison_page()


def test_the_page_of_cash_flows_is_current() -> None:
    assert (REFERENCE / "cashflow.md").read_text() == cashflow_page()


def test_the_page_of_sweeps_is_current() -> None:
    assert (REFERENCE / "sourcing.md").read_text() == sourcing_page()


def test_the_page_of_curves_is_current() -> None:
    assert (REFERENCE / "frontier.md").read_text() == frontier_page()


def test_the_page_of_sweep_files_is_current() -> None:
    assert (REFERENCE / "sweep.md").read_text() == sweep_page()


def test_the_page_of_differences_is_current() -> None:
    assert (REFERENCE / "seasons.md").read_text() == differences_page()


def test_the_page_of_quotes_files_is_current() -> None:
    assert (REFERENCE / "quotes.md").read_text() == quotes_page()


def test_the_page_of_history_files_is_current() -> None:
    assert (REFERENCE / "history.md").read_text() == history_page()


def test_the_page_of_allocations_is_current() -> None:
    assert (REFERENCE / "allocation.md").read_text() == allocation_page()


def test_the_page_of_lines_files_is_current() -> None:
    assert (REFERENCE / "lines.md").read_text() == lines_page()


def test_the_page_of_year_files_is_current() -> None:
    assert (REFERENCE / "year.md").read_text() == year_page()
