"""What `import planner` promises: at most fifteen names, quickly."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import planner

PROJECT = Path(__file__).resolve().parents[2]


def test_the_public_face_has_at_most_fifteen_names_and_every_one_is_there() -> None:
    assert len(planner.__all__) <= 15
    assert all(getattr(planner, name) is not None for name in planner.__all__)
    assert set(planner.__all__) <= set(dir(planner))


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solve'"):
        planner.solve  # noqa: B018 - the name alone must raise


def test_the_version_is_the_one_that_is_packaged() -> None:
    packaged = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]

    assert planner.__version__ == packaged


@pytest.mark.parametrize(
    "code",
    [
        "import planner",
        "import sys; sys.argv = ['planner', '--help']; from planner.cli import main\n"
        "try: main()\nexcept SystemExit: pass",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    heavy = "{'numpy', 'pandas', 'pydantic', 'scipy', 'numba', 'pulp', 'xlsxwriter', 'fastapi'}"
    check = f"{code}\nimport sys; print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"

    done = subprocess.run(
        [sys.executable, "-c", check], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert done.stderr.strip() == "[]"
