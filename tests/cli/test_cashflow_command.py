"""`planner cashflow` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.ending import wrong
from planner.investment import CashFlows
from planner.plan import TechnologyRow
from tests.report.sample_plan import sample_plan

TECHNOLOGIES: dict[str, Any] = {
    "own": {"capital": 300000.0, "hardware_share": 0.5, "life_years": 5.0, "upkeep_share_per_year": 0.175},
    "saas": {"subscription_per_year": 55000.0, "seat_price_per_month": 100.0},
    "vendor": {"pools": ["=vendor"]},
}


def saved(folder: Path, technologies: dict[str, Any], impossible: str = "vendor") -> str:
    plan = sample_plan(
        technology=tuple(
            TechnologyRow(
                option=name,
                chosen=name == "own",
                possible=name != impossible,
                seats=132,
                monthly_cost=1.0,
                cost=1.0,
            )
            for name in technologies
        )
    )
    inputs = plan.inputs.model_copy(
        update={"scenario": {**plan.inputs.scenario, "technologies": technologies}}
    )
    file = folder / "plan.json"
    file.write_text(plan.model_copy(update={"inputs": inputs}).to_json())
    return str(file)


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return saved(tmp_path, TECHNOLOGIES)


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["cashflow", *words])


def test_the_baseline_is_the_cheapest_that_needs_no_capital(plan: str) -> None:
    result = run(plan)

    assert (result.exit_code, result.stderr) == (0, "")
    for words in ("Beside saas, over 3 years, at 132 platform seats", "month 19.2", "87.2 %", "start"):
        assert words in result.stdout
    assert "vendor" not in result.stdout


@pytest.mark.parametrize("columns", [66, 80, 120])
def test_tables_fit_the_terminal(plan: str, columns: int) -> None:
    result = run(plan, "--option", "own", "--option", "vendor", columns=columns)

    assert all(len(line) <= columns for line in result.stdout.splitlines())
    assert "…" not in result.stdout


def test_beside_another_plan_what_people_cost_differs_too(plan: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = json.loads(Path(plan).read_text())
    for row in other["technology"]:
        row["chosen"], row["seats"] = row["option"] == "saas", 100
    other["costs"][0]["amount"] += 7000.0
    (tmp_path / "other" / "plan.json").write_text(json.dumps(other))

    result = run(plan, "--beside", str(tmp_path / "other"), "--json")

    (flow,) = CashFlows.model_validate_json(result.stdout).flows
    assert flow.people_saved_a_month == pytest.approx(7000.0 * 365 / (7 * 12))
    assert flow.months[1].saved == pytest.approx(7000.0 * 365 / (7 * 12) + 55000 / 12 + 100 * 100 - 2187.5)
    text = " ".join(run(plan, "--beside", str(tmp_path / "other")).stdout.split())
    assert "Beside saas, over 3 years, at 100 platform seats" in text
    assert "own: 132 seats; what is no platform costs 30,417 less a month." in text


def test_plans_that_cannot_be_set_beside_each_other_are_told(plan: str, tmp_path: Path) -> None:
    plain, dollars = tmp_path / "plain.json", tmp_path / "dollars.json"
    plain.write_text(sample_plan().to_json())
    dollars.write_text(sample_plan(currency="USD").to_json())

    assert "--beside: has no technology" in run(plan, "--beside", str(plain)).stderr
    assert "--beside: must be in CNY like the plan (got USD)" in run(plan, "--beside", str(dollars)).stderr
    assert "leave --option, --against, --seats out" in run(plan, "--beside", plan, "--seats", "3").stderr


def test_json_is_the_cash_flows_and_nothing_else(plan: str) -> None:
    result = run(plan, "--json", "--years", "2", "--seats", "5", "--seats", "10", "--discount-rate", "0.1")

    found = CashFlows.model_validate_json(result.stdout)
    assert json.loads(result.stdout)["schema"] == "planner.cashflow/1"
    assert found.seats == (5.0, 10.0)
    assert found.flows[0].discount_rate == 0.1


def test_the_file_has_a_row_per_option_and_month(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "months.csv"

    assert run(plan, "--out", str(out)).exit_code == 0

    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 37
    assert rows[0]["net"] == "-300000.0"


def test_what_cannot_be_written_is_printed_all_the_same(
    plan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"

    def full(text: str, path: Path) -> None:
        raise wrong("--out", f"{path} cannot be written: no space left")

    monkeypatch.setattr("planner.cli.one_file.write_file", full)
    result = run(plan, "--out", str(out))

    assert result.exit_code == 2
    assert "What it comes to" in result.stdout
    assert "no space left" in result.stderr


@pytest.mark.parametrize(
    "words, said",
    [
        (["--against", "sass"], "--against: is no technology of the plan (got 'sass'; write saas)"),
        (["--option", "saas"], "--option: must differ from the baseline (got 'saas' for both)"),
        (["--years", "0"], "--years: must be 1 to 30 (got 0)"),
        (["--seats", "-1"], "--seats: must be at least 0, and finite"),
        (
            ["--seats", "1", "--seats", "2"],
            "--seats: must be given once, or once for each of the 3 years (got 2)",
        ),
        (["--discount-rate", "8"], "--discount-rate: must be 0 to 1 (got 8; 0.08 is 8 %)"),
    ],
)
def test_what_cannot_be_compared_is_told(plan: str, words: list[str], said: str) -> None:
    result = run(plan, *words)

    assert (result.exit_code, result.stderr.strip()) == (2, said)


def test_a_plan_with_one_technology_has_nothing_to_compare(tmp_path: Path) -> None:
    result = run(saved(tmp_path, {"saas": {}}))

    assert result.exit_code == 2
    assert "PLAN: has no two technologies to compare" in result.stderr


def test_where_every_platform_has_capital_the_baseline_must_be_named(tmp_path: Path) -> None:
    own = TECHNOLOGIES["own"]
    plan = saved(tmp_path, {"a": own, "b": own})

    assert "--against: is needed: every platform has capital; name one of a, b" in run(plan).stderr
    assert "at once" in run(plan, "--against", "a").stdout


def test_where_no_other_lets_the_people_work_it_must_be_named(tmp_path: Path) -> None:
    plan = saved(tmp_path, {"saas": {}, "vendor": {}})

    assert "only saas lets all of this plan's people work" in run(plan).stderr
