"""Workbooks computed anew by LibreOffice: what our formulas come to in a program that is not ours."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>")


def office() -> str:
    """The program; skips with a reason where it is absent.

    With PLANNER_REQUIRE_ALL set, as in CI, its absence fails the test instead.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return found
    reason = "LibreOffice is not installed (Debian: apt-get install libreoffice-calc-nogui)"
    if os.environ.get("PLANNER_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


def forgotten(workbook: bytes) -> bytes:
    """The workbook without the values that its formulas had when it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, _VALUE.sub(rb"\1", old.read(name)))
    return made.getvalue()


def computed(workbook: bytes, folder: Path) -> bytes:
    """The workbook opened, computed and saved by LibreOffice."""
    given, into = folder / "plan.xlsx", folder / "computed"
    given.write_bytes(workbook)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office(), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(into), str(given)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    return (into / "plan.xlsx").read_bytes()
