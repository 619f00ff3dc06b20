"""Plans solved for real by a server of its own process: watched, cancelled, killed, shared."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from planner.plan import Plan
from tests.api.asking import Server, alive, below, changed, kill, long_request, serving, solves, until

LEASE = ("--lease", "1.5")
OPEN = {"queued", "running"}


def states(server: Server) -> dict[str, str]:
    return {plan["id"]: plan["state"] for plan in server.get("/plans?limit=100")["plans"]}


def running(server: Server, plan: str) -> dict[str, Any]:
    """The plan's state, once its solve has told of itself."""
    found: dict[str, Any] = {}

    def told() -> bool:
        found.update(server.get(f"/plans/{plan}"))
        return found["state"] == "running" and found["progress"] is not None

    until(told, 40, server.log)
    return found


def ended(server: Server, plan: str, seconds: float = 60) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def over() -> bool:
        found.update(server.get(f"/plans/{plan}"))
        return found["state"] not in OPEN

    until(over, seconds, server.log)
    return found


def solver_processes(server: Server) -> set[int]:
    return {pid for pid in below(server.process.pid) if alive(pid)}


def test_a_certified_plan_is_made_and_everything_said_on_the_way(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        plan = server.post("/plans", changed() | {"certify": True}, idempotency_key="one")["id"]
        with urlopen(f"{server.url}/plans/{plan}/events", timeout=60) as stream:
            told = stream.read().decode()
        found = server.get(f"/plans/{plan}")

        assert found["state"] == "finished", found
        made = Plan.model_validate(found["plan"])
        assert all(row.met for row in made.service)
        assert found["progress"]["cost"] == made.cost
        assert found["progress"]["bound"] == made.bound
        assert server.get(f"/plans/{plan}/certificate")["promises"]
        assert server.ask("GET", f"/plans/{plan}/workbook")[0] == 200

        events = [event for event in told.split("\n\n") if event.startswith("id: ")]
        assert "event: ended" in events[-1]
        assert json.loads(events[-1].partition("data: ")[2])["state"] == "finished"
        assert all("event: progress" in event for event in events[:-1])

        assert server.stop() == 0
        jobs = [line for line in server.lines() if line["event"] == "job"]
        assert [(line["plan"], line["state"]) for line in jobs] == [(plan, "running"), (plan, "finished")]
        asked = next(line for line in server.lines() if line.get("path") == "/plans")
        assert (asked["plan"], asked["status"], asked["caller"]) == (plan, 202, "local")


def test_a_plan_that_no_rule_allows_ends_as_infeasible(tmp_path: Path) -> None:
    staff = changed()["scenario"]["pools"]["staff"] | {"maximum_seats": 1}
    with serving(tmp_path) as server:
        plan = server.post("/plans", changed(pools={"staff": staff}))["id"]
        found = ended(server, plan)

    assert found["state"] == "infeasible", found
    assert found["failure"]["errors"][0]["problem"]
    fields = [rule["field"] for clash in found["failure"]["clashes"] for rule in clash["rules"]]
    assert "pools.staff.maximum_seats" in fields
    assert found["failure"]["repairs"]


def test_cancelling_frees_the_core_and_lets_the_next_begin(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        first = server.post("/plans", long_request(60))["id"]
        second = server.post("/plans", long_request(60))["id"]
        running(server, first)
        busy = solver_processes(server)
        assert len(busy) >= 2
        assert server.get(f"/plans/{second}")["ahead"] == 0

        asked = time.monotonic()
        assert server.ask("DELETE", f"/plans/{first}")[0] == 204
        until(lambda: not any(map(alive, busy)), 3)

        assert time.monotonic() - asked < 3
        until(lambda: server.get(f"/plans/{second}")["state"] == "running", 3)
        assert server.get(f"/plans/{first}")["state"] == "cancelled"


def test_a_server_that_is_stopped_leaves_no_process_and_gives_its_plan_back(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        plan = server.post("/plans", long_request(60))["id"]
        running(server, plan)
        busy = solver_processes(server)
        assert server.stop() == 0
        until(lambda: not any(map(alive, busy)), 2)
    with serving(tmp_path, "--jobs", "0") as server:
        found = server.get(f"/plans/{plan}")

    assert (found["state"], found["attempts"]) == ("queued", 0)


@pytest.mark.timeout(240)
def test_killing_server_and_solve_loses_no_plan(tmp_path: Path, either_url: str) -> None:
    options = ("--database", either_url, *LEASE)
    with serving(tmp_path, *options) as server:
        done = server.post("/plans", changed())["id"]
        before = ended(server, done)
        asked = [
            server.post("/plans", body)["id"] for body in (long_request(60), changed(), long_request(60))
        ]
        first = running(server, asked[0])
        busy = solver_processes(server)
        assert len(busy) >= 2
        server.kill()
        until(lambda: not any(map(alive, busy)), 3)

    with serving(tmp_path, *options) as server:
        assert list(states(server)) == [*asked[::-1], done]
        assert server.get(f"/plans/{done}") == before
        until(lambda: attempts(server, asked[0]) == first["attempts"] + 1, 20, server.log)
        until(lambda: solves(server) != [], 5, server.log)
        kill(solves(server)[0])
        until(lambda: attempts(server, asked[0]) == first["attempts"] + 2, 20, server.log)
        assert server.ask("DELETE", f"/plans/{asked[0]}")[0] == 204

        found = ended(server, asked[1])

        assert Plan.model_validate(found["plan"]).cost > 0
        assert list(states(server)) == [*asked[::-1], done]
        assert states(server)[asked[0]] == "cancelled"
        assert states(server)[asked[2]] in OPEN


def attempts(server: Server, plan: str) -> int:
    found = server.get(f"/plans/{plan}")
    return int(found["attempts"]) if found["state"] == "running" else 0


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "either_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
def test_servers_that_share_a_database_solve_every_plan_once(tmp_path: Path, either_url: str) -> None:
    options = ("--database", either_url)
    with serving(tmp_path, *options) as one, serving(tmp_path, *options) as two:
        plans = [server.post("/plans", changed())["id"] for server in (one, two, one, two)]
        found = [ended(one, plan) for plan in plans]
        jobs = [line for server in (one, two) for line in server.lines() if line["event"] == "job"]

    assert [each["state"] for each in found] == ["finished"] * 4
    assert [each["attempts"] for each in found] == [1] * 4
    solved = [line["plan"] for line in jobs if line["state"] == "finished"]
    assert sorted(solved) == sorted(plans)


def test_a_plan_that_takes_too_much_memory_fails_alone(tmp_path: Path) -> None:
    (tmp_path / "limits.json").write_text('{"plan_memory_bytes": 60000000}')
    with serving(tmp_path, "--limits", "limits.json") as server:
        found = ended(server, server.post("/plans", long_request(30))["id"])

        assert found["state"] == "failed"
        assert found["failure"]["errors"]
        assert server.up()
