"""Many clients at once, each on a connection of its own, in one thread: what they were answered and how fast.

Written on bare streams, so that the clients take little of the cores that the server needs.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from api.examples import ERLANG

_MOST_TRIES = 300

LIGHT = ("GET /plans/{plan}", "GET /plans", "GET /health", "POST /erlang")


@dataclass(slots=True)
class Load:
    """What clients heard: seconds by kind of request, statuses, plans accepted, connections that broke."""

    seconds: dict[str, list[float]] = field(
        default_factory=lambda: {kind: [] for kind in (*LIGHT, "POST /plans")}
    )
    statuses: Counter[int] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)
    broken: int = 0

    @property
    def requests(self) -> int:
        """Requests that were answered."""
        return self.statuses.total()

    def light(self) -> list[float]:
        """Seconds of all light requests."""
        return [each for kind in LIGHT for each in self.seconds[kind]]


@dataclass(frozen=True, slots=True)
class Clients:
    """So many clients with a plan to ask for now and then.

    plan : body of POST /plans
    keys : keys that they share evenly; none: the server wants none
    pause : mean seconds between an answer and the next request of a client
    at_once : so many ask for a plan in their first request
    plan_share : share of the further requests that ask for a plan
    """

    url: str
    plan: Any
    number: int = 50
    keys: tuple[str, ...] = ()
    pause: float = 0.0
    at_once: int = 20
    plan_share: float = 0.002

    def run(self, seconds: float) -> Load:
        """Ask for so long."""
        return asyncio.run(self._all(seconds))

    async def _all(self, seconds: float) -> Load:
        heard, end = Load(), time.monotonic() + seconds
        await asyncio.gather(*(self._one(number, heard, end) for number in range(self.number)))
        return heard

    async def _one(self, number: int, heard: Load, end: float) -> None:
        chance = random.Random(number)
        connection = _Connection(self.url, self.keys[number % len(self.keys)] if self.keys else None)
        for count in itertools.count():
            if time.monotonic() > end:
                break
            if self.pause:
                await asyncio.sleep(chance.expovariate(1 / self.pause))
            first = count == 0 and number < self.at_once
            asked = self._plan() if first else self._asked(chance, heard)
            await self._answered(connection, heard, asked, f"{number}-{count}")
        connection.close()

    async def _answered(
        self, connection: _Connection, heard: Load, asked: tuple[str, str, Any], name: str
    ) -> None:
        """Ask until there is an answer: a request whose connection broke is sent again, with the same key."""
        kind, path, body = asked
        for _ in range(_MOST_TRIES):
            began = time.monotonic()
            try:
                status, answer = await connection.ask(kind.split()[0], path, body, name)
            except (OSError, EOFError):
                heard.broken += 1
                connection.close()
                await asyncio.sleep(0.2)
                continue
            heard.seconds[kind].append(time.monotonic() - began)
            heard.statuses[status] += 1
            if status == 202:
                heard.accepted.append(json.loads(answer)["id"])
            elif status == 429:
                await asyncio.sleep(1.0)
            return
        raise ConnectionError(f"the server did not come back for {name}")

    def _plan(self) -> tuple[str, str, Any]:
        return "POST /plans", "/plans", self.plan

    def _asked(self, chance: random.Random, heard: Load) -> tuple[str, str, Any]:
        if chance.random() < self.plan_share:
            return self._plan()
        known = heard.accepted[-20:]
        kinds, weights = (LIGHT, (5, 2, 1, 2)) if known else (LIGHT[1:], (2, 1, 2))
        kind = chance.choices(kinds, weights)[0]
        path = kind.split()[1].replace("{plan}", chance.choice(known) if known else "")
        return kind, path, ERLANG if kind == "POST /erlang" else None


class _Connection:
    """A connection that stays open from one request to the next."""

    def __init__(self, url: str, key: str | None) -> None:
        where = urlsplit(url)
        self._host, self._port = str(where.hostname), int(where.port or 80)
        self._key = "" if key is None else f"Authorization: Bearer {key}\r\n"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any, name: str) -> tuple[int, bytes]:
        """Status and content of the answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        content = b"" if body is None else json.dumps(body).encode()
        kind = "Content-Type: application/json\r\n" if content else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{self._key}{kind}Idempotency-Key: {name}\r\n"
        )
        writer.write(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        said = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in said[1:])
        }
        return int(said[0].split()[1]), await reader.readexactly(int(headers["content-length"]))

    def close(self) -> None:
        """Let go; the next request opens it again."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
