"""Names from files on a terminal and in the log: they end no line, command nothing and stand as written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InvalidInput
from planner.plan import read_plan
from planner.report.text import print_plan
from tests.report.sample_plan import sample_plan
from tests.scenario.samples import changed, mistakes

FORGED = "x\x1b[2J\x1b]0;title\x07\nscenario: ok\r\x9b31m\u202e"


def asked(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `planner`."""
    ended = CliRunner().invoke(app, list(arguments))
    return ended.exit_code, ended.stdout, ended.stderr


@pytest.mark.parametrize("what", ["the file's name", "the forecast's columns", "the forecast's name"])
def test_a_mistake_is_one_line_without_commands(what: str, tmp_path: Path) -> None:
    scenario = tmp_path / (FORGED if what == "the file's name" else "s.yaml")
    forecast = tmp_path / (FORGED if what == "the forecast's name" else "f.csv")
    document = changed("currency", "no") if what == "the file's name" else changed("forecast/sheet", "s")
    scenario.write_text(json.dumps(document))
    column = FORGED.replace("\n", "").replace("\r", "")
    forecast.write_text(f"{column},queue\n1,2\n")
    code, _, told = asked("plan", str(scenario), "--forecast", str(forecast))
    assert code == 2
    assert "x\\x1b[2J" in told
    assert all(line.isprintable() for line in told.split("\n"))
    assert not any(line.startswith("scenario: ok") for line in told.split("\n"))


def test_a_name_that_is_no_text_is_told_as_json_too(tmp_path: Path) -> None:
    code, told, _ = asked("plan", "\udcff.yaml", "--json")
    assert code == 2
    assert json.loads(told)["errors"][0]["problem"].startswith("cannot be read")


@pytest.mark.parametrize("place", ["name", "queues/presales/business_line"])
def test_a_name_with_commands_is_no_name(place: str) -> None:
    told = mistakes(changed(place, FORGED))
    assert any("must be printable text" in line for line in told)
    assert all(line.isprintable() for line in told)


def test_a_plan_with_commands_in_it_is_no_plan_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(sample_plan(scenario="x\x1b[2J").to_json())
    with pytest.raises(InvalidInput, match="is not a plan of ours: it holds control characters"):
        read_plan(path)


def test_a_plan_of_brackets_is_no_plan_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("[" * 100_000)
    with pytest.raises(InvalidInput, match="is not a plan of ours: nested too deeply"):
        read_plan(path)


def test_marks_of_the_terminal_library_are_printed_as_they_stand() -> None:
    memory = io.StringIO()
    plan = sample_plan(scenario="[red]Peak[/red] :smile: [link=https://example.org]")
    named = tuple(row.model_copy(update={"queue": "[/bold][blink]"}) for row in plan.service)
    print_plan(plan.model_copy(update={"service": named}), Console(file=memory, width=200, highlight=False))
    assert "[red]Peak[/red] :smile: [link=https://example.org]" in memory.getvalue()
    assert "[/bold][blink]" in memory.getvalue()
