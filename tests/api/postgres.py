"""A PostgreSQL of the tests' own: Debian's package, a free loopback port, a temporary folder, no root."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_USER = "postgres"
"""Whom Debian's package makes; PostgreSQL refuses to run as root."""


def binaries() -> Path:
    """Where PostgreSQL's programs lie; skips with a reason where they are absent.

    With PLANNER_REQUIRE_ALL set, as in CI, their absence fails the test instead.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path is not None:
        return Path(on_path).parent
    reason = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if os.environ.get("PLANNER_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server that is started here and gone afterwards, without the name of a database."""
    programs = binaries()
    user = _USER if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="planner-postgres-"))
    if user is not None:
        shutil.chown(folder, user, user)
    name = user or "planner"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    data = folder / "data"
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
    options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())

    def control(*asked: str) -> None:
        command = [str(programs / asked[0]), *asked[1:]]
        done = subprocess.run(
            command, cwd=folder, user=user, group=user, extra_groups=[] if user else None,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    try:
        control("initdb", "--pgdata", str(data), "--auth", "trust", "--username", name, "--encoding", "UTF8")
        control("pg_ctl", "start", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"))
        try:
            yield f"postgresql://{name}@127.0.0.1:{port}"
        finally:
            control("pg_ctl", "stop", "-D", str(data), "-w", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def new_database(server: str) -> str:
    """The URL of an empty database there."""
    name = f"planner_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"
