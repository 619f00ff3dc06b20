"""A service to ask: one that only answers, and what is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Limits, Settings
from api.store.database import Database, opened
from api.store.migration import migrate
from tests.api.postgres import new_database, postgres


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/planner.db"


@pytest.fixture
def settings(url: str) -> Settings:
    """A server that solves nothing: what becomes of plans is up to the test."""
    return Settings(database=url, jobs=0, limits=Limits(body_bytes=2_000_000))


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://localhost") as asking:
        yield asking


@pytest.fixture
def database(client: TestClient, url: str) -> Iterator[Database]:
    """The database of the client's server."""
    found = opened(url)
    yield found
    found.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/planner.db"
    return new_database(request.getfixturevalue("postgres_server"))


@pytest.fixture
def store(either_url: str) -> Iterator[Database]:
    """A database with today's tables, on SQLite and on PostgreSQL."""
    found = opened(either_url)
    migrate(found)
    yield found
    found.close()
