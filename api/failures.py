"""The document of a plan that was not made."""

from __future__ import annotations

from planner.plan import Failure, FailureStatus


def failure(status: FailureStatus, *reasons: str) -> bytes:
    """What `planner plan --json` prints in its place: a status, and the reasons."""
    errors = tuple({"problem": reason} for reason in reasons)
    return Failure(status=status, errors=errors).model_dump_json(indent=1).encode()


def too_much(memory_bytes: int) -> str:
    """The reason of a plan that takes more memory than it may."""
    return f"it takes more than {memory_bytes / 1e9:.1f} GB of memory; ask for fewer intervals or patterns"
