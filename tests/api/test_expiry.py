"""Plans that are let go some time after they ended."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.app import create_app
from api.settings import Settings
from api.store.database import Database
from api.store.expiry import expire
from api.store.queue import Result, claim, finish
from api.store.submissions import Submission, cancel, counts, submit
from api.store.tables import documents
from tests.api.asking import changed, problem_of, until

DAY = 86_400.0


def submission(key: str | None = None) -> Submission:
    return Submission("ann", "Monday", b"inputs", False, 60.0, "digest", key)


def test_what_has_ended_is_let_go_with_its_documents_and_what_is_open_stays(store: Database) -> None:
    ended = submit(store, submission("monday"), 10)
    held = claim(store, "one", 60)
    assert held is not None
    finish(store, held.held, Result("finished", {"plan": b"{}"}, None))
    running, queued = submit(store, submission(), 10), submit(store, submission(), 10)
    assert claim(store, "one", 60) is not None
    time.sleep(0.05)

    assert expire(store, DAY) == 0
    assert expire(store, 0.0) == 1

    assert counts(store) == {"running": 1, "queued": 1}
    with store.reading() as connection:
        kept = connection.scalars(select(documents.c.plan).order_by(documents.c.plan)).all()
    assert kept == [running.number, queued.number]
    assert submit(store, submission("monday"), 10).id != ended.id


def test_many_are_let_go_a_few_at_a_time(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.store.expiry._AT_ONCE", 2)
    for _ in range(5):
        cancel(store, submit(store, submission(), 10))
    time.sleep(0.05)

    assert expire(store, 0.0) == 5

    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(documents)) == 0


def test_a_server_lets_go_of_plans_and_then_knows_nothing_of_them(settings: Settings) -> None:
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        place = client.post("/plans", json=changed()).headers["location"]
        client.delete(place)
        assert client.get("/health").json()["keep_days"] is None
    time.sleep(0.1)
    brief = replace(settings, keep_days=0.05 / DAY)
    with TestClient(create_app(brief), base_url="http://localhost") as client:
        until(lambda: client.get(place).status_code == 404, 5)
        problem_of(client.get(f"{place}/workbook"), 404)
        assert client.get("/plans").json()["plans"] == []
        assert client.get("/health").json()["keep_days"] == brief.keep_days
