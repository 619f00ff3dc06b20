"""What a scenario means once it is read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from planner.errors import InvalidInput
from planner.scenario.checks import notes
from planner.scenario.reading import read_scenario, scenario_from, scenario_in
from planner.scenario.scenario import Scenario
from planner.scenario.schema import scenario_schema
from tests.scenario.samples import SCENARIO, changed

ROOT = Path(__file__).resolve().parents[2]
TEXT = b"""
name: small
currency: CNY
calendar: {start: 2026-03-02, days: 1, time_zone: Asia/Shanghai, cyclic: no}
queues:
  presales: {patience_seconds: 90, open: {mon: 08:00-10:00}}
pools:
  own: &own
    kind: in_house
    queues: presales
    pay: {by: hour, wage: 30}
    shifts: {starts: 8:00, lengths_hours: 2}
  more:
    <<: *own
    kind: remote
"""


def test_times_stay_times_and_one_thing_needs_no_list() -> None:
    scenario = read_scenario(b"\xef\xbb\xbf" + TEXT, "s.yaml")
    rule = scenario.pools["own"].shifts[0]
    assert (rule.starts, rule.lengths_hours) == (("8:00",), (2,))
    assert scenario.pools["own"].queues == ("presales",)
    assert scenario.pools["more"].kind == "remote"
    assert not scenario.calendar.cyclic


def test_a_resolved_scenario_reads_back_the_same() -> None:
    scenario = read_scenario(TEXT, "s.yaml")
    dumped = json.loads(json.dumps(scenario.model_dump(mode="json", by_alias=True)))
    assert scenario_from(dumped).scenario == scenario


def test_a_wait_that_cannot_bind_is_noted_up_to_600_seconds_of_patience() -> None:
    """30 s = (1 - 0.95) x 600 s: mean wait over all offered is the share that leaves x mean patience."""
    patient = {
        seconds: Scenario.model_validate(changed("queues/presales/patience_seconds", seconds))
        for seconds in (600, 601)
    }
    assert len(notes(patient[600])) == 1
    assert "binds when patience exceeds 600 s" in notes(patient[600])[0]
    assert notes(patient[601]) == ()


OTHERS = {*ROOT.glob("scenarios/quotes/*.yaml"), *ROOT.glob("scenarios/year/*.yaml")}
SCENARIOS = sorted({*ROOT.glob("scenarios/**/*.yaml")} - OTHERS)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
def test_every_scenario_of_the_repository_fits_the_schema(path: Path) -> None:
    yaml = YAML(typ="safe", pure=True)
    document = json.loads(json.dumps(yaml.load(path), default=str))
    Draft202012Validator(scenario_schema()).validate(document)


def test_the_schema_is_one_and_agrees_with_the_reader_on_a_sample() -> None:
    Draft202012Validator.check_schema(scenario_schema())
    checker = Draft202012Validator(scenario_schema())
    assert checker.is_valid(SCENARIO)
    assert not checker.is_valid(changed("queues/presales/service", {"answer_rate": 95}))
    assert not checker.is_valid(changed("queues/presales/patience", 3))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_scenario_or_mistakes_in_words(content: bytes) -> None:
    with pytest.raises(InvalidInput) as failure:
        read_scenario(content, "s.yaml")
    assert all("\n" not in str(mistake) for mistake in failure.value.mistakes)


@given(st.text(alphabet="abc:[]{}&*!|>-#'\"\n ,?%@<1.", max_size=60))
def test_any_yaml_like_text_is_told_in_words(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_scenario(text.encode(), "s.yaml")


def test_scenarios_are_read_without_the_heavy_libraries() -> None:
    program = (
        "import sys, planner.scenario.reading; sys.exit('pandas' in sys.modules or 'pyarrow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_a_confidence_given_beside_the_file_goes_before_its_own() -> None:
    given = TEXT + b"uncertainty: {day_cv: 0.1, confidence: 0.8}\n"
    for text, day_cv in ((TEXT, 0.0), (given, 0.1)):
        found = scenario_in(text, "s.yaml", 0.9).scenario
        assert found is not None
        assert (found.uncertainty.day_cv, found.uncertainty.confidence) == (day_cv, 0.9)
    wrong = scenario_in(TEXT + b"uncertainty: often\n", "s.yaml", 0.9)
    assert [mistake.place for mistake in wrong.mistakes] == ["uncertainty"]


def test_confidence_without_busyness_is_noted() -> None:
    assert any("asks for nothing" in note for note in notes(_with({"confidence": 0.9})))
    assert not any("asks for nothing" in note for note in notes(_with({"confidence": 0.9, "day_cv": 0.1})))


def test_turnover_without_attrition_is_noted() -> None:
    trained = Scenario.model_validate(changed("pools/own/turnover", {"training_weeks": 3}))
    assert any("turnover costs nothing" in note for note in notes(trained))
    leaving = Scenario.model_validate(changed("pools/own/turnover/monthly_attrition", 0.03))
    assert not any("turnover" in note for note in notes(leaving))


def test_a_preset_stands_for_kind_and_pay_in_the_schema_too() -> None:
    checker = Draft202012Validator(scenario_schema())
    bare = changed("pools/own/kind", None)
    del bare["pools"]["own"]["pay"]
    assert not checker.is_valid(bare)
    bare["pools"]["own"]["preset"] = "remote"
    assert checker.is_valid(bare)
    assert Scenario.model_validate(bare).pools["own"].kind == "remote"


def _with(uncertainty: dict[str, float]) -> Scenario:
    return Scenario.model_validate({**SCENARIO, "uncertainty": uncertainty})
