"""`planner serve` and `planner keys`, as they are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.api.asking import changed, serving

ROOT = Path(__file__).resolve().parents[2]


def planner(folder: Path, *words: str) -> Result:
    database = ("--database", f"sqlite:///{folder}/keys.db") if words[0] == "keys" else ()
    return CliRunner().invoke(app, [*words, *database])


def test_a_key_is_made_listed_and_revoked(tmp_path: Path) -> None:
    key = planner(tmp_path, "keys", "create", "Ann's script").stdout.strip()
    identity = key.split("_")[1]

    assert planner(tmp_path, "keys", "list").stdout == f"{identity}  holds  Ann's script\n"
    assert planner(tmp_path, "keys", "revoke", identity).exit_code == 0
    assert planner(tmp_path, "keys", "list").stdout == f"{identity}  revoked  Ann's script\n"
    again = planner(tmp_path, "keys", "revoke", identity)
    assert (again.exit_code, "planner keys list" in again.stderr) == (2, True)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 81])
def test_a_key_needs_a_name_that_can_be_read(tmp_path: Path, name: str) -> None:
    assert planner(tmp_path, "keys", "create", name).exit_code == 2


@pytest.mark.parametrize(
    "options, said",
    [
        (("--host", "0.0.0.0", "--no-keys"), "--no-keys"),
        (("--database", "mysql://x/y"), "--database"),
        (("--database", "sqlite:////nowhere/at/all.db"), "--database"),
        (("--limits", "nothing.json"), "--limits"),
    ],
)
def test_what_cannot_be_served_is_told_before_anything_starts(options: tuple[str, ...], said: str) -> None:
    done = planner(Path(), "serve", *options)

    assert done.exit_code == 2
    assert said in done.stderr


def test_limits_that_are_none_are_told_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "limits.json").write_text('{"queues": 0, "more": 1}')

    done = planner(tmp_path, "serve", "--limits", str(tmp_path / "limits.json"))

    assert done.exit_code == 2
    assert "queues" in done.stderr
    assert "more" in done.stderr


def test_others_than_this_machine_need_a_key(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0", "--jobs", "0") as server:
        assert server.ask("GET", "/plans")[0] == 401
        made = subprocess.run(
            [sys.executable, "-m", "planner.cli", "keys", "create", "ann"],
            cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        headers = {"authorization": f"Bearer {made.stdout.strip()}"}
        assert server.ask("GET", "/plans", headers=headers)[0] == 200


def test_a_port_that_is_taken_ends_the_server_with_a_reason(tmp_path: Path) -> None:
    with serving(tmp_path, "--jobs", "0") as server:
        port = server.url.rpartition(":")[2]
        done = subprocess.run(
            [sys.executable, "-m", "planner.cli", "serve", "--port", port],
            cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip

    assert done.returncode != 0
    assert "address already in use" in done.stderr


def test_the_service_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "api.serving", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)

    done = planner(Path(), "serve")

    assert done.exit_code == 2
    assert "contact-centre-planner[service]" in done.stderr


def test_a_server_starts_where_it_stopped(tmp_path: Path) -> None:
    with serving(tmp_path, "--jobs", "0") as server:
        plan = server.post("/plans", changed())["id"]
        assert server.stop() == 0
    with serving(tmp_path, "--jobs", "0") as server:
        assert server.get(f"/plans/{plan}")["state"] == "queued"


BROKEN = """
import sys
import api.jobs.supervisor as supervisor
def claim(*_):
    raise RuntimeError("an error of ours")
supervisor.claim = claim
sys.argv = ["planner", "serve", "--port", "0"]
from planner.cli import main
main()
"""


def test_a_server_that_solves_no_more_ends_so_that_it_is_started_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 1, done.stderr
    assert "an error of ours" in done.stderr
    assert '"event": "broken"' in done.stderr
