"""Whose turn it is: a server claims a plan under a lease, renews it with heartbeats, hands in a result.

What a server writes is taken only while it still holds the plan: the row names the holder and counts the
attempts. So a server that stood still for a while, and whose plan somebody else has claimed since, can
neither overwrite nor repeat a result.

On PostgreSQL a claim locks its row and skips rows that are locked (FOR UPDATE SKIP LOCKED); on SQLite the
transaction holds the file's write lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from api.failures import failure
from api.store.database import Database
from api.store.record import Kind, Record, State, record
from api.store.submissions import write_documents
from api.store.tables import documents, plans

MOST_ATTEMPTS = 3
"""A plan whose solve died so often, or took its server with it so often, is given up."""


@dataclass(frozen=True, slots=True)
class Held:
    """A plan that a server holds: the right to tell of it."""

    number: int
    id: str
    holder: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A plan to solve, and what from."""

    held: Held
    inputs: bytes
    certify: bool
    seconds_allowed: float


@dataclass(frozen=True, slots=True)
class Told:
    """How far a solve is: seconds since its start, what it does, cost and bound so far."""

    seconds: float
    doing: str
    cost: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt ended, and the documents it left."""

    state: State
    documents: Mapping[Kind, bytes]
    told: Told | None = None


def claim(database: Database, holder: str, lease_seconds: float) -> Claim | None:
    """The first plan that waits, or whose holder's lease has run out; None where there is none."""
    while True:
        with database.writing() as connection:
            now = database.now(connection)
            found = _next(connection, now)
            if found is None:
                return None
            if found.attempts < MOST_ATTEMPTS:
                return _claimed(connection, found, holder, (now, now + lease_seconds))
            given_up = failure("error", f"its solve broke off {found.attempts} times")
            _end(connection, plans.c.number == found.number, Result("failed", {"failure": given_up}), now)
            write_documents(connection, found.number, {"failure": given_up})


def renew(
    database: Database, told: Sequence[tuple[Held, Told | None]], lease_seconds: float
) -> frozenset[int]:
    """Renew leases, and tell what is new; the numbers of the plans that are still held."""
    kept = set()
    with database.writing() as connection:
        until = database.now(connection) + lease_seconds
        for held, news in told:
            changes: dict[str, object] = {"lease_until": until}
            if news is not None:
                changes |= _columns(news) | {"revision": plans.c.revision + 1}
            done = connection.execute(update(plans).where(_is_held(held)).values(changes))
            if done.rowcount == 1:
                kept.add(held.number)
    return frozenset(kept)


def finish(database: Database, held: Held, result: Result) -> bool:
    """Hand in a result; whether it was taken, because the plan was still held."""
    with database.writing() as connection:
        if not _end(connection, _is_held(held), result, database.now(connection)):
            return False
        write_documents(connection, held.number, dict(result.documents))
    return True


def give_back(database: Database, held: Held, counted: bool) -> bool:
    """Queue a plan again, in its old place; whether it was still held.

    counted : whether the attempt counts, as it does where a solve died and not where a server stops
    """
    with database.writing() as connection:
        done = connection.execute(
            update(plans)
            .where(_is_held(held))
            .values(
                state="queued",
                holder=None,
                lease_until=None,
                doing=None,
                seconds=None,
                cost=None,
                bound=None,
                attempts=plans.c.attempts - (0 if counted else 1),
                revision=plans.c.revision + 1,
            )
        )
    return done.rowcount == 1


def _next(connection: Connection, now: float) -> Record | None:
    lapsed = and_(plans.c.state == "running", plans.c.lease_until < now)
    row = connection.execute(
        select(plans)
        .where(or_(plans.c.state == "queued", lapsed))
        .order_by(plans.c.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else record(row)


def _claimed(connection: Connection, found: Record, holder: str, times: tuple[float, float]) -> Claim:
    held = Held(found.number, found.id, holder, found.attempts + 1)
    connection.execute(
        update(plans)
        .where(plans.c.number == found.number)
        .values(
            state="running",
            holder=holder,
            started_at=times[0],
            lease_until=times[1],
            attempts=held.attempt,
            doing=None,
            seconds=None,
            cost=None,
            bound=None,
            revision=plans.c.revision + 1,
        )
    )
    inputs = connection.scalar(
        select(documents.c.body).where(documents.c.plan == found.number, documents.c.kind == "inputs")
    )
    assert inputs is not None
    return Claim(held, inputs, found.certify, found.seconds_allowed)


def _is_held(held: Held) -> ColumnElement[bool]:
    return and_(
        plans.c.number == held.number,
        plans.c.state == "running",
        plans.c.holder == held.holder,
        plans.c.attempts == held.attempt,
    )


def _end(connection: Connection, which: ColumnElement[bool], result: Result, now: float) -> bool:
    last = {} if result.told is None else _columns(result.told)
    ended = {"state": result.state, "ended_at": now, "holder": None, "lease_until": None}
    done = connection.execute(
        update(plans).where(which).values(ended | last | {"revision": plans.c.revision + 1})
    )
    return done.rowcount == 1


def _columns(told: Told) -> dict[str, object]:
    return {"seconds": told.seconds, "doing": told.doing[:80], "cost": told.cost, "bound": told.bound}
