"""`planner plan --certify` as a person, a spreadsheet and a program use it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from planner.certificate import Certificate
from planner.cli.app import app
from planner.plan import read_plan
from tests.scenarios.documents import SCENARIOS

MINIMAL = str(SCENARIOS / "minimal.yaml")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["plan", MINIMAL, *words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a certified plan was written; what was printed lies beside it."""
    out = tmp_path_factory.mktemp("certified")
    result = run("--certify", "--out", str(out))
    assert result.exit_code == 0, result.output
    (out / "printed").write_text(result.stdout)
    return out


def test_rounds_come_with_the_plan_and_the_certificate_after_it(folder: Path) -> None:
    printed = (folder / "printed").read_text()
    parts = ["Seats per shift", "Rounds of repair", "Result", "every promise is kept", "Worst intervals"]
    parts = parts if parts[0] in printed else parts[1:]
    assert [printed.index(part) for part in parts] == sorted(printed.index(part) for part in parts)
    assert max(map(len, printed.splitlines())) <= 80


def test_the_folder_holds_the_certificate_of_the_plan_in_it(folder: Path) -> None:
    plan = read_plan(folder)
    certificate = Certificate.model_validate_json((folder / "certificate.json").read_bytes())
    assert plan.repair is not None
    assert certificate.plan_sha256 == sha256((folder / "plan.json").read_bytes()).hexdigest()
    assert certificate.verdict == "kept"


def test_the_workbook_shows_verdicts_and_rounds(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    verdicts = [row[-1] for row in book["Certificate"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert verdicts == ["kept", "kept"]
    plan = read_plan(folder)
    assert plan.repair is not None
    rounds = [row[0] for row in book["Rounds of repair"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert rounds == [number for number in range(1, len(plan.repair.rounds) + 1) for _ in range(2)]


def test_json_is_the_plan_with_its_certificate_beside(tmp_path: Path) -> None:
    result = run("--certify", "--credit", "--json")
    assert result.exit_code == 0
    (tmp_path / "plan.json").write_text(result.stdout)
    plan, certificate = read_plan(tmp_path), json.loads(result.stdout)["certificate"]
    assert plan.repair is not None
    assert plan.repair.credit
    assert certificate["plan_sha256"] == sha256(plan.to_json().encode()).hexdigest()


def test_credit_without_a_certificate_is_a_mistake() -> None:
    result = run("--credit")
    assert result.exit_code == 2
    assert result.stderr.startswith("--credit: needs --certify")


def test_a_place_for_the_certificate_is_looked_for_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "certificate.json").mkdir()
    result = run("--certify", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "certificate.json: is a folder; move it away" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["certificate.json"]
