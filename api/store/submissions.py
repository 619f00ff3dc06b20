"""Plans as their callers know them: accepted, found, listed, cancelled. Each caller sees its own alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.store.database import Database
from api.store.record import OPEN, Kind, Record, State, record
from api.store.tables import documents, plans


@dataclass(frozen=True, slots=True)
class Submission:
    """What is accepted: the inputs of a plan, and how it is to be made.

    digest : hash of everything that was asked, to know it again
    idempotency_key : chosen by the caller for one request and its repetitions
    """

    owner: str
    name: str
    inputs: bytes
    certify: bool
    seconds_allowed: float
    digest: str
    idempotency_key: str | None = None


class KeyUsed(Exception):
    """The idempotency key has been used for another request."""


class TooManyWaiting(Exception):
    """The caller has as many plans queued and running as it may have."""


@dataclass(frozen=True, slots=True)
class Body:
    """A document and the hash of its bytes."""

    content: bytes
    sha256: str


def submit(database: Database, given: Submission, most_waiting: int) -> Record:
    """The plan that is accepted, on the disk; or the one that the same request made before.

    Raises
    ------
    KeyUsed
        If the idempotency key stands for another request.
    TooManyWaiting
        If the caller has `most_waiting` plans queued or running.
    """
    try:
        with database.writing() as connection:
            before = _before(connection, given)
            if before is not None:
                return _same(before, given)
            if _waiting(connection, given.owner) >= most_waiting:
                raise TooManyWaiting
            return _inserted(connection, given, database.now(connection))
    except IntegrityError:
        # On PostgreSQL two requests with one key can come at once; the second finds what the first wrote.
        with database.reading() as connection:
            before = _before(connection, given)
        if before is None:
            raise
        return _same(before, given)


def find(database: Database, owner: str, plan: str) -> Record | None:
    """A caller's plan by its id."""
    with database.reading() as connection:
        row = connection.execute(
            select(plans).where(plans.c.owner == owner, plans.c.id == plan)
        ).one_or_none()
    return None if row is None else record(row)


def ahead(database: Database, found: Record) -> int:
    """How many plans, of anybody, are queued before this one."""
    with database.reading() as connection:
        return (
            connection.scalar(
                select(func.count()).where(plans.c.state == "queued", plans.c.number < found.number)
            )
            or 0
        )


def each_ahead(database: Database, found: Sequence[Record]) -> dict[int, int]:
    """The same of each of these plans that is queued, by its number."""
    queued = [each.number for each in found if each.state == "queued"]
    if not queued:
        return {}
    before = func.row_number().over(order_by=plans.c.number) - 1
    places = select(plans.c.number, before.label("before")).where(plans.c.state == "queued").subquery()
    with database.reading() as connection:
        rows = connection.execute(select(places).where(places.c.number.in_(queued)))
        return {int(number): int(place) for number, place in rows}


def page(database: Database, owner: str, most: int, before: int | None, state: State | None) -> list[Record]:
    """A caller's plans, newest first, `most` of them, those before a number if one is given."""
    asked = select(plans).where(plans.c.owner == owner).order_by(plans.c.number.desc()).limit(most)
    if before is not None:
        asked = asked.where(plans.c.number < before)
    if state is not None:
        asked = asked.where(plans.c.state == state)
    with database.reading() as connection:
        return [record(row) for row in connection.execute(asked)]


def body(database: Database, found: Record, kind: Kind) -> Body | None:
    """One document of a plan."""
    with database.reading() as connection:
        row = connection.execute(
            select(documents.c.body, documents.c.sha256).where(
                documents.c.plan == found.number, documents.c.kind == kind
            )
        ).one_or_none()
    return None if row is None else Body(*row)


def cancel(database: Database, found: Record) -> bool:
    """End a plan that is queued or running; whoever solves it hears of it at the next heartbeat.

    Whether it could still be ended.
    """
    with database.writing() as connection:
        done = connection.execute(
            update(plans)
            .where(plans.c.number == found.number, plans.c.state.in_(OPEN))
            .values(
                state="cancelled",
                ended_at=database.now(connection),
                holder=None,
                lease_until=None,
                revision=plans.c.revision + 1,
            )
        )
    return done.rowcount == 1


def counts(database: Database) -> dict[str, int]:
    """How many plans of anybody are in each state."""
    with database.reading() as connection:
        rows = connection.execute(select(plans.c.state, func.count()).group_by(plans.c.state))
        return {str(state): int(number) for state, number in rows}


def write_documents(connection: Connection, number: int, contents: dict[Kind, bytes]) -> None:
    """Keep documents of a plan."""
    for kind, content in contents.items():
        digest = sha256(content).hexdigest()
        connection.execute(insert(documents).values(plan=number, kind=kind, sha256=digest, body=content))


def _before(connection: Connection, given: Submission) -> Record | None:
    if given.idempotency_key is None:
        return None
    asked = select(plans).where(
        plans.c.owner == given.owner, plans.c.idempotency_key == given.idempotency_key
    )
    row = connection.execute(asked).one_or_none()
    return None if row is None else record(row)


def _same(before: Record, given: Submission) -> Record:
    if before.digest != given.digest:
        raise KeyUsed
    return before


def _waiting(connection: Connection, owner: str) -> int:
    asked = select(func.count()).where(plans.c.owner == owner, plans.c.state.in_(OPEN))
    return connection.scalar(asked) or 0


def _inserted(connection: Connection, given: Submission, now: float) -> Record:
    row = connection.execute(
        insert(plans)
        .values(
            id=str(uuid.uuid4()),
            owner=given.owner,
            name=given.name,
            state="queued",
            revision=1,
            certify=given.certify,
            seconds_allowed=given.seconds_allowed,
            created_at=now,
            attempts=0,
            idempotency_key=given.idempotency_key,
            digest=given.digest,
        )
        .returning(*plans.c)
    ).one()
    write_documents(connection, row.number, {"inputs": given.inputs})
    return record(row)
