"""What is sent to POST /plans: read inline or as files, every mistake with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.examples import PLAN
from api.store.database import Database
from api.store.queue import claim
from planner import problem_from
from planner.inputs import problem_in
from planner.plan import Inputs
from tests.api.asking import CSV, FORECAST, SCENARIO, changed, faults, problem_of

JSON = {"content-type": "application/json"}


def test_an_accepted_plan_is_told_with_its_place(client: TestClient) -> None:
    response = client.post("/plans", json=changed())

    assert response.status_code == 202
    assert response.headers["location"] == f"/plans/{response.json()['id']}"
    assert response.json()["state"] == "queued"
    assert response.json()["name"] == "Monday"


def test_the_example_of_the_openapi_is_accepted(client: TestClient) -> None:
    assert client.post("/plans", json=PLAN).status_code == 202


def test_what_is_kept_is_the_problem_that_was_sent(client: TestClient, database: Database) -> None:
    client.post("/plans", json=changed())

    claimed = claim(database, "test", 10)
    assert claimed is not None
    kept = problem_in(Inputs.model_validate_json(claimed.inputs))
    sent = problem_from(SCENARIO, FORECAST)
    assert kept.scenario == sent.scenario
    assert (kept.forecast.contacts == sent.forecast.contacts).all()
    assert (kept.scenario_sha256, kept.forecast_sha256) == (sent.scenario_sha256, sent.forecast_sha256)


@pytest.mark.parametrize("as_files", [True, False])
def test_files_are_read_as_the_command_reads_them(
    client: TestClient, database: Database, as_files: bool
) -> None:
    scenario = json.dumps(SCENARIO | {"forecast": {"file": "monday.csv"}})
    if as_files:
        files = {"scenario": ("s.yaml", scenario), "forecast": ("monday.csv", CSV)}
        response = client.post("/plans", files=files, data={"certify": "true"})
    else:
        response = client.post(
            "/plans", files={"forecast": ("f", CSV)}, data={"scenario": scenario, "certify": "true"}
        )

    assert response.status_code == 202, response.text
    claimed = claim(database, "test", 10)
    assert claimed is not None
    assert claimed.certify
    kept = problem_in(Inputs.model_validate_json(claimed.inputs))
    assert (kept.forecast.contacts == problem_from(SCENARIO, FORECAST).forecast.contacts).all()


def test_mistakes_in_files_are_all_told(client: TestClient) -> None:
    scenario = json.dumps(SCENARIO | {"currency": "euro"})
    wrong = CSV.replace(",20,", ",-20,", 1)

    found = faults(client.post("/plans", files={"scenario": ("s", scenario), "forecast": ("f", wrong)}))

    assert "/scenario/currency" in found
    assert "row 2" in found["/forecast"]


def test_a_forecast_of_another_kind_says_so(client: TestClient) -> None:
    files = {"scenario": ("s", json.dumps(SCENARIO).encode()), "forecast": ("f", b"\x00\x01\x02")}

    assert "CSV" in faults(client.post("/plans", files=files))["/forecast"]


@pytest.mark.parametrize(
    "files, data, said",
    [
        ({"scenario": ("s", "name: x")}, {}, "forecast is missing"),
        ({"scenario": ("s", "x"), "forecast": ("f", "x")}, {"more": "1"}, "more is not known"),
        ({"scenario": ("s", "x"), "forecast": ("f", "x")}, {"certify": "maybe"}, "true or false"),
    ],
)
def test_a_form_with_other_parts_is_refused(
    client: TestClient, files: dict[str, Any], data: dict[str, str], said: str
) -> None:
    assert said in problem_of(client.post("/plans", files=files, data=data), 422)["detail"]


def test_a_broken_form_is_a_problem_of_the_sender(client: TestClient) -> None:
    headers = {"content-type": "multipart/form-data"}

    problem_of(client.post("/plans", content=b"--x\r\nnonsense", headers=headers), 400)


def test_a_body_of_another_kind_is_refused(client: TestClient) -> None:
    problem_of(client.post("/plans", content=b"a: 1", headers={"content-type": "application/yaml"}), 415)


def test_every_mistake_points_into_the_body(client: TestClient) -> None:
    queues = {"sales": {"patience_seconds": 120, "service": {"answer_rate": 95}}}
    body = changed(queues=queues, currency="euro")
    body["forecast"] = [FORECAST[0] | {"contacts": -3}, *FORECAST[1:]]

    found = faults(client.post("/plans", json=body))

    assert "/scenario/queues/sales/service/answer_rate" in found
    assert "0.95" in found["/scenario/queues/sales/service/answer_rate"]
    assert "/scenario/currency" in found
    assert "/forecast/0" in found


def test_a_mistake_in_a_column_names_its_row(client: TestClient) -> None:
    columns = {name: [row[name] for row in FORECAST] for name in FORECAST[0]}
    body = {"scenario": SCENARIO, "forecast": columns | {"contacts": [20, -1, 20, 20]}}

    assert "row 2" in faults(client.post("/plans", json=body))["/forecast"]


def test_a_name_with_dots_and_slashes_is_pointed_to(client: TestClient) -> None:
    queues = SCENARIO["queues"] | {"a.b/c~d": {"patience_seconds": -1}}

    assert "/scenario/queues/a.b~1c~0d/patience_seconds" in faults(
        client.post("/plans", json=changed(queues=queues))
    )


def test_a_forecast_file_is_refused(client: TestClient) -> None:
    response = client.post("/plans", json=changed(forecast={"file": "/etc/passwd"}))

    assert list(faults(response)) == ["/scenario/forecast/file"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("place", ["contacts", "wage", "extra"])
def test_no_number_is_a_mistake_and_not_our_fault(client: TestClient, value: str, place: str) -> None:
    text = json.dumps(changed() | ({"extra": "HERE"} if place == "extra" else {}))
    text = text.replace('"contacts": 20', '"contacts": "HERE"', 1) if place == "contacts" else text
    text = text.replace('"wage": 20', '"wage": "HERE"') if place == "wage" else text

    body = text.replace('"HERE"', value)

    problem_of(client.post("/plans", content=body, headers=JSON), 422)


@pytest.mark.parametrize(
    "body, pointer",
    [
        ({"forecast": FORECAST}, "/scenario"),
        ({"scenario": SCENARIO}, "/forecast"),
        ({"scenario": SCENARIO, "forecast": 5}, "/forecast"),
        ({"scenario": SCENARIO, "forecast": FORECAST, "more": 1}, "/more"),
        ({"scenario": SCENARIO, "forecast": FORECAST, "certify": "yes"}, "/certify"),
        ([], ""),
    ],
)
def test_a_body_of_another_shape_is_pointed_out(client: TestClient, body: Any, pointer: str) -> None:
    assert list(faults(client.post("/plans", json=body))) == [pointer]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"scenario": {"name": "\\ud800"}}']
)
def test_what_is_no_json_is_a_problem_of_the_sender(client: TestClient, content: bytes) -> None:
    problem_of(client.post("/plans", content=content, headers=JSON), 422)


def test_a_body_that_is_too_large_is_refused_by_its_declared_length(client: TestClient) -> None:
    problem_of(client.post("/plans", content=b" " * 2_000_001, headers=JSON), 413)


def test_a_body_that_is_too_large_is_refused_while_it_streams(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(3):
            yield b" " * 1_000_000

    problem_of(client.post("/plans", content=parts(), headers=JSON), 413)


def test_an_upload_that_is_too_large_is_refused(client: TestClient) -> None:
    files = {"scenario": ("s", b"name: x"), "forecast": ("f", b"x" * 2_000_000)}

    problem_of(client.post("/plans", files=files), 413)
