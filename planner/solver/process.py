"""A solver in a process of its own that can always be ended.

A native solver may ignore its time limit, hold Python's lock, print, or crash. So each runs in a child: our
own `python -m planner.solver.child`, started directly. (`multiprocessing` would import the caller's main
script again, which must not happen to a notebook, a server or a script without a main guard.)

The child never outlives us, in four ways. `close` kills its process group. A finaliser does the same when
the object is forgotten or the interpreter ends. Where we are killed outright, the kernel ends the child as
our end of its lifeline closes, and a watch inside the child sees that its parent changed (see `lifeline`).
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from typing import IO, Any, Literal, TypeAlias

from planner.errors import Interrupted, OutOfTime, SolverFailed

Engine: TypeAlias = Literal["highs", "scip"]
Message: TypeAlias = tuple[Any, ...]
Inbox: TypeAlias = "queue.SimpleQueue[tuple[str, Message | None]]"

LAST_SECONDS = 1.0  # a killed process and the threads that talk to it take no longer to end
TICK_SECONDS = 0.1  # between two questions whether to stop
LAST_WORDS = 2000  # characters of the child's standard error that an error message quotes


class Child:
    """One solver process.

    Messages go out and come in through threads, so that a child that stands still can never hold us up.

    Parameters
    ----------
    engine : which solver it loads, at once and before there is anything to solve
    name : what its messages are marked with
    inbox : where its messages arrive as (name, message), and (name, None) when it has ended
    """

    def __init__(self, engine: Engine, name: str = "", inbox: Inbox | None = None) -> None:
        self.name = name
        self.inbox: Inbox = queue.SimpleQueue() if inbox is None else inbox
        self._outbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        ours, theirs = Pipe()
        watched, lifeline = os.pipe()
        self._connection = ours
        self._process = _started(engine, theirs, watched, self._stderr)
        self._end = weakref.finalize(self, _ended, self._process, lifeline, self._stderr)
        self._threads = (
            threading.Thread(target=_send_all, args=(ours, self._outbox), daemon=True),
            threading.Thread(target=_receive_all, args=(ours, self.inbox, name), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process, which leads a group of its own."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def post(self, *message: object) -> None:
        """Send a message, without waiting for it to arrive."""
        self._outbox.put(message)

    def receive(self, deadline: float, stopped: Callable[[], bool] = lambda: False) -> Message:
        """The next message of a child that has its inbox to itself.

        Parameters
        ----------
        deadline : in `time.monotonic` terms
        stopped : asked several times a second

        Raises
        ------
        OutOfTime
            If the deadline comes first; the child is killed.
        Interrupted
            If `stopped` says so first; the child is killed.
        SolverFailed
            If the child has ended instead, with its last words.
        """
        message = self._awaited(deadline, stopped)
        if message is None:
            complaint = self.complaint()
            self.close()
            raise SolverFailed(complaint)
        return message

    def _awaited(self, deadline: float, stopped: Callable[[], bool]) -> Message | None:
        while True:
            try:
                return self.inbox.get(timeout=min(TICK_SECONDS, max(0.0, deadline - time.monotonic())))[1]
            except queue.Empty:
                if time.monotonic() >= deadline:
                    self.close()
                    raise OutOfTime("the solver was stopped at the deadline") from None
                if stopped():
                    self.close()
                    raise Interrupted("the solver was stopped") from None

    def complaint(self) -> str:
        """Why the child ended: the last of its standard error, and its exit code."""
        if not self._end.alive:
            return "the solver process was closed"
        try:
            code = self._process.wait(LAST_SECONDS)
        except subprocess.TimeoutExpired:  # it closed its connection and goes on
            _kill(self._process)
            code = self._process.wait()
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - LAST_WORDS))
        words = self._stderr.read().decode(errors="replace").strip()
        return f"the solver process ended with code {code}" + (f": {words}" if words else "")

    def kill(self) -> None:
        """End the child now; what it sent before still arrives, and then that it has ended."""
        _kill(self._process)

    def close(self) -> None:
        """Kill the child, if it still runs, and let go of everything; a second call does nothing."""
        if not self._end.alive:
            return
        self._end()
        self._outbox.put(None)
        for thread in self._threads:
            thread.join(LAST_SECONDS)
        self._connection.close()


def _started(engine: Engine, theirs: Any, watched: int, stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    """The process, holding its ends of the connection and of the lifeline."""
    handles = (theirs.fileno(), watched)
    arguments = (engine, *map(str, handles), str(os.getpid()))
    command = [sys.executable, "-P", "-m", "planner.solver.child", *arguments]
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # solvers print, and our standard output is the user's
            stderr=stderr,
            env=_environment(),
            pass_fds=handles,
            start_new_session=True,  # Ctrl-C on the terminal is ours to answer
        )
    finally:
        theirs.close()
        os.close(watched)


def _environment() -> dict[str, str]:
    """Our environment, with the modules found where we find them and one thread per solver."""
    places = os.pathsep.join(os.path.abspath(place) for place in sys.path)  # noqa: PTH100 - an empty place is here
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": places}


def _ended(process: subprocess.Popen[bytes], lifeline: int, stderr: IO[bytes]) -> None:
    _kill(process)
    process.wait()
    os.close(lifeline)
    stderr.close()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _send_all(connection: Connection[Any, Any], outbox: queue.SimpleQueue[Message | None]) -> None:
    while (message := outbox.get()) is not None:
        try:
            connection.send(message)
        except OSError:  # the child has ended, which the other thread tells
            return


def _receive_all(connection: Connection[Any, Any], inbox: Inbox, name: str) -> None:
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            inbox.put((name, None))
            return
        inbox.put((name, message))
