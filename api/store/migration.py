"""The database brought to today's tables, whichever it has."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from api.store.database import Database

_LOCK = 7_305_811
"""Any number: the name of PostgreSQL's lock that servers starting at once take one after the other."""


def migrate(database: Database) -> None:
    """Bring the tables up to date; a second server that starts meanwhile waits, and finds nothing to do."""
    with database.writing() as connection:
        if database.engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _LOCK})
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """What alembic is told: where the steps lie, and the connection whose transaction it works in."""
    told = Config()
    told.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    told.attributes["connection"] = connection
    return told
