"""A worker process, `python -m planner.running.worker CONNECTION PARENT`; `processes` starts it.

It takes calls from its connection and sends back what they gave. It ends as the connection closes; and where
the parent is killed in the middle of a task, a thread sees that the parent has changed and ends the process.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

WATCH_SECONDS = 0.2


def main() -> None:
    """Serve until the connection closes."""
    handle, parent = map(int, sys.argv[1:3])
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    connection: Connection[Any, Any] = Connection(handle)
    with connection, ThreadPoolExecutor(1) as alone:
        while True:
            try:
                call = connection.recv_bytes()
            except (EOFError, OSError):
                return
            connection.send_bytes(_answer(alone.submit(_called, call)))


def _called(call: bytes) -> bytes:
    function, args, kwargs = pickle.loads(call)  # noqa: S301 - from our own parent
    return pickle.dumps((True, function(*args, **kwargs)))


def _answer(called: Future[bytes]) -> bytes:
    """What a call gave, written down; an error, also one of writing its value down, in words."""
    failure = called.exception()
    if failure is None:
        return called.result()
    return pickle.dumps((False, f"{type(failure).__name__}: {failure}"))


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
