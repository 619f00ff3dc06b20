"""A trace counted by interval: contacts where they arrived, people's seconds where they passed."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled
from planner.simulation.compiled.scene import NONE, Calls, Rules, Trace

OFFERED, ANSWERED, ABANDONED, WAITED, WAITED_ANSWERED, HANDLED = 0, 1, 2, 3, 4, 5
TALLIES = 6
PRESENT, BUSY, TAKEN = 0, 1, 2
SECONDS = 3


@compiled
def contacts_by_interval(
    calls: Calls, interval: Counts, trace: Trace, shape: tuple[int, int], closing: float
) -> Floats:
    """(TALLIES, T, Q) contacts and seconds, by interval of arrival.

    interval : (N,) of the calendar; negative where a contact is not counted
    closing : seconds at which whoever would wait for ever is lost
    """
    found = np.zeros((TALLIES, shape[0], shape[1]))
    for n in range(len(interval)):
        t, q = interval[n], calls.queue[n]
        if t < 0:
            continue
        found[OFFERED, t, q] += 1
        if trace.person[n] == NONE:
            found[ABANDONED, t, q] += 1
            found[WAITED, t, q] += min(calls.patience[n], max(closing - calls.time[n], 0.0))
        else:
            waited = trace.began[n] - calls.time[n]
            found[ANSWERED, t, q] += 1
            found[WAITED, t, q] += waited
            found[WAITED_ANSWERED, t, q] += waited
            found[HANDLED, t, q] += trace.ended[n] - trace.began[n]
    return found


@compiled
def in_time_by_interval(
    calls: Calls, interval: Counts, trace: Trace, shape: tuple[int, int], within: Floats
) -> Floats:
    """(2, W, T, Q) contacts answered within each time; contacts whose virtual wait is within it."""
    found = np.zeros((2, len(within), shape[0], shape[1]))
    for n in range(len(interval)):
        t, q = interval[n], calls.queue[n]
        for w in range(len(within)):
            if t >= 0 and trace.virtual[n] <= within[w]:
                found[1, w, t, q] += 1
                if trace.person[n] != NONE:
                    found[0, w, t, q] += 1
    return found


@compiled
def seconds_by_interval(rules: Rules, trace: Trace, intervals: int, length: float) -> Floats:
    """(SECONDS, T, P) seconds on the queue, seconds on contacts, and contacts answered, of every pool."""
    found = np.zeros((SECONDS, intervals, len(rules.productivity)))
    for s in range(len(trace.stretch_person)):
        pool = rules.pool[trace.stretch_person[s]]
        spread(found[PRESENT, :, pool], trace.stretch_start[s], trace.stretch_end[s], length)
    for n in range(len(trace.person)):
        if trace.person[n] != NONE:
            pool, began = rules.pool[trace.person[n]], trace.began[n]
            spread(found[BUSY, :, pool], began, trace.ended[n], length)
            if 0.0 <= began < intervals * length:
                found[TAKEN, int(began / length), pool] += 1
    return found


@compiled
def spread(into: Floats, start: float, end: float, length: float) -> None:
    """Add the seconds from start to end to the intervals that they lie in."""
    start, end = max(start, 0.0), min(end, len(into) * length)
    while start < end:
        t = int(start / length)
        until = min((t + 1) * length, end)
        into[t] += until - start
        start = until
