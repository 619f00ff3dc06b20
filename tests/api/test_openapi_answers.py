"""The service asked at random whatever its OpenAPI allows, and what it does not (schemathesis)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.asking import serving

CONFIG = """
[generation]
max-examples = {examples}
deterministic = true

# DELETE cancels a plan, which is then told as cancelled and not as gone.
[checks]
use_after_free.enabled = false

# What fields owe each other no schema can say: a well-formed request may still be a mistake.
[[operations]]
include-path-regex = "^/(plans|erlang|comparisons)$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "413", "422"]
"""
LIMITS = {"requests_per_minute": 10_000_000, "waiting_plans": 10_000_000}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "examples, seconds", [(5, 12), pytest.param(100, 300, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_every_answer_is_as_the_openapi_says_and_none_is_our_fault(
    tmp_path: Path, examples: int, seconds: int
) -> None:
    (tmp_path / "limits.json").write_text(json.dumps(LIMITS))
    (tmp_path / "asked.toml").write_text(CONFIG.format(examples=examples))
    ask = [sys.executable, "-m", "schemathesis.cli", "--config-file", "asked.toml", "run"]
    with serving(tmp_path, "--jobs", "0", "--limits", "limits.json") as server:
        done = subprocess.run(
            [*ask, f"{server.url}/openapi.json", "--no-color", "--max-time", str(seconds)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        statuses = {line["status"] for line in server.lines() if line["event"] == "request"}

    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    assert {200, 202, 404, 422} <= statuses
    assert max(statuses) < 500
