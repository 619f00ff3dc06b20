"""People by the moment at which their call or their pause ends: a binary heap, the earliest in entry 1.

The person of entry 0 tells how many entries follow.
"""

from __future__ import annotations

from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import Records


@compiled
def put(due: Records, time: float, person: int) -> None:
    """Add a person."""
    due[0]["person"] += 1
    at = due[0]["person"]
    while at > 1 and due[at // 2]["time"] > time:
        due[at]["time"], due[at]["person"] = due[at // 2]["time"], due[at // 2]["person"]
        at //= 2
    due[at]["time"], due[at]["person"] = time, person


@compiled
def take(due: Records) -> int:
    """Remove the person who is due first."""
    first, size = due[1]["person"], due[0]["person"] - 1
    due[0]["person"] = size
    time, person = due[size + 1]["time"], due[size + 1]["person"]
    at = 1
    while 2 * at <= size:
        below = 2 * at
        if below < size and due[below + 1]["time"] < due[below]["time"]:
            below += 1
        if time <= due[below]["time"]:
            break
        due[at]["time"], due[at]["person"] = due[below]["time"], due[below]["person"]
        at = below
    due[at]["time"], due[at]["person"] = time, person
    return int(first)
