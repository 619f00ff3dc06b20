"""Where tests find the data that lies beside the project, read in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(name: str) -> Path:
    """Path of a file of the shared folder; skips with a reason where it is absent.

    With PLANNER_REQUIRE_ALL set, as in CI, an absent file fails the test instead.
    """
    path = SHARED / name
    if not path.exists():
        reason = f"../shared/{name} is not beside the project"
        if os.environ.get("PLANNER_REQUIRE_ALL"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
