"""One plan being solved, seen from the server: started, listened to, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import IO, Any

from api.failures import failure, too_much
from api.jobs.memory import memory_of
from api.store.queue import Claim, Held, Result, Told
from api.store.record import State

_LAST_WORDS = 2000
"""Characters of a process's standard error that a reason quotes."""


@dataclass(frozen=True, slots=True)
class Broke:
    """The solve died or was killed from outside; trying again may help."""

    reason: str


class Solve:
    """The process that makes one claimed plan.

    Its inputs are its standard input, so that nothing waits for it to read them. `told` is the last
    progress, `outcome` what came of it once it has ended.
    """

    def __init__(self, claim: Claim, memory_bytes: int) -> None:
        self.held: Held = claim.held
        self.certify = claim.certify
        self.began = time.monotonic()
        self.told: Told | None = None
        self.outcome: Result | Broke | None = None
        self._allowed = claim.seconds_allowed
        self._memory_bytes = memory_bytes
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self.connection, theirs = Pipe()
        watched, self._lifeline = os.pipe()
        self._process = _started(claim, (theirs, watched), memory_bytes, self._stderr)

    @property
    def pid(self) -> int:
        """The process, which leads a group of its own."""
        return self._process.pid

    @property
    def seconds(self) -> float:
        """Since it was started."""
        return time.monotonic() - self.began

    def listen(self) -> None:
        """Take every message that has come; returns at once where there is none."""
        try:
            while self.outcome is None and self.connection.poll():
                self._hear(json.loads(self.connection.recv_bytes()))
        except (EOFError, OSError):
            self.outcome = Broke(self._complaint())

    def check(self) -> None:
        """End it if it goes on for longer than any solve of its limit may, or takes more memory."""
        if self.outcome is None and self.seconds > self._allowed:
            reason = f"it went on past its time limit and was ended after {self._allowed:.0f} s"
            self._end("timeout", failure("timeout", reason))
        elif self.outcome is None and memory_of(self.pid) > self._memory_bytes:
            self._end("failed", failure("error", too_much(self._memory_bytes)))

    def kill(self) -> None:
        """End the process now; its solvers end as their parent does."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill it, if it still runs, and let go of everything."""
        self.kill()
        self._process.wait()
        os.close(self._lifeline)
        self.connection.close()
        self._stderr.close()

    def _end(self, state: State, reason: bytes) -> None:
        self.kill()
        self.outcome = Result(state, {"failure": reason}, self.told)

    def _hear(self, message: dict[str, Any]) -> None:
        if "told" in message:
            self.told = Told(**message["told"])
        elif "broke" in message:
            self.outcome = Broke(message["broke"])
        else:
            documents = {kind: self.connection.recv_bytes() for kind in message["documents"]}
            self.outcome = Result(message["ended"], documents, self.told)

    def _complaint(self) -> str:
        """Why it ended without a result: its exit code, and the last of its standard error."""
        try:
            code = self._process.wait(1.0)
        except subprocess.TimeoutExpired:  # it closed its connection and goes on
            self.kill()
            code = self._process.wait()
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - _LAST_WORDS))
        words = self._stderr.read().decode(errors="replace").strip()
        return f"the process of the plan ended with code {code}" + (f": {words}" if words else "")


def _started(
    claim: Claim, theirs: tuple[Connection[Any, Any], int], memory_bytes: int, stderr: IO[bytes]
) -> subprocess.Popen[bytes]:
    """The process, holding its ends of the connection and of the lifeline."""
    connection, watched = theirs
    handles = (connection.fileno(), watched)
    said = (*handles, os.getpid(), memory_bytes, int(claim.certify))
    try:
        with tempfile.TemporaryFile() as question:
            question.write(claim.inputs)
            question.seek(0)
            return subprocess.Popen(  # noqa: S603 - our own module, no shell
                [sys.executable, "-P", "-m", "api.jobs.child", *map(str, said)],
                stdin=question,
                stdout=subprocess.DEVNULL,  # solvers print
                stderr=stderr,
                env=_environment(),
                pass_fds=handles,
                start_new_session=True,
            )
    finally:
        connection.close()
        os.close(watched)


def _environment() -> dict[str, str]:
    """Our environment without what only the server may know, and the modules found where we find them."""
    places = os.pathsep.join(os.path.abspath(place) for place in sys.path)  # noqa: PTH100 - an empty place is here
    kept = {name: value for name, value in os.environ.items() if name != "PLANNER_DATABASE"}
    return {**kept, "PYTHONPATH": places}
