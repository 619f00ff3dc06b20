"""Connections that read or write, on SQLite and on PostgreSQL alike.

On SQLite a transaction that will write takes the file's write lock at its beginning (BEGIN IMMEDIATE): one
that only asks for it later fails when somebody else has written meanwhile. Readers never wait (WAL). What is
committed is on the disk (synchronous FULL): a plan that was accepted survives the power cut too.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from planner.errors import InvalidInput, Mistake

_BUSY_SECONDS = 30
"""How long a writer waits for another one."""
_CONNECTIONS = 50
"""At most; there are never more threads that answer requests."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where plans and keys are kept."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one state of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; all of it or nothing."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def now(self, connection: Connection) -> float:
        """Seconds since 1970 by the one clock that all servers of this database share."""
        if self.engine.dialect.name == "sqlite":
            return time.time()
        said = connection.scalar(select(func.extract("epoch", func.clock_timestamp())))
        return float(said or 0.0)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def opened(url: str) -> Database:
    """The database at a URL of SQLAlchemy.

    Raises
    ------
    InvalidInput
        If it is no such URL, or one of a database that we do not know.
    """
    try:
        asked = make_url(url)
        if asked.get_backend_name() == "postgresql":
            asked = asked.set(drivername="postgresql+psycopg")
        if asked.get_backend_name() not in {"sqlite", "postgresql"}:
            raise _wrong(f"must be sqlite or postgresql (got {asked.get_backend_name()})")
        if asked.get_backend_name() == "sqlite" and asked.database in {None, "", ":memory:"}:
            raise _wrong("must name a file, as sqlite:///planner.db does: what is in memory does not survive")
        on_network = asked.get_backend_name() != "sqlite"  # a connection to a file is never lost
        engine = create_engine(asked, pool_size=_CONNECTIONS, max_overflow=0, pool_pre_ping=on_network)
    except (ArgumentError, NoSuchModuleError) as failure:
        raise _wrong("must be a URL such as sqlite:///planner.db or postgresql://host/name") from failure
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _as_we_like_it)
        event.listen(engine, "begin", _begun)
    return Database(engine)


def _wrong(problem: str) -> InvalidInput:
    return InvalidInput([Mistake("--database", "", problem)])


def _as_we_like_it(raw: Any, _record: object) -> None:
    """SQLite: transactions begin when we say so, readers and a writer side by side, all of it on the disk."""
    raw.isolation_level = None
    for setting in (
        f"busy_timeout = {1000 * _BUSY_SECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        raw.execute(f"PRAGMA {setting}")


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
