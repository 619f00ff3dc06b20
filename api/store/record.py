"""One plan as it is kept: its state, who holds it, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import Row

State: TypeAlias = Literal["queued", "running", "finished", "infeasible", "timeout", "failed", "cancelled"]
Kind: TypeAlias = Literal["inputs", "plan", "certificate", "failure"]

STATES: tuple[State, ...] = get_args(State)
OPEN: frozenset[State] = frozenset({"queued", "running"})
"""States that a plan does not stay in."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of `plans`.

    number : place in the order of acceptance
    revision : counts every change that a caller can see
    seconds_allowed : after so many seconds of one attempt the plan is ended from outside
    doing, seconds, cost, bound : the last that its solve told
    """

    number: int
    id: str
    owner: str
    name: str
    state: State
    revision: int
    certify: bool
    seconds_allowed: float
    created_at: float
    started_at: float | None
    ended_at: float | None
    attempts: int
    holder: str | None
    lease_until: float | None
    doing: str | None
    seconds: float | None
    cost: float | None
    bound: float | None
    idempotency_key: str | None
    digest: str

    @property
    def open(self) -> bool:
        """Whether more will be heard of it."""
        return self.state in OPEN


def record(row: Row[Any]) -> Record:
    """The record that a row of `plans` holds."""
    return Record(**row._mapping)
