"""The document of a plan that was not made."""

from __future__ import annotations

from planner.plan import Failure, FailureStatus


def failure(status: FailureStatus, *reasons: str) -> bytes:
    """What `planner plan --json` prints in its place: a status, and the reasons."""
    errors = tuple({"problem": reason} for reason in reasons)
    return Failure(status=status, errors=errors).model_dump_json(indent=1).encode()
