"""A process that must end when its parent does, even killed with -9, even in the middle of a native solve.

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
import threading
import time

WATCH_SECONDS = 0.5


def end_with_parent(lifeline: int, parent: int) -> None:
    """End this process as soon as `parent`, which holds the other end of `lifeline`, has ended."""
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
