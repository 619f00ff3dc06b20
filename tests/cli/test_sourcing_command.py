"""`planner sourcing` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.ending import wrong
from planner.sourcing import Lead, Never, Point, PriceChange, Sourcing

ROOT = Path(__file__).resolve().parents[2]
DESK = str(ROOT / "scenarios" / "sourcing" / "desk.yaml")


def point(volume: float, alternative: str, cost: float | None) -> Point:
    return Point(
        contacts_a_day=volume,
        alternative=alternative,
        status="infeasible" if cost is None else "plan",
        cost_a_month=cost,
        bound_a_month=None if cost is None else 0.99 * cost,
        cost_a_contact=None if cost is None else cost / (30 * volume),
    )


SWEPT = Sourcing(
    scenario="Service desk",
    currency="CNY",
    forecast_contacts_a_day=500.0,
    gap=0.01,
    points=(
        point(30.0, "=vendor", 40000.0),
        point(30.0, "own platform", None),
        point(60.0, "=vendor", 52000.0),
        point(60.0, "own platform", 1052000.0),
    ),
    leads=(
        Lead(from_contacts=30.0, to_contacts=60.0, alternative="=vendor"),
        Lead(from_contacts=60.0, to_contacts=1200.0, alternative=None),
    ),
    never=(
        Never(
            alternative="own platform",
            contacts_a_day=60.0,
            against="=vendor",
            prices=(
                PriceChange(price="labour", surely_below=0.31, surely_not_above=0.33),
                PriceChange(price="technology", surely_below=None, surely_not_above=0.0),
            ),
        ),
        Never(
            alternative="saas",
            contacts_a_day=60.0,
            against="=vendor",
            prices=(
                PriceChange(price="labour", surely_below=0.99, surely_not_above=None),
                PriceChange(price="technology", surely_below=None, surely_not_above=0.5),
            ),
        ),
    ),
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep's answer without the sweep."""
    monkeypatch.setattr("planner.sourcing.sourcing", lambda *given: SWEPT)


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["sourcing", *words])


@pytest.fixture(scope="module")
def small() -> Result:
    return run(DESK, "--volumes", "60")


def test_costs_leads_and_prices_are_on_standard_output(small: Result) -> None:
    assert small.exit_code == 0
    text = " ".join(small.stdout.split())
    for words in (
        "The forecast's 500 contacts a day, scaled",
        "Cheapest by contacts a day",
        "60 by the minute",
    ):
        assert words in text
    assert "saas is never surely the cheapest between these volumes" in text
    assert "of its price or less it leads" in text


def test_progress_is_on_standard_error(small: Result) -> None:
    assert "by the seat at 60 a day: " in small.stderr


def test_json_and_file_hold_the_sweep(known: None, tmp_path: Path) -> None:
    out = tmp_path / "costs.csv"
    result = run(DESK, "--json", "--out", str(out))

    assert Sourcing.model_validate_json(result.stdout) == SWEPT
    assert json.loads(result.stdout)["schema"] == "planner.sourcing/1"
    assert result.stderr == ""
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert [row["contacts_a_day"] for row in rows] == ["30.0", "30.0", "60.0", "60.0"]
    assert rows[0]["alternative"] == "'=vendor"
    assert (rows[1]["status"], rows[1]["cost_a_month"]) == ("infeasible", "")


@pytest.mark.parametrize("columns", [66, 80, 120])
def test_tables_fit_the_terminal(known: None, columns: int) -> None:
    result = run(DESK, columns=columns)

    assert all(len(line) <= columns for line in result.stdout.splitlines())
    assert "…" not in result.stdout


def test_every_answer_has_its_words(known: None) -> None:
    text = " ".join(run(DESK).stdout.split())
    for words in (
        "40,000 * no plan",
        "60 1,200 too near to tell",
        "labour: at 0.310 of its price or less it leads; at 0.330 or more =vendor does.",
        "technology: not even for nothing would it lead.",
        "labour: at 0.990 of its price or less it leads; at its price the two are too near to tell.",
        "technology: not surely, even for nothing.",
    ):
        assert words in text


def test_what_cannot_be_written_is_printed_all_the_same(
    known: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"

    def full(text: str, path: Path) -> None:
        raise wrong("--out", f"{path} cannot be written: no space left")

    monkeypatch.setattr("planner.cli.one_file.write_file", full)
    result = run(DESK, "--out", str(out))

    assert result.exit_code == 2
    assert "Cheapest by contacts a day" in result.stdout
    assert "no space left" in result.stderr


@pytest.mark.parametrize(
    "words, said",
    [
        (
            ["--volumes", "few"],
            "--volumes: must be numbers with commas between (got 'few'; write 50,100,200,300,500,800,1200)",
        ),
        (
            ["--volumes", "100,0"],
            "--volumes: must each be at least 1 (got '100,0'; write 50,100,200,300,500,800,1200)",
        ),
        (["--gap", "1"], "--gap: must be at least 0 and below 1 (got 1; 0.01 is 1 %)"),
        (["--time-limit", "0"], "--time-limit: must be above 0 (got 0)"),
        (["--tolerance", "5"], "--tolerance: must be above 0 and below 1 (got 5; 0.05 is 5 %)"),
        (["--workers", "0"], "--workers: must be 1 to 64 (got 0)"),
    ],
)
def test_what_cannot_be_swept_is_told(words: list[str], said: str) -> None:
    result = run(DESK, *words)

    assert (result.exit_code, result.stderr.strip()) == (2, said)


def test_a_scenario_without_alternatives_is_told_how_to_write_them() -> None:
    result = run(str(ROOT / "scenarios" / "minimal.yaml"))

    assert result.exit_code == 2
    assert "scenario: sourcing: is missing; name two alternatives or more, such as " in result.stderr


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_at_the_articles_midpoints_a_vendors_minute_is_never_undercut() -> None:
    found = Sourcing.model_validate_json(run(DESK, "--quiet", "--json").stdout)
    assert [lead.alternative for lead in found.leads] == ["by the minute"]
    beaten = {never.alternative: never for never in found.never}
    assert set(beaten) == {"by the seat", "saas", "own platform"}
    labour = {name: never.prices[0].surely_below or 0.0 for name, never in beaten.items()}
    assert 0.5 < labour["by the seat"] < 0.75
    assert 0.2 < labour["own platform"] <= labour["saas"] < 0.4
