"""The tables. Times are seconds since 1970 UTC by the clock of the database."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts rows up only in a column of its plain integer type."""

plans = Table(
    "plans",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("owner", String(36), nullable=False),
    Column("name", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("certify", Boolean, nullable=False),
    Column("seconds_allowed", Double, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("started_at", Double),
    Column("ended_at", Double),
    Column("attempts", Integer, nullable=False),
    Column("holder", String(80)),
    Column("lease_until", Double),
    Column("doing", String(80)),
    Column("seconds", Double),
    Column("cost", Double),
    Column("bound", Double),
    Column("idempotency_key", String(200)),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("owner", "idempotency_key"),
    Index(None, "state", "number"),
    Index(None, "owner", "number"),
    sqlite_autoincrement=True,
)

documents = Table(
    "documents",
    metadata,
    Column("plan", Number, ForeignKey("plans.number", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("created_at", Double, nullable=False),
    Column("revoked_at", Double),
)
