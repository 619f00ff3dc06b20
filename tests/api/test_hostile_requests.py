"""Requests that want files of the server, forge its log, or are no text at all."""

from __future__ import annotations

import json
import logging
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.asking import CSV, FORECAST, SCENARIO, changed

PATHS = ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "s.csv", "", "//host/share", "C:\\s.csv"]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_in_a_scenario_is_refused_where_it_stands(client: TestClient, path: str) -> None:
    answer = client.post("/plans", json=changed(forecast={"file": path}))
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/scenario/forecast/file"]
    assert "is not read over HTTP" in answer.json()["errors"][0]["detail"]


def test_a_link_beside_an_uploaded_scenario_is_not_followed(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("very,secret\n")
    (tmp_path / "forecast.csv").symlink_to(secret)
    monkeypatch.chdir(tmp_path)
    scenario = json.dumps(SCENARIO | {"forecast": {"file": "forecast.csv"}})
    answer = client.post("/plans", files={"scenario": ("s.yaml", scenario), "forecast": ("f.csv", CSV)})
    assert answer.status_code == 202
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "name", ["../../../tmp/evil", "/etc/passwd", "a\x00b", "\x1b[2J\nforged", "x" * 5_000]
)
def test_an_uploaded_files_name_is_no_path(client: TestClient, tmp_path: Path, name: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    files = {"scenario": (name, json.dumps(SCENARIO)), "forecast": (name, CSV)}
    answer = client.post("/plans", files=files)
    assert answer.status_code in (202, 400, 422)
    assert "etc/passwd" not in answer.text
    new = [path.name for path in sorted(tmp_path.rglob("*")) if path not in before]
    assert all(path.startswith("planner.db") for path in new)


def test_a_name_in_a_request_forges_no_line_of_the_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/plans/%0A%7B%22event%22%3A%22forged%22%7D%1B%5B2J", headers={"X-Request-ID": "a b"})
        client.post("/plans", json=changed(name='x\n{"event": "forged"}'))
    from api.lines import configure_logs

    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        configure_logs()
        lines = [root.handlers[0].format(record) for record in caplog.records]
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert lines
    for line in lines:
        assert line.isprintable()
        assert json.loads(line)["event"] != "forged"


BODIES: list[bytes] = [
    b"",
    b"\x00",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    json.dumps(changed()).encode("utf-16"),
    b"\xef\xbb\xbf" + json.dumps(changed()).encode(),
    json.dumps(changed()).replace("240", "1e400").encode(),
    json.dumps(changed()).replace("240", "NaN").encode(),
    json.dumps(changed()).replace("240", "9" * 5_000).encode(),
    json.dumps(changed()).replace("Monday", "\\ud800").encode(),
    json.dumps(changed()).replace('"sales"', '"\\u0000"').encode(),
    b"true",
    b'{"scenario": [], "forecast": 5}',
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_request_is_refused_in_words(client: TestClient, body: bytes) -> None:
    answer = client.post("/plans", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (202, 400, 422), answer.text
    assert "Traceback" not in answer.text
    if answer.status_code != 202:
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "place, value",
    [
        ("contacts", 1e308),
        ("contacts", -1),
        ("contacts", 1e7),
        ("handle_time_seconds", 0),
        ("contacts", True),
    ],
)
def test_a_number_beyond_reason_is_refused_or_can_be_planned(
    client: TestClient, place: str, value: Any
) -> None:
    rows = deepcopy(FORECAST)
    rows[0][place] = value
    answer = client.post("/plans", json={"scenario": SCENARIO, "forecast": rows})
    assert answer.status_code in (202, 422)
    assert answer.status_code == 202 or answer.json()["errors"]
