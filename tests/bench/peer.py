"""Asks a script in the peers' own environment; both speak JSON."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from tests.bench.footprint import ROOT

PYTHON = ROOT / ".venv-peers" / "bin" / "python"
_NO_PYTHON = 3


def peers_at_hand() -> None:
    """Build the peers' environment where it is missing; skip with a reason where it cannot be built.

    With PLANNER_REQUIRE_ALL set, as in CI, the test fails instead.
    """
    built = subprocess.run(
        ["bash", str(ROOT / ".ci" / "peers.sh")], capture_output=True, encoding="utf-8", check=False
    )
    if built.returncode == 0:
        return
    reason = built.stderr.strip().splitlines()[-1] if built.stderr.strip() else "peers cannot be built"
    if built.returncode != _NO_PYTHON or os.environ.get("PLANNER_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


def ask(script: str, question: dict[str, Any]) -> dict[str, Any]:
    """What tests/bench/peers/SCRIPT.py answers."""
    said = subprocess.run(
        [str(PYTHON), str(ROOT / "tests" / "bench" / "peers" / f"{script}.py")],
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if said.returncode != 0:
        raise RuntimeError(f"{script} ended with {said.returncode}: {said.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(said.stdout)
    return answer
