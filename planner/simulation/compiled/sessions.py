"""What AI does with contacts, one after the other."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled

NO_SESSION, CONTAINED, HANDED_OVER, WRONGLY_CONTAINED = 0, 1, 2, 3


@compiled
def sort_contacts(bounds: Floats, about: Floats, ends: Floats) -> tuple[Counts, Counts]:
    """(N,) intent, and NO_SESSION, CONTAINED, HANDED_OVER or WRONGLY_CONTAINED.

    bounds : (4, I) below which `about` is about an intent, and is offered to AI; below which `ends` is
        contained, and is so wrongly

    Without a branch, as what it would depend on is chance, and a processor guesses wrong half the time:
    HANDED_OVER comes one after CONTAINED, WRONGLY_CONTAINED two.
    """
    intent, session = np.zeros(len(about), dtype=np.int64), np.full(len(about), NO_SESSION)
    for n in range(len(about)):
        i = 0
        for upper in range(bounds.shape[1] - 1):
            i += about[n] >= bounds[0, upper]
        handed_over, wrongly = ends[n] >= bounds[2, i], ends[n] < bounds[3, i]
        ending = (
            CONTAINED + (HANDED_OVER - CONTAINED) * handed_over + (WRONGLY_CONTAINED - CONTAINED) * wrongly
        )
        intent[n], session[n] = i, ending * (about[n] < bounds[1, i])
    return intent, session
