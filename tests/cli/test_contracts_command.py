"""`planner contracts` as a person and as a program use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.certificate.rosters import staffed
from tests.scenarios.documents import SCENARIOS

VENDORS = str(SCENARIOS / "quotes" / "vendors.yaml")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["contracts", VENDORS, *words])


def test_who_is_cheapest_comes_first_and_what_binds_is_said() -> None:
    shown = run("--minutes", "5000", "--minutes", "50000").stdout
    assert shown.startswith("Cheapest\n")
    for words in ("5,000 minutes a month, CNY", "13,000 of it for", "fee cap; volume", "less on average"):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_json_holds_fees_and_stretches_up_to_the_largest_volume() -> None:
    found = json.loads(run("--minutes", "20000", "--json").stdout)
    assert found["schema"] == "planner.contracts/1"
    assert [fee["fee"] for fee in found["volumes"][0]["fees"]] == [26_000.0, 27_000.0, 26_000.0]
    assert found["cheapest"][-1]["to_minutes"] == 20_000.0


def test_the_volume_of_a_plan_is_taken_as_a_month(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(staffed(9).to_json())
    found = json.loads(run("--plan", str(tmp_path), "--json").stdout)
    # a day of 400 contacts of 4 minutes, 365 days in 12 months
    assert [volume["minutes"] for volume in found["volumes"]] == [pytest.approx(1_600 * 365 / 12)]


def test_a_volume_of_nothing_is_no_comparison() -> None:
    result = run("--minutes", "0")
    assert result.exit_code == 2
    assert result.stderr.startswith("--minutes: must be above 0")


def test_a_file_that_is_not_there_is_told() -> None:
    result = CliRunner().invoke(app, ["contracts", "nowhere.yaml"])
    assert result.exit_code == 2
    assert "nowhere.yaml" in result.stderr
