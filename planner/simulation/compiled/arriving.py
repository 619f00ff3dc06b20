"""Contacts as they come: nobody has answered them yet."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import NONE, Records


@compiled
def moments(reached: Floats, before: Floats, rates: Floats, width: float) -> tuple[Floats, Counts]:
    """(S3)  When as many contacts have been expected as are reached, and in which stretch that is.

    reached : (N,) contacts, rising
    before : (H + 1,) contacts expected before each of H stretches, and in all
    rates : (H, 2) contacts per second at the start and the end of a stretch, linear in between
    width : seconds of a stretch
    """
    since, at = np.empty(len(reached)), np.empty(len(reached), dtype=np.int64)
    stretch = 0
    for n in range(len(reached)):
        while stretch + 1 < len(rates) and before[stretch + 1] <= reached[n]:
            stretch += 1
        ahead, first = reached[n] - before[stretch], rates[stretch, 0]
        slope = (rates[stretch, 1] - first) / width
        root = np.sqrt(max(first * first + 2.0 * slope * ahead, 0.0))
        since[n] = stretch * width + min(max(2.0 * ahead / (first + root), 0.0), width)
        at[n] = stretch
    return since, at


@compiled
def write_first_attempts(
    contacts: Records, time: Floats, queue: Counts, handle_time: Floats, patience: Floats
) -> None:
    """A record for each of N contacts, in the first places."""
    for n in range(len(time)):
        contacts[n]["time"], contacts[n]["queue"] = time[n], queue[n]
        contacts[n]["handle_time"], contacts[n]["patience"] = handle_time[n], patience[n]
        unanswered(contacts, n)


@compiled
def unanswered(contacts: Records, contact: int) -> None:
    """Nobody has answered a contact, and nobody waits behind it."""
    contacts[contact]["behind"], contacts[contact]["person"] = NONE, NONE
    contacts[contact]["began"], contacts[contact]["ended"] = np.inf, np.inf
    contacts[contact]["virtual"] = np.inf
