"""`planner contracts` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.contracts import Comparison
from tests.certificate.rosters import staffed

ROOT = Path(__file__).resolve().parents[2]
VENDORS = str(ROOT / "scenarios" / "quotes" / "vendors.yaml")
MINIMAL = str(ROOT / "scenarios" / "minimal.yaml")
PLAIN = """name: q
currency: CNY
talk_seconds_per_contact: 180
{}vendors:
  a: {{by: minute, tiers: {{price: 1.2}}}}
"""


def run(*words: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(app, ["contracts", *words])


@pytest.fixture
def plain(tmp_path: Path) -> str:
    (tmp_path / "q.yaml").write_text(PLAIN.format("talk_share_of_handle_time: 0.5\n"))
    return str(tmp_path / "q.yaml")


def test_fees_leads_and_notes_are_on_standard_output() -> None:
    result = run(VENDORS)

    assert (result.exit_code, result.stderr) == (0, "")
    for words in ("Fees of a month, CNY", "Cheapest by minutes of talk", "Before you sign", "fees meet"):
        assert words in result.stdout
    assert "6,957" in result.stdout
    assert "falls below 85 % with probability 15.87 %" in " ".join(result.stdout.split())


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_fit_the_terminal(columns: int) -> None:
    result = run(VENDORS, "--scenario", MINIMAL, columns=columns)

    assert all(len(line) <= columns for line in result.stdout.splitlines())
    assert "…" not in result.stdout


def test_json_is_the_comparison_and_nothing_else() -> None:
    result = run(VENDORS, "--json")

    found = Comparison.model_validate_json(result.stdout)
    assert json.loads(result.stdout)["schema"] == "planner.contracts/1"
    assert {offer.vendor for offer in found.offers} == {"seats", "falling", "capped", "plain"}
    assert found.forecast is None


def test_the_file_has_a_row_per_volume_and_vendor(plain: str, tmp_path: Path) -> None:
    out = tmp_path / "fees.csv"

    result = run(plain, "--from", "100", "--to", "300", "--step", "100", "--out", str(out))

    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    assert [float(row["talk_minutes"]) for row in rows] == [100, 200, 300]
    assert [float(row["fee"]) for row in rows] == pytest.approx([120, 240, 360])
    assert {row["cheapest"] for row in rows} == {"yes"}


def test_a_plan_brings_the_contacts_that_reach_its_people(plain: str, tmp_path: Path) -> None:
    plan = staffed(9)
    (tmp_path / "plan.json").write_text(plan.to_json())

    found = json.loads(run(plain, "--plan", str(tmp_path), "--json").stdout)["forecast"]

    minutes = sum(row.contacts * row.handle_time_seconds for row in plan.agents) * 0.5 / 60
    assert found["talk_minutes"] == pytest.approx(minutes / found["months"])
    assert found["source"] == "the plan's contacts that reach people"


def test_a_scenario_brings_its_forecast_scaled_to_a_month(plain: str) -> None:
    result = run(plain, "--scenario", MINIMAL)

    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "A month of the forecast, before any AI" in words
    assert "scaled from a horizon of" in words


def test_a_queue_is_compared_alone(plain: str) -> None:
    peak = str(ROOT / "scenarios" / "ecommerce" / "peak.yaml")

    every, one = (
        json.loads(run(plain, "--scenario", peak, *more, "--json").stdout)["forecast"]
        for more in ((), ("--queue", "vip"))
    )

    assert one["queues"] == ["vip"]
    assert 0 < one["talk_minutes"] < every["talk_minutes"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--scenario", MINIMAL, "--plan", "x"), "--plan, --scenario: are two sources of contacts; name one"),
        (("--queue", "x"), "--queue: is a queue of a plan or a scenario"),
        (("--scenario", MINIMAL, "--queue", "nowhere"), "--queue: is no queue (got 'nowhere'; "),
        (
            ("--from", "5", "--to", "4"),
            "--from, --to, --step: the volumes rise from 0 or more; write such as",
        ),
        (("--to", "nan"), "--from, --to, --step: the volumes rise"),
        (("--to", "1e6", "--step", "1"), "--from, --to, --step: there are at most 1,000 steps"),
        (("--plan", "nowhere"), "nowhere: cannot be read"),
        (("--out", "nowhere/fees.csv"), "--out: nowhere/fees.csv cannot be written"),
    ],
)
def test_options_that_cannot_be_taken_are_bad_input(plain: str, words: tuple[str, ...], told: str) -> None:
    result = run(plain, *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)


def test_a_forecast_of_agents_has_nothing_to_bill(plain: str, tmp_path: Path) -> None:
    text = Path(MINIMAL).read_text(encoding="utf-8")
    (tmp_path / "minimal.yaml").write_text(text.replace("    service: {answer_rate: 0.95}", ""))
    halves = [f"2026-04-13T{8 + half // 2:02}:{half % 2 * 3}0:00+08:00,calls,3\n" for half in range(24)]
    (tmp_path / "minimal.csv").write_text("start,queue,agents\n" + "".join(halves))

    result = run(plain, "--scenario", str(tmp_path / "minimal.yaml"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--scenario: has no contacts to bill")


def test_a_plan_that_somebody_changed_is_refused(plain: str, tmp_path: Path) -> None:
    changed = staffed(9).to_json().replace('"queue": "calls"', '"queue": "cells"')
    (tmp_path / "plan.json").write_text(changed)

    result = run(plain, "--plan", str(tmp_path))

    assert result.exit_code == 2
    assert "agents: must lie in the plan's own inputs (got cells at " in result.stderr


def test_a_forecast_needs_the_share_of_talk(tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(PLAIN.format(""))

    result = run(str(tmp_path / "q.yaml"), "--scenario", MINIMAL)

    assert result.exit_code == 2
    assert result.stderr.startswith("q.yaml: talk_share_of_handle_time: is missing")


def test_a_seat_needs_its_minutes_of_talk(tmp_path: Path) -> None:
    vendor = (
        "name: q\ncurrency: CNY\ntalk_seconds_per_contact: 180\nvendors:\n  a: {by: seat, price: 6000%s}\n"
    )
    (tmp_path / "q.yaml").write_text(vendor % "")
    (tmp_path / "tiny.yaml").write_text(vendor % ", talk_minutes_per_seat: 1")

    missing, tiny = run(str(tmp_path / "q.yaml")), run(str(tmp_path / "tiny.yaml"), "--to", "50000")

    assert (missing.exit_code, tiny.exit_code) == (2, 2)
    assert missing.stderr.startswith("q.yaml: vendors.a.talk_minutes_per_seat: is missing; it holds: minutes")
    assert "makes 50,000 minutes more than 20,000 seats" in tiny.stderr


def test_mistakes_as_json_are_one_object(tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text("name: q\ncurrency: yuan\nvendors: {a: {by: moon}}\n")

    result = run(str(tmp_path / "q.yaml"), "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, found["status"]) == (2, "", "invalid")
    assert [error["place"] for error in found["errors"]] == [
        "currency",
        "talk_seconds_per_contact",
        "vendors.a.by",
    ]


def test_quotes_may_come_from_standard_input() -> None:
    content = Path(VENDORS).read_bytes()

    piped = CliRunner().invoke(app, ["contracts", "-", "--json"], input=content)

    assert piped.stdout == run(VENDORS, "--json").stdout


def test_a_long_list_of_leads_says_how_many_more_there_are(tmp_path: Path) -> None:
    # n seats of 5,500 minutes lead from 5,000 n to 5,500 n minutes, and from the tenth on for good
    text = PLAIN.format("") + "  b: {by: seat, price: 6000, talk_minutes_per_seat: 5500}\n"
    (tmp_path / "q.yaml").write_text(text)
    words = (str(tmp_path / "q.yaml"), "--from", "0", "--to", "60000", "--step", "60000")

    assert len(json.loads(run(*words, "--json").stdout)["leads"]) == 20
    assert "and 8 more; --json has all" in " ".join(run(*words).stdout.split())
