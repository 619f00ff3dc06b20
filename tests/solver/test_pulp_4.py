"""The seam's tests once more on PuLP 4, where an interpreter that has it is at hand.

PLANNER_PULP4_PYTHON names a Python 3.12 or newer with pulp 4, numpy, scipy and pytest.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_seam_holds_on_pulp_4_too() -> None:
    python = os.environ.get("PLANNER_PULP4_PYTHON")
    if not python:
        pytest.skip("PLANNER_PULP4_PYTHON names no Python with PuLP 4")
    version = subprocess.run(
        [python, "-c", "import importlib.metadata as m; print(m.version('pulp'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout.startswith("4.")
    alone = ["-q", "-W", "error", "-p", "no:cacheprovider", "--noconftest", "-c", os.devnull]
    ran = subprocess.run(
        [python, "-B", "-m", "pytest", *alone, "--rootdir", str(ROOT), "tests/solver/test_pulp_seam.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
