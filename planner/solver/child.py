"""The child process, `python -m planner.solver.child ENGINE CONNECTION LIFELINE PARENT`; `process` starts it.

It must end when its parent does, even killed with -9, even in the middle of a native solve.

- The lifeline is a pipe nobody writes to. When the parent is gone its other end closes, and the kernel sends
  us SIGIO, whose default is to end the process. No Python runs for that, so a solver that holds Python's lock
  changes nothing.
- If the parent was forked meanwhile, the copy still holds the lifeline: so a thread also looks whether our
  parent is still the same.

Linux's "signal on the parent's death" is not used: it means the parent's thread, and a server's worker
threads come and go.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

WATCH_SECONDS = 0.5


def main() -> None:
    """Serve one solver until the parent closes the connection."""
    engine, handle, lifeline, parent = sys.argv[1], *map(int, sys.argv[2:5])
    _end_with_parent(lifeline, parent)
    connection: Connection[Any, Any] = Connection(handle)
    with connection:
        if engine == "scip":
            from planner.solver import scip_engine

            scip_engine.serve(connection)
        else:
            from planner.solver import highs_engine

            highs_engine.serve(connection)


def _end_with_parent(lifeline: int, parent: int) -> None:
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGIO})
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    already_gone, _, _ = select.select([lifeline], [], [], 0)
    if already_gone or os.getppid() != parent:
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
