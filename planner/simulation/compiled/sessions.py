"""What AI does with contacts, one after the other."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled

NO_SESSION, CONTAINED, HANDED_OVER, WRONGLY_CONTAINED = 0, 1, 2, 3
ABOUT, TO_AI, KEPT, WRONGLY, RELATIVE_TIME, SAVED = 0, 1, 2, 3, 4, 5
TABLE = 6


@compiled
def meet(intents: Floats, about: Floats, ends: Floats, handle_time: Floats) -> tuple[Floats, Counts]:
    """(S4)  (N,) seconds expected of people for each contact; (N,) what AI did with it.

    intents : (TABLE, I) below which `about` is ABOUT an intent, and goes TO_AI; below which `ends` is KEPT
        by AI, and WRONGLY so; handle time / the queue's; seconds saved where AI hands over
    about, ends : (N,) uniform between 0 and 1
    handle_time : (N,) seconds, the queue's mean when each arrives

    Without a branch, as what it would depend on is chance, and a processor guesses wrong half the time:
    HANDED_OVER comes one after CONTAINED, WRONGLY_CONTAINED two.
    """
    mean, session = np.empty(len(about)), np.empty(len(about), dtype=np.int64)
    for n in range(len(about)):
        i = 0
        for upper in range(intents.shape[1] - 1):
            i += about[n] >= intents[ABOUT, upper]
        to_ai, hand_over = about[n] < intents[TO_AI, i], ends[n] >= intents[KEPT, i]
        session[n] = to_ai * (CONTAINED + hand_over + 2 * (ends[n] < intents[WRONGLY, i]))
        saved = (to_ai & hand_over) * intents[SAVED, i]
        mean[n] = max(handle_time[n] * intents[RELATIVE_TIME, i] - saved, 0.0)
    return mean, session
