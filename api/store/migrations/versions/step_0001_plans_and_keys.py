"""Plans, their documents, and keys.

A step keeps its own copy of the tables: it must do the same for ever, whatever the tables are today.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the first tables."""
    _plans()
    op.create_table(
        "documents",
        sa.Column("plan", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan", "kind", name="pk_documents"),
        sa.ForeignKeyConstraint(["plan"], ["plans.number"], "fk_documents_plan", ondelete="CASCADE"),
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("revoked_at", sa.Double()),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
    )


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(36), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("certify", sa.Boolean(), nullable=False),
        sa.Column("seconds_allowed", sa.Double(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("started_at", sa.Double()),
        sa.Column("ended_at", sa.Double()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(80)),
        sa.Column("lease_until", sa.Double()),
        sa.Column("doing", sa.String(80)),
        sa.Column("seconds", sa.Double()),
        sa.Column("cost", sa.Double()),
        sa.Column("bound", sa.Double()),
        sa.Column("idempotency_key", sa.String(200)),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_plans"),
        sa.UniqueConstraint("id", name="uq_plans_id"),
        sa.UniqueConstraint("owner", "idempotency_key", name="uq_plans_owner_idempotency_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_plans_state_number", "plans", ["state", "number"])
    op.create_index("ix_plans_owner_number", "plans", ["owner", "number"])


def downgrade() -> None:
    """Undo it; all plans are lost."""
    for table in ("keys", "documents", "plans"):
        op.drop_table(table)
