"""Contacts as they come: nobody has answered them yet."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import NONE, Records


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
