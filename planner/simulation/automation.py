"""What AI does with every single contact, by the contact's intent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, frozen, require
from planner.demand import offered, relative_times
from planner.scenario.automation import Automation

NO_SESSION, CONTAINED, HANDED_OVER, WRONGLY_CONTAINED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Intents:
    """The I intents of a queue, and what a plan's AI does with each.

    share : (I,) of the queue's contacts
    offered : (I,) share of each that is offered to AI
    containment : (I,) share of its sessions that AI ends without a person
    wrong_containment : (I,) share of those that come back to a person
    relative_time : (I,) handle time / the queue's
    saved : (I,) seconds that a person saves on a session handed over
    """

    share: Floats
    offered: Floats
    containment: Floats
    wrong_containment: Floats
    relative_time: Floats
    saved: Floats

    def __post_init__(self) -> None:
        shape = self.share.shape
        require(shape == self.offered.shape == self.containment.shape, "an entry per intent")
        require(shape == self.wrong_containment.shape == self.relative_time.shape, "an entry per intent")
        require(shape == self.saved.shape, "an entry per intent")


def intents_of(automation: Automation, share: float) -> Intents:
    """(A1), (A2)  The intents of a queue whose AI is offered this share of all contacts."""
    intents = automation.intents
    return Intents(
        share=frozen([intent.share for intent in intents]),
        offered=frozen(offered(intents, share)),
        containment=frozen([intent.containment for intent in intents]),
        wrong_containment=frozen([intent.wrong_containment for intent in intents]),
        relative_time=frozen(relative_times(intents)),
        saved=frozen([intent.saved_handle_time_seconds for intent in intents]),
    )


def met(intents: Intents, about: Floats, ends: Floats, handle_time: Floats) -> tuple[Floats, Counts]:
    """(S4)  Seconds expected of people for each contact, and what AI did with it.

    With more AI the same contacts are about the same, and whoever met AI before still does.

    Parameters
    ----------
    about, ends : (N,) uniform between 0 and 1
    handle_time : (N,) seconds, the queue's mean when each arrives

    Returns
    -------
    (N,) seconds; (N,) NO_SESSION, CONTAINED, HANDED_OVER or WRONGLY_CONTAINED
    """
    from planner.simulation.compiled.sessions import meet

    edge, kept = np.cumsum(intents.share), intents.containment
    to_ai = edge - intents.share * (1.0 - intents.offered)
    wrongly = kept * intents.wrong_containment
    table = np.stack((edge, to_ai, kept, wrongly, intents.relative_time, intents.saved))
    return meet(table, about, ends, handle_time)
