"""Plans as their callers see them, from acceptance to the end; the solving is left out here."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.failures import failure
from api.store.database import Database
from api.store.queue import Claim, Result, Told, claim, finish, renew
from planner.plan import Plan
from tests.api.asking import changed, problem_of
from tests.report.sample_plan import sample_plan

MADE = sample_plan().to_json().encode()


def asked(client: TestClient, **headers: str) -> str:
    response = client.post("/plans", json=changed(), headers=headers)
    assert response.status_code == 202, response.text
    return str(response.json()["id"])


def claimed(database: Database) -> Claim:
    found = claim(database, "test", 60)
    assert found is not None
    return found


def test_a_plan_is_told_while_it_waits_runs_and_is_finished(client: TestClient, database: Database) -> None:
    plan = asked(client)
    assert client.get(f"/plans/{plan}").json()["state"] == "queued"

    held = claimed(database).held
    renew(database, [(held, Told(1.5, "bound", None, 90.0))], 60)
    renew(database, [(held, Told(2.5, "plan", 100.0, 90.0))], 60)
    running = client.get(f"/plans/{plan}").json()
    assert running["state"] == "running"
    assert running["progress"] == {"seconds": 2.5, "doing": "plan", "cost": 100, "bound": 90, "gap": 0.1}
    assert running["plan"] is None

    finish(database, held, Result("finished", {"plan": MADE}))
    ended = client.get(f"/plans/{plan}").json()
    assert (ended["state"], ended["failure"]) == ("finished", None)
    assert Plan.model_validate(ended["plan"]) == sample_plan()


def test_no_plan_is_a_result_with_its_reasons(client: TestClient, database: Database) -> None:
    plan = asked(client)
    reason = failure("infeasible", "8 people are needed, 5 exist")
    finish(database, claimed(database).held, Result("infeasible", {"failure": reason}))

    found = client.get(f"/plans/{plan}")

    assert (found.status_code, found.json()["state"], found.json()["plan"]) == (200, "infeasible", None)
    assert found.json()["failure"]["errors"] == [{"problem": "8 people are needed, 5 exist"}]


def test_plans_are_queued_in_their_order(client: TestClient) -> None:
    plans = [asked(client) for _ in range(3)]

    assert [client.get(f"/plans/{plan}").json()["ahead"] for plan in plans] == [0, 1, 2]


def test_pages_follow_one_another_newest_first(client: TestClient) -> None:
    plans = [asked(client) for _ in range(5)]

    found: list[str] = []
    where: str | None = "/plans?limit=2"
    while where is not None:
        page = client.get(where)
        found += [each["id"] for each in page.json()["plans"]]
        where = page.json()["next"]
        assert ("link" in page.headers) == (where is not None)

    assert found == plans[::-1]


def test_a_page_of_one_state_holds_no_other(client: TestClient, database: Database) -> None:
    first, second = asked(client), asked(client)
    claimed(database)

    assert [each["id"] for each in client.get("/plans?state=queued").json()["plans"]] == [second]
    assert [each["id"] for each in client.get("/plans?state=running").json()["plans"]] == [first]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "before=0", "state=odd"])
def test_a_page_that_cannot_be_is_a_mistake_with_its_place(client: TestClient, query: str) -> None:
    (error,) = problem_of(client.get(f"/plans?{query}"), 422)["errors"]

    assert error["parameter"] == query.partition("=")[0]


def test_the_same_key_and_request_give_the_same_plan(client: TestClient) -> None:
    first = asked(client, **{"idempotency-key": "monday"})

    assert asked(client, **{"idempotency-key": "monday"}) == first
    assert asked(client, **{"idempotency-key": "tuesday"}) != first
    assert len(client.get("/plans").json()["plans"]) == 2


@pytest.mark.parametrize("other", [changed(name="Tuesday"), changed() | {"certify": True}])
def test_the_same_key_for_another_request_is_refused(client: TestClient, other: dict[str, Any]) -> None:
    asked(client, **{"idempotency-key": "monday"})

    response = client.post("/plans", json=other, headers={"idempotency-key": "monday"})

    assert "Idempotency-Key" in problem_of(response, 422)["detail"]


def test_a_tag_saves_sending_what_is_known(client: TestClient, database: Database) -> None:
    plan = asked(client)
    tags = [client.get(path).headers["etag"] for path in ("/plans", f"/plans/{plan}")]
    for path, tag in zip(("/plans", f"/plans/{plan}"), tags, strict=True):
        known = client.get(path, headers={"if-none-match": f'"other", W/{tag}'})
        assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)

    finish(database, claimed(database).held, Result("finished", {"plan": MADE}))

    assert client.get(f"/plans/{plan}", headers={"if-none-match": tags[1]}).status_code == 200


def test_the_workbook_is_that_of_the_plan(client: TestClient, database: Database) -> None:
    plan = asked(client)
    problem_of(client.get(f"/plans/{plan}/workbook"), 409)
    finish(database, claimed(database).held, Result("finished", {"plan": MADE}))

    found = client.get(f"/plans/{plan}/workbook")

    assert 'filename="plan.xlsx"' in found.headers["content-disposition"]
    assert "Seats per shift" in openpyxl.load_workbook(io.BytesIO(found.content)).sheetnames
    tag = {"if-none-match": found.headers["etag"]}
    assert client.get(f"/plans/{plan}/workbook", headers=tag).status_code == 304


@pytest.mark.parametrize(
    "query, accepted, first",
    [("?lang=zh-CN", "en", "各班次座席"), ("", "zh", "各班次座席"), ("", "fr", "Seats per shift")],
)
def test_the_workbook_speaks_the_language_that_is_asked_for(
    client: TestClient, database: Database, query: str, accepted: str, first: str
) -> None:
    plan = asked(client)
    finish(database, claimed(database).held, Result("finished", {"plan": MADE}))

    found = client.get(f"/plans/{plan}/workbook{query}", headers={"accept-language": accepted})

    assert openpyxl.load_workbook(io.BytesIO(found.content)).sheetnames[0] == first
    assert found.headers["vary"] == "Accept-Language"


def test_a_plan_that_failed_has_no_workbook(client: TestClient, database: Database) -> None:
    plan = asked(client)
    finish(database, claimed(database).held, Result("failed", {"failure": failure("error", "it died")}))

    problem_of(client.get(f"/plans/{plan}/workbook"), 404)


def test_a_certificate_is_there_only_where_it_was_asked_for(client: TestClient) -> None:
    assert "certify" in problem_of(client.get(f"/plans/{asked(client)}/certificate"), 404)["detail"]
    certified = client.post("/plans", json=changed() | {"certify": True}).json()["id"]
    problem_of(client.get(f"/plans/{certified}/certificate"), 409)


def test_a_cancelled_plan_stays_cancelled(client: TestClient, database: Database) -> None:
    plan = asked(client)
    held = claimed(database).held

    assert client.delete(f"/plans/{plan}").status_code == 204
    assert client.delete(f"/plans/{plan}").status_code == 204

    assert not finish(database, held, Result("finished", {"plan": MADE}))
    assert client.get(f"/plans/{plan}").json()["state"] == "cancelled"


def test_a_finished_plan_cannot_be_cancelled(client: TestClient, database: Database) -> None:
    plan = asked(client)
    finish(database, claimed(database).held, Result("finished", {"plan": MADE}))

    problem_of(client.delete(f"/plans/{plan}"), 409)


@pytest.mark.parametrize("path", ["", "/events", "/workbook", "/certificate"])
def test_a_plan_that_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    problem_of(client.get(f"/plans/00000000-0000-0000-0000-000000000000{path}"), 404)


def test_a_path_that_does_not_exist_is_a_problem_too(client: TestClient) -> None:
    problem_of(client.get("/nothing"), 404)
    refused = client.put("/plans")
    problem_of(refused, 405)
    assert refused.headers["allow"] == "GET, POST"
