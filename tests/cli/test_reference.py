"""The reference pages of commands, of plan.json and of certificate.json are what the code says today."""

from __future__ import annotations

from pathlib import Path

from planner.cli.reference import commands_page
from planner.report.reference import certificate_page, plan_page

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_page_of_commands_is_current() -> None:
    assert (REFERENCE / "commands.md").read_text() == commands_page()


def test_the_page_of_plan_files_is_current() -> None:
    assert (REFERENCE / "plan.md").read_text() == plan_page()


def test_the_page_of_certificate_files_is_current() -> None:
    assert (REFERENCE / "certificate.md").read_text() == certificate_page()
