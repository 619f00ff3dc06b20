"""Fifty clients at once while plans are solved, and the server and a solve killed in the middle of it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.store.database import Database, opened
from api.store.submissions import counts
from tests.api.asking import Server, changed, kill, serving, solves, until
from tests.api.load import Clients, Load

SECONDS = float(os.environ.get("PLANNER_LOAD_SECONDS", "60"))
LIMITS = {"requests_per_minute": 10_000_000, "waiting_plans": 10_000}
"""So that nothing but the machine limits the clients."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture
def options(tmp_path: Path, either_url: str) -> tuple[str, ...]:
    (tmp_path / "limits.json").write_text(json.dumps(LIMITS))
    limits = str(tmp_path / "limits.json")
    return ("--database", either_url, "--limits", limits, "--lease", "2", "--jobs", "2")


@pytest.fixture
def kept(either_url: str) -> Iterator[Database]:
    database = opened(either_url)
    yield database
    database.close()


def total(database: Database) -> int:
    return sum(counts(database).values())


def all_ended(server: Server) -> bool:
    return not any(server.get(f"/plans?state={state}&limit=1")["plans"] for state in ("queued", "running"))


def finished(database: Database, server: Server, heard: Load) -> None:
    """See that every plan that was accepted has been made, and no other."""
    until(lambda: all_ended(server), 600, server.log)
    assert counts(database) == {"finished": len(set(heard.accepted))}


def test_fifty_clients_hear_no_error_and_every_plan_is_made(
    tmp_path: Path, options: tuple[str, ...], kept: Database
) -> None:
    with serving(tmp_path, *options) as server:
        heard = Clients(server.url, changed(), pause=0.25).run(SECONDS)
        finished(kept, server, heard)

    assert set(heard.statuses) == {200, 202}, heard.statuses
    assert heard.broken == 0
    assert len(heard.accepted) >= 20


def test_killing_server_and_solve_under_load_loses_and_repeats_no_plan(
    tmp_path: Path, options: tuple[str, ...], kept: Database
) -> None:
    with ThreadPoolExecutor(1) as aside, serving(tmp_path, *options) as first:
        asking = aside.submit(Clients(first.url, changed(), pause=0.25).run, SECONDS)
        time.sleep(SECONDS / 3)
        first.kill()
        before = total(kept)
        assert before >= 20
        with serving(tmp_path, *options, port=first.port) as server:
            assert total(kept) >= before
            time.sleep(SECONDS / 4)
            until(lambda: solves(server) != [], 30, server.log)
            kill(solves(server)[0])
            heard = asking.result()
            finished(kept, server, heard)

    assert set(heard.statuses) == {200, 202}, heard.statuses
    assert heard.broken > 0
    assert len(heard.accepted) == len(set(heard.accepted))
