"""What the server tells of itself: health, metrics, logs, the formulas, the OpenAPI."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from api.examples import ERLANG
from api.store.database import Database
from planner.cli.erlang_answer import answer
from planner.cli.erlang_question import Offered, asked
from planner.scenario.schema import scenario_schema
from tests.api.asking import changed, faults, problem_of


def test_health_says_ok(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"


def test_the_schema_is_that_of_the_library(client: TestClient) -> None:
    assert client.get("/schema").json() == scenario_schema()


def test_every_answer_has_an_id_and_a_plain_one_of_the_caller_is_kept(client: TestClient) -> None:
    assert client.get("/health", headers={"x-request-id": "mine-1"}).headers["x-request-id"] == "mine-1"
    assert len(client.get("/health", headers={"x-request-id": "no\ttabs"}).headers["x-request-id"]) == 32
    assert client.get("/nothing").headers["x-request-id"]


def test_metrics_count_requests_and_plans(client: TestClient) -> None:
    client.post("/plans", json=changed())
    client.get("/plans/x")

    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
    }

    assert found["planner_plans", "queued"] == 1
    assert found["planner_requests_total", "/plans", "202", "POST"] == 1
    assert found["planner_requests_total", "/plans/{plan}", "404", "GET"] == 1


def test_a_database_that_does_not_answer_is_told_as_such(client: TestClient, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("ALTER TABLE plans RENAME TO gone"))

    assert problem_of(client.get("/plans"), 503)["detail"]
    assert client.get("/plans").headers["retry-after"]
    problem_of(client.get("/health"), 503)


def test_the_formulas_answer_as_the_command_does(client: TestClient) -> None:
    found = client.post("/erlang", json=ERLANG).json()
    question = asked(Offered("a", 120, "30min", 240, 120), 18, 20, {})

    assert found == answer(question) | {"blocking": None}


@pytest.mark.parametrize(
    "model, rest",
    [("b", {"answer_rate": 0.99}), ("c", {"service_level": 0.8}), ("a", {"average_wait_seconds": 20})],
)
def test_the_formulas_size_as_the_command_does(client: TestClient, model: str, rest: dict[str, Any]) -> None:
    body = ERLANG | {"model": model, "patience_seconds": 120 if model == "a" else None, "agents": None} | rest
    targets = {name.removesuffix("_seconds"): value for name, value in rest.items()}
    question = asked(Offered(model, 120, "30min", 240, body["patience_seconds"]), None, 20, targets)

    assert client.post("/erlang", json=body).json()["agents"] == answer(question)["agents"]


@pytest.mark.parametrize(
    "change, pointer, said",
    [
        ({"contacts": -1}, "/contacts", "greater than or equal to 0"),
        ({"contacts": "120"}, "/contacts", "valid number"),
        ({"agents": True}, "/agents", "valid number"),
        ({"per": "soon"}, "/per", "30min"),
        ({"patience_seconds": None}, "/patience_seconds", "missing"),
        ({"answer_rate": 0.9}, "/agents", "cannot go with targets: give agents"),
        ({"agents": None, "service_level": 80}, "/service_level", "write 0.8"),
        ({"model": "c"}, "/patience_seconds", "belongs to model a"),
        ({"more": 1}, "/more", "not permitted"),
    ],
)
def test_a_wrong_question_is_told_field_by_field(
    client: TestClient, change: dict[str, Any], pointer: str, said: str
) -> None:
    found = faults(client.post("/erlang", json=ERLANG | change))

    assert said in found[pointer]
    assert "--" not in json.dumps(found)


@pytest.mark.parametrize("path", ["/erlang", "/comparisons"])
def test_a_body_that_is_no_text_at_all_is_told_as_documented(client: TestClient, path: str) -> None:
    refused = client.post(path, content=b"\xa7{", headers={"content-type": "application/json"})

    problem_of(refused, 400)
    assert "400" in client.get("/openapi.json").json()["paths"][path]["post"]["responses"]


def test_the_openapi_shows_the_documents_of_the_library(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    bodies = document["paths"]["/plans"]["post"]["requestBody"]["content"]
    assert set(bodies) == {"application/json", "multipart/form-data"}
    asked = document["components"]["schemas"]["PlanAsked"]["properties"]
    assert asked["scenario"]["$ref"] == "#/components/schemas/Scenario"
    assert (
        document["components"]["schemas"]["Scenario"]["properties"].keys()
        == scenario_schema()["properties"].keys()
    )
    assert {"Plan", "Certificate", "ProblemDetails"} <= set(document["components"]["schemas"])
    assert "422" in document["paths"]["/plans"]["post"]["responses"]


def test_every_reference_of_the_openapi_leads_somewhere(client: TestClient) -> None:
    text = client.get("/openapi.json").text
    schemas = json.loads(text)["components"]["schemas"]
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}

    assert named <= set(schemas)
