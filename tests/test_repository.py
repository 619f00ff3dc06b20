"""What holds for the repository as a whole, whatever it computes."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import planner

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    "pyproject.toml",
    "README.md",
    "Makefile",
    "LICENSE",
    "planner",
    "api",
    "scenarios",
    "tests",
    "docs",
}
DRAWERS = {"utils", "util", "common", "helpers", "helper", "base", "misc", "core", "manager"}
MOST_NAMES = 15
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50

# Written so that this file is no match itself.
ADDRESS = re.compile(
    r"--(?:extra-)?index-url|--find-link[s]|https?://registry[.]|/simple[/]|https?://\S+[.]whl"
)
MACHINE_PATH = re.compile(r"(?<![\w.$}~*-])/(?:work|root|farm|home|Users)/")
SILENCER = re.compile(r"#\s*(?:noqa\b|type: ignore\b|pragma: no )")
EXPLAINED = re.compile(
    r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore\[[\w, -]+\]|pragma: no \w+)\s*(?:#|-|:)\s*\w+"
)


def committed() -> list[Path]:
    """Files under version control or about to be, as they are on disk."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: git does not tell which files are committed")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every committed text file."""
    for file in committed():
        content = file.read_bytes()
        if b"\0" not in content:
            yield file.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")


def ours() -> Iterator[tuple[str, str]]:
    """Name and text of every committed Python file of the product."""
    for name, text in texts():
        if name.endswith(".py") and name.startswith(("planner/", "api/")):
            yield name, text


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_top_level_holds_only_the_agreed_names() -> None:
    visible = {file.relative_to(ROOT).parts[0] for file in committed()}
    assert {name for name in visible if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_holds_the_address_of_a_registry() -> None:
    assert lines_matching(ADDRESS) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATH) == []


def test_pins_are_versions_without_addresses() -> None:
    pins = (ROOT / ".ci" / "constraints.txt").read_text().splitlines()
    assert len(pins) > 20
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [\w .<>=!']+)?", pin)] == []


def test_every_silenced_check_has_a_reason() -> None:
    silenced = [line for line in lines_matching(SILENCER) if re.match(r"[^:]+\.py:", line)]
    assert [line for line in silenced if not EXPLAINED.search(line)] == []


def test_every_setting_that_loosens_a_check_has_a_reason() -> None:
    settings = (ROOT / "pyproject.toml").read_text()
    loose = re.search(r"^ignore = \[\n(.*?)^\]", settings, re.MULTILINE | re.DOTALL)
    files = re.search(
        r"^\[tool\.ruff\.lint\.per-file-ignores\]\n(.*?)^\[tool", settings, re.MULTILINE | re.DOTALL
    )
    assert loose
    assert files
    rules = [line for line in (loose[1] + files[1]).splitlines() if re.match(r'\s+"', line)]
    assert len(rules) > 10
    assert [rule for rule in rules if not re.search(r'",? +# \w{1,}', rule)] == []


def test_every_file_is_named_by_its_idea() -> None:
    assert [name for name, _ in ours() if DRAWERS & set(Path(name).with_suffix("").parts)] == []


def test_no_file_outgrows_its_idea() -> None:
    assert [name for name, text in ours() if text.count("\n") > MOST_LINES_OF_A_FILE] == []


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function after its docstring."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_no_function_outgrows_a_screen() -> None:
    assert [
        f"{name}: {node.name}"
        for name, text in ours()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and body_lines(node) > MOST_LINES_OF_A_FUNCTION
    ] == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it is bare, or names Exception or BaseException, alone or among others."""
    if handler.type is None:
        return True
    named = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in named)


def test_errors_are_caught_by_name() -> None:
    assert [
        f"{name}:{node.lineno}"
        for name, text in ours()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ] == []


def imported(text: str) -> set[str]:
    """Top-level packages that a file imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(text)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    sources = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in plain | sources}


def test_library_knows_nothing_of_the_service_around_it() -> None:
    assert [name for name, text in ours() if name.startswith("planner/") and "api" in imported(text)] == []


def test_public_face_is_small_and_real() -> None:
    names: list[str] = list(getattr(planner, "__all__", ()))
    assert len(names) <= MOST_NAMES
    assert [name for name in names if not hasattr(planner, name)] == []
