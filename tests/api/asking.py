"""Requests that tests of the service send, and what they read in its answers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SCENARIO: dict[str, Any] = {
    "name": "Monday",
    "currency": "EUR",
    "calendar": {"start": "2026-06-15", "days": 1, "interval_minutes": 60, "time_zone": "Europe/Berlin"},
    "queues": {"sales": {"patience_seconds": 120, "open": {"mon": "08:00-12:00"}}},
    "pools": {
        "staff": {
            "kind": "in_house",
            "queues": ["sales"],
            "pay": {"by": "hour", "wage": 20},
            "shifts": {"starts": ["08:00"], "lengths_hours": 4},
        }
    },
}
FORECAST = [
    {"start": f"2026-06-15T{hour:02}:00:00", "queue": "sales", "contacts": 20, "handle_time_seconds": 240}
    for hour in range(8, 12)
]
CSV = "start,queue,contacts,handle_time_seconds\n" + "".join(
    f"{row['start']},sales,{row['contacts']},240\n" for row in FORECAST
)


def changed(**changes: Any) -> dict[str, Any]:
    """The morning's request with other fields in its scenario."""
    return {"scenario": SCENARIO | changes, "forecast": FORECAST}


def long_request(seconds: float) -> dict[str, Any]:
    """A week that is solved until its time limit: a gap of nothing is never reached in so short a time."""
    queues = {
        name: {"patience_seconds": 120, "open": {"mon-sun": "08:00-22:00"}} for name in ("sales", "care")
    }
    pools = {
        name: {
            "kind": "in_house",
            "queues": ["sales", "care"] if name == "both" else [name],
            "pay": {"by": "hour", "wage": wage},
            "shifts": {
                "starts": {"from": "08:00", "to": "18:00", "every_minutes": 30},
                "lengths_hours": [4, 6, 8],
                "outside_opening_hours": True,
            },
        }
        for name, wage in (("sales", 20.7), ("care", 21.3), ("both", 23.9))
    }
    scenario = SCENARIO | {
        "name": "A long week",
        "calendar": SCENARIO["calendar"] | {"days": 7, "interval_minutes": 30},
        "queues": queues,
        "pools": pools,
        "solver": {"gap": 0.0, "time_limit_seconds": seconds},
    }
    forecast = [
        {
            "start": f"2026-06-{15 + day}T{hour:02}:{minute:02}:00",
            "queue": queue,
            "contacts": 30 + 7 * ((hour * 5 + minute + day * 3) % 11),
            "handle_time_seconds": 240,
        }
        for day in range(7)
        for hour in range(8, 22)
        for minute in (0, 30)
        for queue in queues
    ]
    return {"scenario": scenario, "forecast": forecast}


def problem_of(response: Any, status: int) -> dict[str, Any]:
    """The problem details of a refusal with that status."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert isinstance(found, dict)
    assert found["status"] == status
    return found


def faults(response: Any) -> dict[str, str]:
    """Mistakes by their pointers."""
    return {fault["pointer"]: fault["detail"] for fault in problem_of(response, 422)["errors"]}


class Server:
    """`planner serve` as a process of its own, spoken to as any program would."""

    def __init__(self, folder: Path, *options: str, port: int | None = None) -> None:
        port = port or free_port()
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / f"serve-{port}.log"
        command = [sys.executable, "-m", "planner.cli", "serve", "--port", str(port), *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        until(self.up, 30, self.log)

    def up(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return bool(self.get("/health")["status"] == "ok")
        except OSError:
            return False

    def get(self, path: str) -> Any:
        return json.loads(self.ask("GET", path)[1])

    def post(self, path: str, body: object, **headers: str) -> Any:
        given = {"content-type": "application/json"} | {n.replace("_", "-"): v for n, v in headers.items()}
        return json.loads(self.ask("POST", path, json.dumps(body).encode(), given)[1])

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        try:
            with urlopen(Request(self.url + path, body, headers or {}, method=method), timeout=30) as answer:
                return answer.status, answer.read()
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def kill(self) -> None:
        """As `kill -9` does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def serving(folder: Path, *options: str, port: int | None = None) -> Iterator[Server]:
    """A server that is gone afterwards."""
    server = Server(folder, *options, port=port)
    try:
        yield server
    finally:
        server.kill()


def until(holds: Callable[[], bool], seconds: float, log: Path | None = None) -> None:
    """Wait until something holds; it has to within these seconds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, log.read_text()[-3000:] if log else "it never came to hold"
        time.sleep(0.05)


def below(pid: int) -> set[int]:
    """The processes that a process started, and theirs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, ring = set[int](), {pid}
    while ring:
        ring = {child for child, parent in parents.items() if parent in ring}
        found |= ring
    return found


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(pid: int) -> None:
    """As `kill -9` does."""
    os.kill(pid, signal.SIGKILL)


def solves(server: Server) -> list[int]:
    """The processes that make plans."""
    return [pid for pid in below(server.process.pid) if command(pid) == "api.jobs.child"]


def command(pid: int) -> str:
    """The module that a process of ours runs."""
    said = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return said[said.index(b"-m") + 1].decode() if b"-m" in said else ""
