"""How often each caller may ask: a bucket that fills steadily and holds what may come at once."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

_BURST_SHARE = 0.25
"""Of a minute's requests, how many may come at once."""


class Rates:
    """Buckets of all callers of one server."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_minute / 60
        self._holds = max(1.0, _BURST_SHARE * per_minute)
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, caller: str) -> int:
        """Take one request out of a caller's bucket: 0, or the whole seconds after which there is one."""
        with self._lock:
            now = self._clock()
            left, at = self._buckets.get(caller, (self._holds, now))
            left = min(self._holds, left + (now - at) * self._per_second)
            allowed = left >= 1
            self._buckets[caller] = (left - 1 if allowed else left, now)
        return 0 if allowed else max(1, math.ceil((1 - left) / self._per_second))
