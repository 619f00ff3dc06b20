"""Callers' keys. Only a hash is kept: whoever reads the database cannot call in somebody's name.

A key is `planner_ID_SECRET`. The secret has 256 random bits, so one round of SHA-256 is enough: there is
nothing to guess, unlike with a password.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy import insert, select, update

from api.store.database import Database
from api.store.tables import keys

_KEY = re.compile(r"planner_(?P<id>[0-9a-f]{12})_(?P<secret>[\w-]{43})")


@dataclass(frozen=True, slots=True)
class Key:
    """One caller: times in seconds since 1970 UTC."""

    id: str
    name: str
    created_at: float
    revoked_at: float | None


def create_key(database: Database, name: str) -> str:
    """A new key, told this once."""
    identity, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    with database.writing() as connection:
        connection.execute(
            insert(keys).values(
                id=identity, name=name, sha256=_digest(secret), created_at=database.now(connection)
            )
        )
    return f"planner_{identity}_{secret}"


def key_of(database: Database, given: str) -> str | None:
    """The id of the key, if it is one that holds."""
    parts = _KEY.fullmatch(given)
    if parts is None:
        return None
    asked = select(keys.c.sha256).where(keys.c.id == parts["id"], keys.c.revoked_at.is_(None))
    with database.reading() as connection:
        known = connection.scalar(asked)
    if known is None or not compare_digest(known, _digest(parts["secret"])):
        return None
    return parts["id"]


def all_keys(database: Database) -> list[Key]:
    """Every key, the oldest first."""
    columns = (keys.c.id, keys.c.name, keys.c.created_at, keys.c.revoked_at)
    with database.reading() as connection:
        return [Key(*row) for row in connection.execute(select(*columns).order_by(keys.c.created_at))]


def revoke_key(database: Database, identity: str) -> bool:
    """End a key; whether there was one that still held. Its plans stay."""
    with database.writing() as connection:
        done = connection.execute(
            update(keys)
            .where(keys.c.id == identity, keys.c.revoked_at.is_(None))
            .values(revoked_at=database.now(connection))
        )
    return done.rowcount == 1


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
