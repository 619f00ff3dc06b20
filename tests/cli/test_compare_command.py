"""`planner compare` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.plan import Plan
from planner.seasons import Differences
from planner.staffing import make_plan
from tests.report.sample_plan import sample_plan
from tests.seasons.pairs import CONTACTS, shop

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = str(ROOT / "scenarios" / "minimal.yaml")


def run(*words: str, columns: int = 80, **more: str) -> Result:
    return CliRunner(env={"COLUMNS": str(columns), **more}).invoke(app, ["compare", *words])


@pytest.fixture(scope="module")
def made() -> tuple[Plan, Plan]:
    busy = shop(tuple(2 * each for each in CONTACTS), own={"wage": 25.0})
    return make_plan(shop()), make_plan(busy)


@pytest.fixture
def plans(made: tuple[Plan, Plan], tmp_path: Path) -> list[str]:
    for name, plan in zip(("calm", "busy"), made, strict=True):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.json").write_text(plan.to_json())
    return [str(tmp_path / "calm"), str(tmp_path / "busy" / "plan.json")]


def test_two_plans_are_side_by_side_and_their_difference_is_explained(plans: list[str]) -> None:
    result = run(*plans)

    assert (result.exit_code, result.stderr) == (0, "")
    for words in ("Side by side", "Cost by item", "People who come and go", "Patterns", "Plans in between"):
        assert words in result.stdout
    assert "From plan 1 to plan 2, CNY: one cause after another" in result.stdout
    assert "volume" in result.stdout
    assert "Total" in result.stdout


@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit_the_terminal(plans: list[str], columns: int) -> None:
    for words in (plans, [*plans, *plans, plans[0]]):
        result = run(*words, columns=columns)
        assert all(len(line) <= columns for line in result.stdout.splitlines())
        assert "…" not in result.stdout


def test_json_is_the_comparison_and_nothing_else_and_adds_up(
    plans: list[str], made: tuple[Plan, Plan]
) -> None:
    result = run(*plans, "--shapley", "--json")

    found = Differences.model_validate_json(result.stdout)
    assert json.loads(result.stdout)["schema"] == "planner.differences/1"
    assert found.difference is not None
    assert found.difference.way == "shapley"
    assert sum(part.change for part in found.difference.parts) == round(
        Decimal(made[1].cost) - Decimal(made[0].cost), 2
    )


def test_order_is_that_of_the_option_and_then_the_usual(plans: list[str]) -> None:
    found = Differences.model_validate_json(run(*plans, "--order", "prices", "--json").stdout)
    assert found.difference is not None
    assert [part.causes for part in found.difference.parts] == [("prices",), ("volume",)]


def test_several_plans_are_side_by_side_without_an_explanation(plans: list[str]) -> None:
    result = run(*plans, plans[0], "--json")
    found = Differences.model_validate_json(result.stdout)
    assert (len(found.plans), found.difference) == (3, None)


def test_a_scenario_is_planned(plans: list[str]) -> None:
    result = run(MINIMAL, MINIMAL, "--no-explain", "--json", "--gap", "0.01")
    found = Differences.model_validate_json(result.stdout)
    assert [plan.source for plan in found.plans] == [MINIMAL, MINIMAL]
    assert found.plans[0].cost == found.plans[1].cost == 7560.0


def test_the_folder_gets_all_files(plans: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(*plans, "--out", str(out))

    assert result.exit_code == 0
    assert sorted(file.name for file in out.iterdir()) == ["differences.json", "parts.csv", "plans.csv"]
    assert all((out / name).read_bytes().startswith(b"\xef\xbb\xbf") for name in ("parts.csv", "plans.csv"))
    parts = list(csv.DictReader(io.StringIO((out / "parts.csv").read_bytes().decode("utf-8-sig"))))
    assert parts[-1]["cause"] == "total"
    assert sum(Decimal(row["change"]) for row in parts[:-1]) == Decimal(parts[-1]["change"])
    figures = list(csv.DictReader(io.StringIO((out / "plans.csv").read_bytes().decode("utf-8-sig"))))
    assert (figures[0]["figure"], set(figures[0])) == ("cost", {"figure", "of", "1: small", "2: small"})
    made = Differences.model_validate_json((out / "differences.json").read_text())
    assert made.difference is not None


def test_names_that_a_spreadsheet_would_take_for_formulas_are_guarded(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(sample_plan().to_json())
    run(str(tmp_path), str(tmp_path), "--no-explain", "--out", str(tmp_path / "out"))
    assert b"people,'=vendor," in (tmp_path / "out" / "plans.csv").read_bytes()


def test_progress_tells_which_plan_is_made(plans: list[str]) -> None:
    assert "planning volume, plans made 2" in run(*plans, "--verbose").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["PLAN"], "PLAN_OR_SCENARIO: must be two or more, to compare (got 1)"),
        (
            ["PLAN", "PLAN", "PLAN", "--explain"],
            "--explain: explains the difference of two plans (got 3); name two",
        ),
        (
            ["PLAN", "PLAN", "PLAN", "--shapley"],
            "--shapley: explains the difference of two plans (got 3); name two",
        ),
        (
            ["PLAN", "PLAN", "--shapley", "--no-explain"],
            "--shapley: explains a difference, and --no-explain says not to; leave one of them out",
        ),
        (
            ["PLAN", "PLAN", "--order", "volume,wages"],
            "--order: must name causes: structure, volume, profile, ",
        ),
        (["PLAN", "PLAN", "--order", "volume", "--shapley"], "--order: says nothing with --shapley"),
        (["PLAN", "PLAN", "--gap", "2"], "--gap: must be below 1 (got 2"),
    ],
)
def test_what_cannot_be_asked_is_told(plans: list[str], words: list[str], said: str) -> None:
    result = run(*(plans[0] if word == "PLAN" else word for word in words))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)


def test_every_file_that_cannot_be_read_is_told(plans: list[str]) -> None:
    result = run("nowhere.yaml", plans[0], "neither")
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["nowhere.yaml", "neither"]


def test_calendars_that_do_not_fit_are_told_where_an_explanation_is_asked_for(
    plans: list[str], tmp_path: Path
) -> None:
    week = shop(calendar={"start": "2026-03-02", "days": 7})
    (tmp_path / "plan.json").write_text(make_plan(week).to_json())

    asked = run(plans[0], str(tmp_path), "--explain")
    usual = run(plans[0], str(tmp_path))

    assert asked.exit_code == 2
    assert asked.stderr.startswith("--explain: the calendars have 1 and 7 days; plan both over the same")
    assert usual.exit_code == 0
    assert "the difference is not explained" in " ".join(usual.stdout.split())


def test_a_scenario_that_promises_too_much_has_no_plan(plans: list[str], tmp_path: Path) -> None:
    text = Path(MINIMAL).read_text(encoding="utf-8").replace("pools:", "pools:", 1)
    (tmp_path / "minimal.csv").write_bytes((ROOT / "scenarios" / "minimal.csv").read_bytes())
    (tmp_path / "hopeless.yaml").write_text(text.replace("    shifts:", "    maximum_seats: 1\n    shifts:"))

    result = run(plans[0], str(tmp_path / "hopeless.yaml"), "--no-explain")

    assert result.exit_code == 3
    assert "hopeless.yaml" in result.stderr
