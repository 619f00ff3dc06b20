"""The report of a plan over HTTP, plans side by side, and what the page is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.page.presets import NAMES, preset
from api.settings import Settings
from api.store.database import Database
from api.store.keys import create_key
from planner.problem import problem_in_files
from planner.seasons import Differences
from tests.api.asking import changed, faults, problem_of, until


@pytest.fixture(scope="module")
def solving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server that makes plans, with the plans of two seasons and one of another currency."""
    url = f"sqlite:///{tmp_path_factory.mktemp('reports')}/planner.db"
    with TestClient(create_app(Settings(database=url)), base_url="http://localhost") as asking:
        yield asking


@pytest.fixture(scope="module")
def made(solving: TestClient) -> dict[str, str]:
    """Ids of finished plans by their names."""
    asked = {"Busy": {}, "Calm": {}, "Yuan": {"currency": "CNY"}}
    found = {
        name: solving.post("/plans", json=changed(name=name, **more)).json()["id"]
        for name, more in asked.items()
    }
    for plan in found.values():
        until(lambda plan=plan: solving.get(f"/plans/{plan}").json()["state"] == "finished", 60)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return found


def test_a_report_is_one_page_that_may_fetch_nothing(solving: TestClient, made: dict[str, str]) -> None:
    found = solving.get(f"/plans/{made['Busy']}/report")

    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.headers["content-security-policy"].startswith("default-src 'none'; script-src 'sha256-")
    assert found.headers["content-language"] == "en"
    assert "<h1>Busy</h1>" in found.text
    again = solving.get(f"/plans/{made['Busy']}/report", headers={"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_its_language_is_the_one_asked_for_or_the_one_accepted(
    solving: TestClient, made: dict[str, str]
) -> None:
    place = f"/plans/{made['Busy']}/report?part=true"
    chinese = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}

    assert "成本构成" in solving.get(place, headers=chinese).text
    assert "Cost by item" in solving.get(f"{place}&lang=en", headers=chinese).text
    problem_of(solving.get(f"{place}&lang=de"), 422)


def test_a_plan_without_an_end_has_no_report(client: TestClient) -> None:
    waiting = client.post("/plans", json=changed()).json()["id"]
    assert "queued" in problem_of(client.get(f"/plans/{waiting}/report"), 409)["detail"]
    client.delete(f"/plans/{waiting}")
    assert "cancelled" in problem_of(client.get(f"/plans/{waiting}/report"), 404)["detail"]
    problem_of(client.get("/plans/none/report"), 404)


def test_plans_stand_side_by_side_in_the_order_asked_for(solving: TestClient, made: dict[str, str]) -> None:
    ids = [made["Calm"], made["Busy"]]
    answer = solving.post("/comparisons", json={"plans": ids})
    found = Differences.model_validate(answer.json())

    assert [plan.name for plan in found.plans] == ["Calm", "Busy"]
    assert [plan.source for plan in found.plans] == [f"/plans/{each}" for each in ids]
    assert found.difference is None
    part = solving.post("/comparisons?part=true&lang=zh-CN", json={"plans": ids})
    assert part.headers["content-type"] == "text/html; charset=utf-8"
    assert "并列比较" in part.text


def test_every_plan_that_cannot_be_compared_is_named(solving: TestClient, made: dict[str, str]) -> None:
    wrong = faults(solving.post("/comparisons", json={"plans": [made["Busy"], "none", "nil"]}))
    assert wrong == {"/plans/1": "There is no such plan.", "/plans/2": "There is no such plan."}
    other = faults(solving.post("/comparisons", json={"plans": [made["Busy"], made["Yuan"]]}))
    assert list(other) == ["/plans/1"]
    assert "currency must be EUR" in other["/plans/1"]
    assert set(faults(solving.post("/comparisons", json={"plans": [made["Busy"]]}))) == {"/plans"}
    assert set(faults(solving.post("/comparisons", json={"plans": [1, 2], "way": "order"}))) == {
        "/plans/0", "/plans/1", "/way",
    }  # fmt: skip


def test_another_callers_plan_is_as_none(settings: Settings, database: Database) -> None:
    with TestClient(create_app(replace(settings, keys=True)), base_url="http://localhost") as asking:
        ann, bob = ({"authorization": f"Bearer {create_key(database, name)}"} for name in ("ann", "bob"))
        plan = asking.post("/plans", json=changed(), headers=ann).json()["id"]
        problem_of(asking.get(f"/plans/{plan}/report", headers=bob), 404)
        problem_of(asking.get(f"/plans/{plan}/report"), 401)
        problem_of(asking.post("/comparisons", json={"plans": [plan, plan]}), 401)
        said = faults(asking.post("/comparisons", json={"plans": [plan, plan]}, headers=bob))
        assert set(said.values()) == {"There is no such plan."}


def test_the_page_lets_only_this_servers_scripts_run(client: TestClient) -> None:
    found = client.get("/")
    policy = found.headers["content-security-policy"]

    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    asked = re.findall(r'(?:src|href)="(/[^"]*\.(?:js|css))"', found.text)
    assert asked
    for path in asked:
        assert client.get(path).status_code == 200
    assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", found.text)
    assert " style=" not in found.text
    assert " onclick=" not in found.text


def test_its_scripts_are_modules_of_ours_and_plotlys_from_its_package(client: TestClient) -> None:
    for name in ("page", "asking", "form", "watching", "plans", "showing", "words"):
        found = client.get(f"/page/{name}.js")
        assert found.headers["content-type"].startswith("text/javascript")
        for other in re.findall(r'from "([^"]+)"', found.text):
            assert client.get(other).status_code == 200
    assert "Plotly" in client.get("/page/plotly.min.js").text[:200]
    for gone in ("/page/../app.py", "/page/none.js", "/page/presets/none", "/page/%2e%2e%2fapp.py"):
        assert client.get(gone).status_code == 404


def test_the_page_needs_no_key_and_tells_nothing(settings: Settings) -> None:
    with TestClient(create_app(replace(settings, keys=True)), base_url="http://localhost") as asking:
        assert 'id="key"' in asking.get("/").text
    with TestClient(create_app(settings), base_url="http://localhost") as asking:
        assert 'id="key"' not in asking.get("/").text


@pytest.mark.parametrize("name", NAMES)
def test_every_scenario_to_start_from_is_without_mistakes(client: TestClient, name: str) -> None:
    found = client.get(f"/page/presets/{name}").json()

    problem = problem_in_files(found["text"].encode(), found["forecast"].encode())
    assert problem.scenario.name == found["scenario"]["name"]
    assert preset(name).file == found["file"]
