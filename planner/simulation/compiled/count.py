"""A replication counted by interval: contacts where they arrived, people's seconds where they passed."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import NONE, Records, Scene

OFFERED, ANSWERED, ABANDONED, WAITED, WAITED_ANSWERED, HANDLED, REPEATS = 0, 1, 2, 3, 4, 5, 6
TALLIES = 7
PRESENT, BUSY, TAKEN = 0, 1, 2
SECONDS = 3
ENDINGS = 3


@compiled
def contacts_by_interval(
    contacts: Records, firsts: int, interval: Counts, shape: tuple[int, int], closing: float
) -> Floats:
    """(TALLIES, T, Q) contacts and seconds, by interval of arrival.

    firsts : how many of the contacts, before all others, are first attempts
    interval : (N,) of the calendar; negative where a contact is not counted
    closing : seconds at which whoever would wait for ever is lost
    """
    found = np.zeros((TALLIES, shape[0], shape[1]))
    for n in range(len(interval)):
        t, contact = interval[n], contacts[n]
        if t < 0:
            continue
        q = contact["queue"]
        found[OFFERED, t, q] += 1
        found[REPEATS, t, q] += n >= firsts
        if contact["person"] == NONE:
            found[ABANDONED, t, q] += 1
            found[WAITED, t, q] += min(contact["patience"], max(closing - contact["time"], 0.0))
        else:
            waited = contact["began"] - contact["time"]
            found[ANSWERED, t, q] += 1
            found[WAITED, t, q] += waited
            found[WAITED_ANSWERED, t, q] += waited
            found[HANDLED, t, q] += contact["ended"] - contact["began"]
    return found


@compiled
def in_time_by_interval(
    contacts: Records, interval: Counts, shape: tuple[int, int], within: Floats
) -> Floats:
    """(2, W, T, Q) contacts answered within each time; contacts whose virtual wait is within it."""
    found = np.zeros((2, len(within), shape[0], shape[1]))
    if len(within) == 0:
        return found
    for n in range(len(interval)):
        t, contact = interval[n], contacts[n]
        for w in range(len(within)):
            if t >= 0 and contact["virtual"] <= within[w]:
                found[1, w, t, contact["queue"]] += 1
                if contact["person"] != NONE:
                    found[0, w, t, contact["queue"]] += 1
    return found


@compiled
def sessions_by_interval(session: Counts, interval: Counts, intervals: int) -> Floats:
    """(ENDINGS, T) contacts that AI kept, handed over and wrongly took for solved, by interval of arrival.

    session, interval : (N,) as of one queue
    """
    found = np.zeros((ENDINGS, intervals))
    for n in range(len(session)):
        if session[n] > 0 and interval[n] >= 0:
            found[session[n] - 1, interval[n]] += 1
    return found


@compiled
def seconds_by_interval(scene: Scene, intervals: int, length: float) -> Floats:
    """(SECONDS, T, P) seconds on the queue, seconds on contacts, and contacts answered, of every pool."""
    contacts, people, stretches = scene.contacts, scene.people, scene.stretches
    found = np.zeros((SECONDS, len(scene.pools), intervals))
    for s in range(1, stretches[0]["person"] + 1):
        pool = people[stretches[s]["person"]]["pool"]
        spread(found[PRESENT, pool], stretches[s]["start"], stretches[s]["end"], length)
    for n in range(len(contacts)):
        if contacts[n]["person"] != NONE:
            pool, began = people[contacts[n]["person"]]["pool"], contacts[n]["began"]
            spread(found[BUSY, pool], began, contacts[n]["ended"], length)
            if 0.0 <= began < intervals * length:
                found[TAKEN, pool, int(began / length)] += 1
    return found.transpose(0, 2, 1).copy()


@compiled
def spread(into: Floats, start: float, end: float, length: float) -> None:
    """Add the seconds from start to end to the intervals that they lie in."""
    start, end = max(start, 0.0), min(end, len(into) * length)
    while start < end:
        t = int(start / length)
        until = min((t + 1) * length, end)
        into[t] += until - start
        start = until
