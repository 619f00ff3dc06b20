"""Processes of this machine as an executor: a worker that dies takes only its own task with it.

The executor of the standard library is not used. One dead worker breaks all of it, tasks of others
included; and it imports the caller's main script again in every worker, which must not happen to a
notebook or a script without a main guard. Ours starts `python -m planner.running.worker`, one for a thread
that hands it a task at a time. A worker never outlives us: see `worker`.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Value = TypeVar("Value")

LAST_WORDS = 2000  # characters of a worker's standard error that an error message quotes
CLOSING_SECONDS = 5.0  # a worker without a task ends in less
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class WorkerDied(Exception):
    """A worker ended with a task in its hands: killed, out of memory, or crashed."""


class TaskFailed(Exception):
    """A task raised an error, told in words: not every error can be sent to another process."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A call, written down for a worker, and where its value goes."""

    future: Future[Any]
    call: bytes


class Processes(Executor):
    """An executor with so many processes, each with one task at a time and one thread for numbers.

    Leaving its context waits for the tasks; leaving it by an error kills them.
    """

    def __init__(self, workers: int) -> None:
        if workers < 1:
            raise ValueError(f"there must be a worker (got {workers})")
        self._items: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._workers = [_Worker() for _ in range(workers)]
        self._ending = False
        self._threads = [
            threading.Thread(target=_serve, args=(worker, self._items), daemon=True)
            for worker in self._workers
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, fn: Callable[Given, Value], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Value]:
        """Hand out a call; its function must be importable by name.

        Its future ends with WorkerDied where the worker did, and with TaskFailed where the call raised.
        """
        if self._ending:
            raise RuntimeError("cannot hand out a task after shutdown")
        future: Future[Value] = Future()
        self._items.put(_Item(future, pickle.dumps((fn, args, kwargs))))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers end: after all tasks, or after those under way. A second call does nothing."""
        if cancel_futures:
            self._cancel_waiting()
        if not self._ending:
            self._ending = True
            for _ in self._threads:
                self._items.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End at once; tasks under way end with WorkerDied, others are cancelled."""
        self._ending = True
        self._cancel_waiting()
        for _ in self._threads:
            self._items.put(None)
        for worker in self._workers:
            worker.abandon()
        for thread in self._threads:
            thread.join(CLOSING_SECONDS)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.shutdown()
        else:
            self.kill()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that have been started and still run."""
        return tuple(pid for worker in self._workers if (pid := worker.pid) is not None)

    def _cancel_waiting(self) -> None:
        while True:
            try:
                item = self._items.get_nowait()
            except queue.Empty:
                return
            if item is not None:
                item.future.cancel()


class _Worker:
    """A process that is started when there is a task for it, and again after it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[Any, Any] | None = None
        self._stderr: Any = None
        self._abandoned = False

    @property
    def pid(self) -> int | None:
        """The process, where there is one."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def answer(self, call: bytes) -> tuple[bool, Any]:
        """Whether a call gave a value, and that value or the error in words.

        Raises
        ------
        WorkerDied
            If the process ended instead.
        """
        connection = self._ready()
        try:
            connection.send_bytes(call)
            given: tuple[bool, Any] = pickle.loads(connection.recv_bytes())  # noqa: S301 - our own process
        except (EOFError, OSError):
            raise WorkerDied(self._buried()) from None
        return given

    def close(self) -> None:
        """Let the process end, which it does as its connection closes."""
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            try:
                process.wait(CLOSING_SECONDS)
            except subprocess.TimeoutExpired:
                _kill(process)
                process.wait()
            self._stderr.close()

    def abandon(self) -> None:
        """Kill the process, now and for good."""
        with self._lock:
            self._abandoned = True
            if self._process is not None:
                _kill(self._process)

    def _ready(self) -> Connection[Any, Any]:
        with self._lock:
            if self._abandoned:
                raise WorkerDied("the work was given up")
            if self._process is not None and self._process.poll() is not None:
                self._forget()
            if self._connection is None:
                self._connection, theirs = Pipe()
                self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
                self._process = _started(theirs, self._stderr)
            return self._connection

    def _buried(self) -> str:
        """How the process ended: its exit code and the last of its standard error."""
        with self._lock:
            process = self._process
            assert process is not None
            _kill(process)
            code = process.wait()
            size = self._stderr.seek(0, os.SEEK_END)
            self._stderr.seek(max(0, size - LAST_WORDS))
            words = self._stderr.read().decode(errors="replace").strip()
            self._forget()
        return f"the worker ended with code {code}" + (f": {words}" if words else "")

    def _forget(self) -> None:
        assert self._connection is not None
        self._connection.close()
        self._stderr.close()
        self._process = self._connection = None


def _serve(worker: _Worker, items: queue.SimpleQueue[_Item | None]) -> None:
    """Give a worker one task after another."""
    while (item := items.get()) is not None:
        if not item.future.set_running_or_notify_cancel():
            continue
        try:
            done, value = worker.answer(item.call)
        except WorkerDied as failure:
            item.future.set_exception(failure)
            continue
        if done:
            item.future.set_result(value)
        else:
            item.future.set_exception(TaskFailed(value))
    worker.close()


def _started(theirs: Connection[Any, Any], stderr: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "planner.running.worker", str(theirs.fileno()), str(os.getpid())]
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # our standard output is the user's
            stderr=stderr,
            env=_environment(),
            pass_fds=(theirs.fileno(),),
            start_new_session=True,  # Ctrl-C on the terminal is ours to answer
        )
    finally:
        theirs.close()


def _environment() -> dict[str, str]:
    """Ours, with modules found where we find them, and one thread for numbers."""
    places = os.pathsep.join(os.path.abspath(entry) for entry in sys.path)  # noqa: PTH100 - an empty entry is here
    return {**os.environ, **dict.fromkeys(ONE_THREAD, "1"), "PYTHONPATH": places}


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
