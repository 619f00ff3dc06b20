"""Who is due at which moment: a binary heap, the earliest in entry 1.

In entry 0 `who` tells how many entries follow. People are due when their call or their pause ends. Entries
that nobody is in are due never, and there is always one more than are needed: so the earlier of two is found
without a branch, which a processor would guess wrong half the time, and the earliest of all without asking
whether there is one.
"""

from __future__ import annotations

import numpy as np

from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import Records


@compiled
def earliest(due: Records) -> float:
    """When somebody is due first; infinite if nobody is."""
    return float(due[1]["time"])


@compiled
def put(due: Records, time: float, who: int) -> None:
    """Add somebody."""
    due[0]["who"] += 1
    at = due[0]["who"]
    while at > 1 and due[at // 2]["time"] > time:
        due[at]["time"], due[at]["who"] = due[at // 2]["time"], due[at // 2]["who"]
        at //= 2
    due[at]["time"], due[at]["who"] = time, who


@compiled
def take(due: Records) -> int:
    """Remove whoever is due first."""
    first, size = due[1]["who"], due[0]["who"] - 1
    last, whose = due[size + 1]["time"], due[size + 1]["who"]
    due[0]["who"], due[size + 1]["time"] = size, np.inf
    if size > 0:
        settle(due, last, whose)
    return int(first)


@compiled
def settle(due: Records, time: float, who: int) -> None:
    """Put somebody in the place of whoever is due first."""
    size, at = due[0]["who"], 1
    while 2 * at <= size:
        below = 2 * at
        below += due[below + 1]["time"] < due[below]["time"]
        if time <= due[below]["time"]:
            break
        due[at]["time"], due[at]["who"] = due[below]["time"], due[below]["who"]
        at = below
    due[at]["time"], due[at]["who"] = time, who
