"""Plans that ended long enough ago are let go, with their documents and their idempotency keys."""

from __future__ import annotations

from sqlalchemy import delete, select

from api.store.database import Database
from api.store.record import OPEN
from api.store.tables import plans

_AT_ONCE = 100
"""In one transaction, so that nobody else waits long for the database."""


def expire(database: Database, keep_seconds: float) -> int:
    """Delete the plans that ended more than so long ago; how many they were."""
    gone = _AT_ONCE
    total = 0
    while gone == _AT_ONCE:
        with database.writing() as connection:
            over = plans.c.ended_at < database.now(connection) - keep_seconds
            some = select(plans.c.number).where(plans.c.state.not_in(OPEN), over).limit(_AT_ONCE)
            gone = connection.execute(delete(plans).where(plans.c.number.in_(some))).rowcount
        total += gone
    return total
