"""Whatever is fed to a reader: InvalidInput or success, and nothing else.

PLANNER_FUZZ_SECONDS is how long each test with -m slow goes on; what fails belongs in corpus/.
"""

from __future__ import annotations

import json
import os
import random
import string
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.settings import Settings
from planner.contracts.reading import quotes_in
from planner.errors import InvalidInput
from planner.forecast.reading import table_in
from planner.problem import problem_from, problem_in_files
from planner.scenario.reading import read_scenario
from planner.year.reading import year_in
from tests.scenario.samples import FORECAST, SCENARIO

ROOT = Path(__file__).resolve().parents[2]
CORPUS = sorted(path for path in (Path(__file__).parent / "corpus").iterdir())
SEEDS = [path.read_bytes() for path in sorted((ROOT / "scenarios").rglob("*.yaml"))]
CSV = b"start,queue,contacts,handle_time_seconds\n" + b"".join(
    f"{row['start']},presales,{row['contacts']},240\n".encode() for row in FORECAST
)
SECONDS = float(os.environ.get("PLANNER_FUZZ_SECONDS", "60"))
CHANCE = st.integers(0, 2**32).map(random.Random)
QUICK = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
ODD: list[Any] = [
    None, True, "", "x", "\ud800", "\x00", "=1+1", "a" * 1_000, 0, -1, 1e-320, 1e308, -1e308, float("inf"),
    float("nan"), 10**400, 2**63, -0.0, [], {}, [[]], {"": {}}, "2026-02-30", "24:00-24:00", "08:00-08:00",
    "0000-00-00T00:00", "9999-12-31T23:59:59+99:99", "NaN", "1e400", "mon-mon", "always", [None], {"x": None},
    1e-3, 1e7, 1_000_000, "٣", "１２", "\u202e", "🙂",
]  # fmt: skip
PIECES = [
    b"*a",
    b"&a ",
    b"<<: ",
    b"!!int ",
    b"? ",
    b"{",
    b"[",
    b"]",
    b"'",
    b'"',
    b"\x00",
    b"\xff",
    b"- ",
    b"|\n",
]


def harmless(call: Callable[[], object]) -> None:
    """Success or InvalidInput with words in it."""
    try:
        call()
    except InvalidInput as failure:
        told = [mistake.problem for mistake in failure.mistakes]
    else:
        return
    assert all(told)


def read_as_anything(content: bytes) -> None:
    """By every reader of files."""
    harmless(lambda: read_scenario(content, "f"))
    harmless(lambda: quotes_in(content, "f"))
    harmless(lambda: year_in(content, "f", Path("nowhere")))
    harmless(lambda: table_in(content, "f"))
    harmless(lambda: problem_in_files(json.dumps(SCENARIO).encode(), content))
    harmless(lambda: problem_in_files(content, CSV))


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, cut, repeated or put in."""
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 4])):
        at = chance.randrange(len(made) + 1)
        way = chance.randrange(4)
        if way == 0:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            made[at:at] = chance.choice(PIECES)
        elif way == 2:
            del made[at : at + chance.randrange(1, 40)]
        else:
            made[at:at] = made[at : at + 60]
    return bytes(made)


def spoil(document: Any, chance: random.Random) -> Any:
    """The document with one value, somewhere, that is odd."""
    made = deepcopy(document)
    here = made
    while True:
        places = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not places:
            return made
        place = chance.choice(places)
        if isinstance(here[place], (dict, list)) and here[place] and chance.random() < 0.8:
            here = here[place]
        elif isinstance(here, dict) and chance.random() < 0.2:
            here[chance.choice(["", "x", "\x1b[2J", "file", "=1"])] = here.pop(place)
            return made
        else:
            here[place] = chance.choice(ODD)
            return made


def asked(client: TestClient, body: Any) -> None:
    """A request's body by the service: a plan that is queued, or a problem that is told."""
    answer = client.post("/plans", content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code in (202, 400, 413, 422), answer.text
    assert answer.status_code == 202 or answer.json()["status"] == answer.status_code


@pytest.fixture
def client(tmp_path: Path) -> Any:
    with TestClient(
        create_app(Settings(database=f"sqlite:///{tmp_path}/p.db", jobs=0)), base_url="http://localhost"
    ) as asking:
        yield asking


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_failed_once_fails_no_more(path: Path) -> None:
    read_as_anything(path.read_bytes())


@QUICK
@given(st.one_of(st.binary(max_size=300), st.text(string.printable, max_size=300).map(str.encode)))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    read_as_anything(content)


@QUICK
@given(st.sampled_from(sorted(SEEDS, key=len)[:3]), CHANCE)
def test_a_spoiled_scenario_is_refused_or_read(content: bytes, chance: random.Random) -> None:
    harmless(lambda: read_scenario(spoiled(content, chance), "f"))


@QUICK
@given(CHANCE)
def test_a_spoiled_forecast_is_refused_or_read(chance: random.Random) -> None:
    harmless(lambda: problem_in_files(json.dumps(SCENARIO).encode(), spoiled(CSV, chance)))


@settings(QUICK, max_examples=300)
@given(CHANCE)
def test_a_document_with_an_odd_value_is_refused_or_read(chance: random.Random) -> None:
    document: Any = spoil(SCENARIO, chance) if chance.random() < 0.7 else SCENARIO
    rows: Any = spoil(FORECAST, chance) if chance.random() < 0.7 else FORECAST
    harmless(lambda: problem_from(document, rows))


@settings(QUICK, max_examples=100)
@given(chance=CHANCE)
def test_a_request_with_an_odd_value_is_answered(client: TestClient, chance: random.Random) -> None:
    asked(client, spoil({"scenario": SCENARIO, "forecast": FORECAST, "certify": False}, chance))


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_for_as_long_as_asked_whatever_is_fed_is_refused_or_read(client: TestClient) -> None:
    chance = random.Random(time.time_ns())
    whole = [read_scenario(content, "f").model_dump(mode="json", by_alias=True) for content in scenarios()]
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        kept = chance.getstate()
        try:
            one_round(client, whole, chance)
        except Exception as failure:
            failure.add_note(f"the state of chance begins {kept[1][:2]}")
            raise


def one_round(client: TestClient, whole: list[Any], chance: random.Random) -> None:
    """One of each."""
    read_as_anything(spoiled(chance.choice(SEEDS), chance))
    read_as_anything(spoiled(CSV, chance))
    harmless(lambda: problem_from(spoil(chance.choice(whole), chance), FORECAST))
    asked(client, spoil({"scenario": chance.choice(whole), "forecast": FORECAST}, chance))


def scenarios() -> list[bytes]:
    """The seeds that are scenarios."""
    found = []
    for content in SEEDS:
        try:
            read_scenario(content, "f")
        except InvalidInput:
            continue
        found.append(content)
    return found
