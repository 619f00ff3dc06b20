"""What one server is told when it starts: where its database is, who may call it, and how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from planner.scenario.document import Document


class Limits(Document):
    """How much one request, one plan and one key may ask for; every answer of /health shows it."""

    body_bytes: Annotated[int, Field(ge=1)] = Field(
        default=20_000_000, description="of a request: a year of quarter hours for ten queues takes less"
    )
    intervals: Annotated[int, Field(ge=1)] = Field(default=36_000, description="of a calendar")
    queues: Annotated[int, Field(ge=1)] = Field(default=50, description="of a scenario")
    patterns: Annotated[int, Field(ge=1)] = Field(
        default=100_000, description="of all pools on all days, before opening hours are looked at"
    )
    plan_seconds: Annotated[float, Field(gt=0)] = Field(
        default=900.0, description="that a scenario's time_limit_seconds may ask for"
    )
    plan_memory_bytes: Annotated[int, Field(ge=1)] = Field(
        default=4_000_000_000, description="of a plan: its process and its solvers together"
    )
    waiting_plans: Annotated[int, Field(ge=1)] = Field(
        default=200, description="queued and running, of one key"
    )
    requests_per_minute: Annotated[int, Field(ge=1)] = Field(
        default=1200, description="of one key at one server; a quarter of it may come at once"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One server.

    database : URL of SQLAlchemy; SQLite's file is made where there is none
    keys : whether a request needs a key; without, everybody is the same caller
    jobs : plans that this server solves at a time; 0 only answers, and leaves the work to other servers
    lease_seconds : a server that was silent for so long has lost the plans it was solving
    keep_days : plans are let go so many days after they ended; None: never
    limits : what is asked of us at most
    """

    database: str = "sqlite:///planner.db"
    keys: bool = False
    jobs: int = 1
    lease_seconds: float = 15.0
    keep_days: float | None = None
    limits: Limits = field(default_factory=Limits)
