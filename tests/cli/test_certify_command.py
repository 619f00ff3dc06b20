"""`planner certify` as a person and as a program use it, on a morning of 5 erlangs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from planner.certificate import Certificate, certify
from planner.cli.app import app
from tests.certificate.rosters import staffed

FEW = ("--replications", "50")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["certify", *words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a plan lies that has people enough."""
    (tmp_path / "plan.json").write_text(staffed(9).to_json())
    return tmp_path


def test_the_verdict_comes_first_and_what_it_rests_on_last(folder: Path) -> None:
    result = run(str(folder), *FEW)

    assert result.exit_code == 0
    assert result.stdout.startswith("small  every promise is kept\n")
    words = ("Promises", "Worst intervals", "Prediction off by", "Tolerance", "95 %, of every", "seed 1")
    for word in words:
        assert word in result.stdout
    assert result.stderr == ""


def test_a_broken_plan_is_no_failure_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(staffed(4).to_json())

    result = run(str(tmp_path), *FEW)

    assert result.exit_code == 0
    assert "NOT every promise is kept" in result.stdout
    assert "✗ BROKEN" in result.stdout


def test_an_open_verdict_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(staffed(7).to_json())

    result = run(str(tmp_path), "--replications", "4")

    assert "not decided whether every promise is kept" in result.stdout
    assert "--replications 16" in result.stdout


def test_json_is_the_certificate_and_nothing_else(folder: Path) -> None:
    result = run(str(folder / "plan.json"), "--json", "--seed", "3", *FEW)

    found = Certificate.model_validate_json(result.stdout)
    assert json.loads(result.stdout)["schema"] == "planner.certificate/1"
    assert (found.verdict, found.replay.seed, found.replay.most_replications) == ("kept", 3, 50)
    assert result.stderr == ""


def test_the_same_seed_prints_the_same_apart_from_the_seconds(folder: Path) -> None:
    one, other = (re.sub(r"\d+\.\d s", "", run(str(folder), *FEW).stdout) for _ in range(2))
    assert one == other


def test_the_file_holds_the_certificate_that_was_printed(folder: Path) -> None:
    result = run(str(folder), "--json", "--out", str(folder / "new" / "place"), *FEW)

    (written,) = (folder / "new" / "place").iterdir()
    assert written.name == "certificate.json"
    assert Certificate.model_validate_json(written.read_text()) == Certificate.model_validate_json(
        result.stdout
    )


def test_a_certificate_may_lie_beside_its_plan(folder: Path) -> None:
    assert run(str(folder), "--out", str(folder), *FEW).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["certificate.json", "plan.json"]


def broken_pool(document: dict[str, Any]) -> None:
    document["seats"][0]["pool"] = "theirs"


def no_scenario(document: dict[str, Any]) -> None:
    document["inputs"]["scenario"] = {"name": "small"}


@pytest.mark.parametrize(
    "change, said",
    [(broken_pool, "plan: seats.0.pool: is none of the scenario"), (no_scenario, "inputs.scenario")],
)
def test_a_plan_that_was_spoilt_by_hand_is_bad_input(
    folder: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    document = json.loads((folder / "plan.json").read_text())
    change(document)
    (folder / "plan.json").write_text(json.dumps(document))

    result = run(str(folder))

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize("name", ["nothing", "other.csv"])
def test_what_is_no_plan_is_bad_input(folder: Path, name: str) -> None:
    (folder / "other.csv").write_text("start,queue\n")

    as_text, as_json = run(str(folder / name)), run(str(folder / name), "--json")

    assert (as_text.exit_code, as_json.exit_code) == (2, 2)
    assert as_text.stderr.count("\n") == 1
    assert json.loads(as_json.stdout)["status"] == "invalid"


@pytest.mark.parametrize("words", [("--seed", "-1"), ("--replications", "1"), ("--seconds", "-2")])
def test_an_option_out_of_range_is_refused(folder: Path, words: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, ["certify", str(folder), *words])

    assert result.exit_code == 2
    assert words[0] in result.stderr


def test_a_folder_that_cannot_be_written_is_refused_before_the_replay(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.certificate.certify", lambda *given, **more: pytest.fail("replayed"))
    (folder / "certificate.json").mkdir()

    result = run(str(folder), "--out", str(folder))

    assert result.exit_code == 2
    assert "certificate.json" in result.stderr


def test_a_certificate_that_cannot_be_written_any_more_is_printed_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*given: Any, **more: Any) -> Certificate:
        (folder / "out").write_text("a file has come where the folder was to be")
        return certify(*given, **more)

    monkeypatch.setattr("planner.certificate.certify", spoilt)

    result = run(str(folder), "--out", str(folder / "out"), *FEW)

    assert result.exit_code == 2
    assert "every promise is kept" in result.stdout
    assert "--out" in result.stderr
