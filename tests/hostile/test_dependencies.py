"""The page of dependencies and the CycloneDX document: nothing that runs is missing."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "dependencies.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]
DIRECT = [Requirement(line) for line in (*PROJECT["dependencies"], *EXTRAS["cluster"], *EXTRAS["service"])]


@pytest.fixture(scope="module")
def components() -> dict[str, dict[str, str]]:
    told = subprocess.run(
        [sys.executable, ROOT / ".ci" / "dependencies.py", "sbom"], capture_output=True, check=True, cwd=ROOT
    )
    document = json.loads(told.stdout)
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.5")
    return {part["name"]: part for part in document["components"]}


@pytest.mark.parametrize("asked", DIRECT, ids=lambda asked: asked.name)
def test_every_dependency_is_on_the_page_with_its_versions(asked: Requirement) -> None:
    versions = ", ".join(sorted(str(asked.specifier).split(",")))
    assert f"| {canonicalize_name(asked.name)} | `{versions}` |" in PAGE.read_text(encoding="utf-8")


def test_every_dependency_has_its_version_and_licence(components: dict[str, dict[str, str]]) -> None:
    assert {canonicalize_name(asked.name) for asked in DIRECT if asked.name != "uvloop"} <= set(components)
    assert all(part["version"] and part["licenses"] for part in components.values())


def test_what_they_bring_along_is_on_the_page(components: dict[str, dict[str, str]]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in components if f"| {name} |" not in page] == []
