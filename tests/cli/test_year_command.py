"""`planner year` as a person and as a program use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.year_output import folders
from planner.errors import NoPlanExists
from planner.plan import read_plan
from planner.staffing import Run
from planner.year import Delivered, Manner, Year, YearPlan, plan_year
from tests.year.years import BUSY, USUAL, season, year

ROOT = Path(__file__).resolve().parents[2]
SHOP = str(ROOT / "scenarios" / "year" / "shop.yaml")
MOVING = {"monthly_attrition": 0.06, "hiring_cost": 1500.0, "severance_cost": 90000.0}


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["year", *words])


@pytest.fixture(scope="module")
def made() -> Delivered:
    seasons = [season(USUAL, ai=True), season(BUSY, ai=True)]
    asked = {"initial_headcount": 6, "lead_seasons": 1, "first_season_productivity": 0.8, **MOVING}
    return plan_year(year(seasons, asked, ai={"calls": {"setup_cost": 10.0}}, solver={"gap": 0.01}))


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, made: Delivered) -> list[tuple[Year, Run, Manner]]:
    """The year's answer without the planning; what it was asked with."""
    asked: list[tuple[Year, Run, Manner]] = []

    def answer(*given: object) -> Delivered:
        asked.append(given)  # type: ignore[arg-type]  # as the command calls it
        return made

    monkeypatch.setattr("planner.year.plan_year", answer)
    return asked


def test_a_year_is_told_season_by_season(known: list[object]) -> None:
    result = run(SHOP)
    assert (result.exit_code, result.stderr) == (0, "")
    for words in (
        "small", "No year can cost less than", "Plans of the seasons, CNY", "People from season to season",
        "The year's cost, CNY", "Ways to staff the year", "season by season", "one team all year",
        "AI on calls",
    ):  # fmt: skip
        assert words in result.stdout


@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit_the_terminal(known: list[object], columns: int) -> None:
    result = run(SHOP, columns=columns)
    assert all(len(line) <= columns for line in result.stdout.splitlines())
    assert "…" not in result.stdout


def test_json_is_the_year_and_nothing_else(known: list[object], made: Delivered) -> None:
    result = run(SHOP, "--json")
    assert YearPlan.model_validate_json(result.stdout) == made.year
    assert json.loads(result.stdout)["schema"] == "planner.year/1"


def test_out_has_the_year_and_every_season_as_a_plan(
    known: list[object], made: Delivered, tmp_path: Path
) -> None:
    assert run(SHOP, "--out", str(tmp_path / "year")).exit_code == 0
    written = YearPlan.model_validate_json((tmp_path / "year" / "year.json").read_text(encoding="utf-8"))
    assert written == made.year
    for name, plan in zip(("01-season-1", "02-season-2"), made.plans, strict=True):
        assert read_plan(tmp_path / "year" / name) == plan
        assert {file.name for file in (tmp_path / "year" / name).iterdir()} == {
            "plan.json", "plan.xlsx", "report.html", "seats.csv",
        }  # fmt: skip


def test_folders_are_named_by_season_whatever_is_in_the_name() -> None:
    assert folders(["Spring", "11/11 & 12/12", "淡季"]) == ["01-Spring", "02-11-11---12-12", "03-淡季"]


def test_options_go_over_the_file(known: list[tuple[Year, Run, Manner]]) -> None:
    run(SHOP, "--gap", "0.02", "--time-limit", "99", "--no-compare", "--certify", "--workers", "3")
    ((read, how, manner),) = known
    assert how.limits is not None
    assert (how.limits.gap, how.limits.time_limit_seconds) == (0.02, 99.0)
    assert manner == Manner(workers=3, compare=False, certify=True)
    assert read.rules.name == "E-commerce, a year"


@pytest.mark.parametrize(
    "words, said",
    [
        ((SHOP, "--gap", "2"), "--gap: must be below 1 (got 2"),
        (("nowhere.yaml",), "nowhere.yaml: cannot be read"),
        ((str(ROOT / "scenarios" / "minimal.yaml"),), "minimal.yaml: seasons: is missing"),
    ],
)
def test_bad_input_is_told_and_ends_with_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_year_without_a_plan_ends_with_3(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise NoPlanExists(["no headcount will do"])

    monkeypatch.setattr("planner.year.plan_year", refuse)
    result = run(SHOP)
    assert result.exit_code == 3
    assert "no headcount will do" in result.stderr


def test_a_file_in_the_way_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "year.json").mkdir()
    result = run(SHOP, "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "is a folder; move it away" in result.stderr
