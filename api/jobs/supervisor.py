"""The thread of a server that has plans solved: at most so many at a time, the rest in their order.

It alone writes to the database what becomes of a plan. Each turn it claims plans while it has room, listens
to the solves, renews the leases, and hands in results. A solve whose lease is gone, because the caller
cancelled the plan or another server took it over, is killed. Where the database cannot be reached for as long
as a lease, all solves are killed: by then others may solve the same plans.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait

from sqlalchemy.exc import DBAPIError

from api.failures import failure
from api.jobs.process import Broke, Solve
from api.lines import log
from api.settings import Settings
from api.store.database import Database
from api.store.expiry import expire
from api.store.queue import MOST_ATTEMPTS, Result, Told, claim, finish, give_back, renew

Ended = Callable[[str, float], None]
"""Hears the state that a solve ended in, and its seconds."""

_TURN_SECONDS = 0.5
"""Between two looks at the queue of a server with room."""
_NEWS_SECONDS = 1.0
"""Between two writes of progress."""
_DAY_SECONDS = 86_400.0
_BEATS = 5
"""Heartbeats in a lease."""
_TIDY_SECONDS = 60.0
"""Between two looks for plans that are kept no longer."""
_AGAIN_SECONDS = 1.0
"""Between two tries to reach the database."""


class Supervisor:
    """Solves of one server.

    holder : its name in the database, different for every server ever started
    """

    def __init__(
        self, database: Database, settings: Settings, ended: Ended = lambda state, seconds: None
    ) -> None:
        self.holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(6)}"
        self._database = database
        self._settings = settings
        self._ended = ended
        self._solves: list[Solve] = []
        self._told: dict[int, Told | None] = {}
        self._beaten = time.monotonic()
        self._looked = self._tidied = float("-inf")
        self._asked = False
        self._stopping = False
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        self._thread = threading.Thread(target=self._work, name="supervisor", daemon=True)

    @property
    def solving(self) -> int:
        """How many solves run here."""
        return len(self._solves)

    @property
    def alive(self) -> bool:
        """Whether it works."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something new in the database."""
        try:
            os.write(self._waker, b".")
        except BlockingIOError:  # it has been woken a thousand times and has not looked yet
            return

    def stop(self) -> None:
        """End every solve, give its plan back to the queue, and stop."""
        self._stopping = True
        self.wake()
        self._thread.join()
        os.close(self._waker)
        os.close(self._woken)

    def _work(self) -> None:
        while not self._stopping:
            self._guarded(self._turn)
            self._pause()
        for solve in self._solves:
            solve.close()
        self._guarded(self._give_all_back)

    def _guarded(self, act: Callable[[], None]) -> None:
        """Do it, unless the database does not answer: then later."""
        try:
            act()
        except DBAPIError as failure:
            log.warning("database", problem=str(failure.orig))
            if time.monotonic() - self._beaten > self._settings.lease_seconds:
                self._drop(lambda solve: True)
            time.sleep(_AGAIN_SECONDS)

    def _turn(self) -> None:
        for solve in self._solves:
            solve.listen()
            solve.check()
        self._hand_in()
        self._beat()
        self._fill()
        self._tidy()
        self._asked = False

    def _pause(self) -> None:
        """Wait for a message, a call, or the next turn."""
        busy = [solve.connection for solve in self._solves if solve.outcome is None]
        if self._woken in wait([*busy, self._woken], _TURN_SECONDS):
            os.read(self._woken, 4096)
            self._asked = True

    def _fill(self) -> None:
        """Claim plans while there is room."""
        if not self._asked and time.monotonic() < self._looked + _TURN_SECONDS:
            return
        while len(self._solves) < self._settings.jobs:
            found = claim(self._database, self.holder, self._settings.lease_seconds)
            if found is None:
                self._looked = time.monotonic()
                return
            self._solves.append(Solve(found, self._settings.limits.plan_memory_bytes))
            log.info("job", plan=found.held.id, attempt=found.held.attempt, state="running")

    def _tidy(self) -> None:
        """Now and then let go of plans that are kept no longer."""
        days = self._settings.keep_days
        if days is None or time.monotonic() < self._tidied + _TIDY_SECONDS:
            return
        self._tidied = time.monotonic()
        gone = expire(self._database, days * _DAY_SECONDS)
        if gone:
            log.info("expired", plans=gone)

    def _beat(self) -> None:
        """Renew the leases when it is time, or when there is news."""
        since = time.monotonic() - self._beaten
        news = {solve.held.number: solve.told for solve in self._solves if self._is_news(solve)}
        due = self._asked or since > self._settings.lease_seconds / _BEATS or (news and since > _NEWS_SECONDS)
        if not self._solves:
            self._beaten = time.monotonic()
        elif due:
            began = time.monotonic()
            held = [(solve.held, news.get(solve.held.number)) for solve in self._solves]
            kept = renew(self._database, held, self._settings.lease_seconds)
            self._beaten = began
            self._told |= news
            self._drop(lambda solve: solve.held.number not in kept)

    def _is_news(self, solve: Solve) -> bool:
        return solve.told is not None and solve.told != self._told.get(solve.held.number)

    def _hand_in(self) -> None:
        for solve in list(self._solves):
            if solve.outcome is not None:
                state = self._settled(solve, solve.outcome)
                self._tell(solve, state, solve.outcome)
                self._forget(solve)

    def _settled(self, solve: Solve, outcome: Result | Broke) -> str:
        """Write down what came of a solve; what that made of the plan."""
        if isinstance(outcome, Result):
            return outcome.state if finish(self._database, solve.held, outcome) else "lost"
        if solve.held.attempt < MOST_ATTEMPTS:
            return "queued" if give_back(self._database, solve.held, counted=True) else "lost"
        given_up = Result("failed", {"failure": failure("error", outcome.reason)}, solve.told)
        return "failed" if finish(self._database, solve.held, given_up) else "lost"

    def _drop(self, which: Callable[[Solve], bool]) -> None:
        """Kill solves whose plans are no longer ours."""
        for solve in list(self._solves):
            if which(solve):
                self._tell(solve, "lost", None)
                self._forget(solve)

    def _give_all_back(self) -> None:
        for solve in list(self._solves):
            give_back(self._database, solve.held, counted=False)
            self._solves.remove(solve)

    def _forget(self, solve: Solve) -> None:
        solve.close()
        self._solves.remove(solve)
        self._told.pop(solve.held.number, None)

    def _tell(self, solve: Solve, state: str, outcome: Result | Broke | None) -> None:
        told, seconds = solve.told, round(solve.seconds, 3)
        self._ended(state, seconds)
        log.info(
            "job",
            plan=solve.held.id,
            attempt=solve.held.attempt,
            state=state,
            seconds=seconds,
            cost=None if told is None else told.cost,
            bound=None if told is None else told.bound,
            reason=outcome.reason if isinstance(outcome, Broke) else None,
        )
