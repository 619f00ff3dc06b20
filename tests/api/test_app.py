"""The service over HTTP: mistakes are problem details with pointers, no plan is a result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.body_limit import MOST_BYTES
from planner.errors import NoPlanExists, OutOfTime, SolverFailed
from planner.plan import Plan
from tests.report.sample_plan import sample_plan

SCENARIO: dict[str, Any] = {
    "name": "Monday",
    "currency": "EUR",
    "calendar": {"start": "2026-06-15", "days": 1, "interval_minutes": 60, "time_zone": "Europe/Berlin"},
    "queues": {"sales": {"patience_seconds": 120, "open": {"mon": "08:00-12:00"}}},
    "pools": {
        "staff": {
            "kind": "in_house",
            "queues": ["sales"],
            "pay": {"by": "hour", "wage": 20},
            "shifts": {"starts": ["08:00"], "lengths_hours": 4},
        }
    },
}
FORECAST = [
    {"start": f"2026-06-15T{hour:02}:00:00", "queue": "sales", "contacts": 20, "handle_time_seconds": 240}
    for hour in range(8, 12)
]


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app()) as opened:
        yield opened


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert isinstance(found, dict)
    assert found["status"] == status
    return found


def faults(response: Any) -> dict[str, str]:
    return {fault["pointer"]: fault["detail"] for fault in problem_of(response, 422)["errors"]}


def changed(**changes: Any) -> dict[str, Any]:
    return {"scenario": SCENARIO | changes, "forecast": FORECAST}


def test_health_says_ok(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"


def test_a_plan_comes_back_as_the_command_line_prints_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.staffing.make_plan", lambda problem, run: sample_plan())

    response = client.post("/plans", json=changed())

    assert response.status_code == 200
    assert response.text == sample_plan().to_json()


def test_every_mistake_points_into_the_body(client: TestClient) -> None:
    queues = {"sales": {"patience_seconds": 120, "service": {"answer_rate": 95}}}
    body = changed(queues=queues, currency="euro")
    body["forecast"] = [FORECAST[0] | {"contacts": -3}, *FORECAST[1:]]

    found = faults(client.post("/plans", json=body))

    assert "/scenario/queues/sales/service/answer_rate" in found
    assert "0.95" in found["/scenario/queues/sales/service/answer_rate"]
    assert "/scenario/currency" in found
    assert "/forecast/0" in found


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

    problem_of(client.post("/plans", content=body, headers={"content-type": "application/json"}), 422)


@pytest.mark.parametrize(
    "body, pointer",
    [
        ({"forecast": FORECAST}, "/scenario"),
        ({"scenario": SCENARIO}, "/forecast"),
        ({"scenario": SCENARIO, "forecast": 5}, "/forecast"),
        ({"scenario": SCENARIO, "forecast": FORECAST, "more": 1}, "/more"),
        ([], ""),
    ],
)
def test_a_body_of_another_shape_is_pointed_out(client: TestClient, body: Any, pointer: str) -> None:
    assert list(faults(client.post("/plans", json=body))) == [pointer]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"scenario": {"name": "\\ud800"}}'])
def test_what_is_no_json_is_a_problem_of_the_sender(client: TestClient, content: bytes) -> None:
    response = client.post("/plans", content=content, headers={"content-type": "application/json"})

    assert response.status_code in (400, 422)
    problem_of(response, response.status_code)


@pytest.mark.parametrize(
    "failure, status",
    [(NoPlanExists(["8 people are needed, 5 exist"]), "infeasible"), (OutOfTime(), "timeout")],
)
def test_no_plan_is_a_result_with_its_reasons(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, failure: Exception, status: str
) -> None:
    def none(*given: object) -> Plan:
        raise failure

    monkeypatch.setattr("planner.staffing.make_plan", none)

    response = client.post("/plans", json=changed())

    assert response.status_code == 200
    assert response.json()["status"] == status
    assert response.json()["errors"][0]["problem"]


def test_a_solver_that_died_is_our_fault(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*given: object) -> Plan:
        raise SolverFailed("the solver died")

    monkeypatch.setattr("planner.staffing.make_plan", dead)

    assert "the solver died" in problem_of(client.post("/plans", json=changed()), 500)["detail"]


def test_a_body_that_is_too_large_is_refused_by_its_declared_length(client: TestClient) -> None:
    response = client.post(
        "/plans", content=b" " * (MOST_BYTES + 1), headers={"content-type": "application/json"}
    )

    problem_of(response, 413)


def test_a_body_that_is_too_large_is_refused_while_it_streams(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 1_000_000 + 1):
            yield b" " * 1_000_000

    problem_of(client.post("/plans", content=parts(), headers={"content-type": "application/json"}), 413)


def test_a_path_that_does_not_exist_is_a_problem_too(client: TestClient) -> None:
    problem_of(client.get("/nothing"), 404)


def test_a_morning_is_planned_for_real(client: TestClient) -> None:
    plan = Plan.model_validate(client.post("/plans", json=changed()).json())

    assert plan.status == "optimal"
    assert sum(seat.people for seat in plan.seats) > 0
    assert all(row.met for row in plan.service)
