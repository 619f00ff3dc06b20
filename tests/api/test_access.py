"""Who may call, how often, and how much: keys, rates, limits, and pages that a browser shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.rates import Rates
from api.settings import Limits, Settings
from api.store.database import Database, opened
from api.store.keys import all_keys, create_key, revoke_key
from api.store.migration import migrate
from tests.api.asking import FORECAST, SCENARIO, changed, faults, problem_of


@pytest.fixture
def known(url: str) -> Iterator[Database]:
    database = opened(url)
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def guarded(settings: Settings, known: Database) -> Iterator[TestClient]:
    """A server that wants keys."""
    with TestClient(create_app(replace(settings, keys=True))) as asking:
        yield asking


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


@pytest.mark.parametrize(
    "sent", [{}, bearer("nothing"), {"authorization": "Basic YTpi"}, bearer("planner_é")]
)
def test_without_a_key_nobody_gets_in(guarded: TestClient, sent: dict[str, str]) -> None:
    headers = {name.encode(): value.encode("latin-1") for name, value in sent.items()}
    for path in ("/plans", "/metrics", "/plans/x", "/plans/x/events"):
        response = guarded.get(path, headers=headers)
        problem_of(response, 401)
        assert response.headers["www-authenticate"].startswith("Bearer")
    problem_of(guarded.post("/plans", json=changed(), headers=headers), 401)
    problem_of(guarded.post("/erlang", json={}, headers=headers), 401)


@pytest.mark.parametrize("path", ["/health", "/schema", "/openapi.json"])
def test_what_is_nobodys_secret_needs_no_key(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 200


def test_plans_are_seen_with_their_own_key_alone(guarded: TestClient, known: Database) -> None:
    ann, bob = bearer(create_key(known, "ann")), bearer(create_key(known, "bob"))
    plan = guarded.post("/plans", json=changed(), headers=ann).json()["id"]

    assert [each["id"] for each in guarded.get("/plans", headers=ann).json()["plans"]] == [plan]
    assert guarded.get("/plans", headers=bob).json()["plans"] == []
    for path in ("", "/events", "/workbook", "/certificate"):
        problem_of(guarded.get(f"/plans/{plan}{path}", headers=bob), 404)
    problem_of(guarded.delete(f"/plans/{plan}", headers=bob), 404)
    assert guarded.get(f"/plans/{plan}", headers=ann).json()["state"] == "queued"


def test_a_revoked_key_is_refused_at_once(guarded: TestClient, known: Database) -> None:
    ann = bearer(create_key(known, "ann"))
    assert guarded.get("/plans", headers=ann).status_code == 200

    revoke_key(known, all_keys(known)[0].id)

    problem_of(guarded.get("/plans", headers=ann), 401)


@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 200),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, 200),
        ({"host": "[::1]:8000"}, 200),
        ({"host": "rebound.example"}, 403),
        ({"host": "["}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_a_server_without_keys_answers_no_foreign_page(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/plans", headers=headers).status_code == status


def test_more_requests_than_allowed_are_told_when_to_come_again(settings: Settings) -> None:
    slow = replace(settings, limits=Limits(requests_per_minute=12))
    with TestClient(create_app(slow), base_url="http://localhost") as client:
        answers = [client.get("/plans") for _ in range(4)]

        assert [each.status_code for each in answers] == [200, 200, 200, 429]
        problem_of(answers[-1], 429)
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 5
        assert client.get("/health").status_code == 200


def test_a_bucket_fills_steadily_and_each_caller_has_its_own() -> None:
    now = 0.0
    rates = Rates(60, lambda: now)

    assert [rates.wait("ann") for _ in range(16)] == [0] * 15 + [1]
    assert rates.wait("bob") == 0
    now = 2.0
    assert [rates.wait("ann") for _ in range(3)] == [0, 0, 1]
    now = 1000.0
    assert [rates.wait("ann") for _ in range(16)] == [0] * 15 + [1]


def test_more_plans_than_may_wait_are_refused_until_one_has_ended(settings: Settings) -> None:
    few = replace(settings, limits=Limits(waiting_plans=1))
    with TestClient(create_app(few), base_url="http://localhost") as client:
        plan = client.post("/plans", json=changed()).json()["id"]
        refused = client.post("/plans", json=changed())
        assert "1 of your plans" in problem_of(refused, 429)["detail"]
        assert refused.headers["retry-after"]

        client.delete(f"/plans/{plan}")

        assert client.post("/plans", json=changed()).status_code == 202


def test_every_size_has_a_limit_and_all_that_are_passed_are_told(settings: Settings) -> None:
    small = Limits(intervals=23, queues=1, patterns=1, plan_seconds=10)
    queues = dict.fromkeys(("sales", "care"), SCENARIO["queues"]["sales"])
    staff = SCENARIO["pools"]["staff"] | {"queues": ["sales", "care"]}
    shifts = staff["shifts"] | {"starts": ["08:00", "09:00"]}
    scenario = SCENARIO | {"queues": queues, "pools": {"staff": staff | {"shifts": shifts}}}
    forecast = [row | {"queue": queue} for queue in queues for row in FORECAST]
    with TestClient(create_app(replace(settings, limits=small)), base_url="http://localhost") as client:
        found = faults(client.post("/plans", json={"scenario": scenario, "forecast": forecast}))

    assert list(found) == [
        "/scenario/calendar/days",
        "/scenario/queues",
        "/scenario/solver/time_limit_seconds",
        "/scenario/pools",
    ], found
    assert "at most 23" in found["/scenario/calendar/days"]


def test_a_rule_with_more_shapes_than_anyone_can_choose_among_points_to_its_pool(client: TestClient) -> None:
    pause = {"minutes": 15, "from_hours": 0.25, "to_hours": 7.5, "every_minutes": 1}
    shifts = {
        "starts": {"from": "00:00", "to": "23:59", "every_minutes": 1},
        "lengths_hours": 8,
        "breaks": [pause],
    }
    pools = {"staff": SCENARIO["pools"]["staff"] | {"shifts": shifts}}

    assert "/scenario/pools/staff/shifts" in faults(client.post("/plans", json=changed(pools=pools)))


def test_the_limits_are_published(client: TestClient) -> None:
    assert client.get("/health").json()["limits"]["body_bytes"] == 2_000_000
