"""Contacts that will come again, in a heap as in due.py.

Entry 2 n is contact n once it has left, entry 2 n + 1 once its call has ended. Whoever begins to wait is
noted as if sure to leave, since nothing happens at the moment at which it does. If it was answered instead,
the entry is void.
"""

from __future__ import annotations

import numpy as np

from planner.simulation.compiled import compiled
from planner.simulation.compiled.arriving import unanswered
from planner.simulation.compiled.due import put, take
from planner.simulation.compiled.records import NONE, Scene
from planner.simulation.repeats import CHANCE, DELAY, HANDLE_TIME, PATIENCE

LEFT, ANSWERED = 0, 1


@compiled
def note(scene: Scene, contact: int) -> None:
    """(S11)  A contact that begins to wait or is answered may come again, after leaving or its call."""
    first, number = origin(scene, contact)
    said, rules = scene.contacts[contact], scene.queues[scene.contacts[contact]["queue"]]
    if number >= rules["further"]:
        return
    ending = LEFT if said["person"] == NONE else ANSWERED
    over = said["time"] + said["patience"] if ending == LEFT else said["ended"]
    share = rules["after_abandonment"] if ending == LEFT else rules["after_answer"]
    mean = rules["abandonment_delay"] if ending == LEFT else rules["unresolved_delay"]
    if scene.further[first, number, CHANCE] < share:
        comes = after_opening_time(scene, said["queue"], over, mean * scene.further[first, number, DELAY])
        if comes < np.inf:
            put(scene.returns, comes, 2 * contact + ending)


@compiled
def comes_again(scene: Scene, place: int, now: float) -> bool:
    """Whether who is due first comes again, then as the contact of this place; not if the entry is void."""
    contacts, entry = scene.contacts, take(scene.returns)
    before = entry // 2
    if entry % 2 == LEFT and contacts[before]["person"] != NONE:
        return False
    first, number = origin(scene, before)
    attempt = place - scene.firsts
    scene.attempts[attempt]["first"], scene.attempts[attempt]["number"] = first, number + 1
    contacts[place]["time"], contacts[place]["queue"] = now, contacts[before]["queue"]
    contacts[place]["handle_time"] = scene.further[first, number, HANDLE_TIME]
    contacts[place]["patience"] = scene.further[first, number, PATIENCE]
    unanswered(contacts, place)
    return True


@compiled
def origin(scene: Scene, contact: int) -> tuple[int, int]:
    """The first attempt of whoever makes this contact, and how many attempts came before it."""
    if contact < scene.firsts:
        return contact, 0
    attempt = contact - scene.firsts
    return int(scene.attempts[attempt]["first"]), int(scene.attempts[attempt]["number"])


@compiled
def after_opening_time(scene: Scene, queue: int, moment: float, seconds: float) -> float:
    """When a queue will have been open for so long after a moment; infinite if not within the calendar."""
    opened, last = scene.opened[queue], scene.opened.shape[1] - 1
    if moment >= scene.start + last * scene.length:
        return np.inf
    slot = int((moment - scene.start) / scene.length)
    into = moment - scene.start - slot * scene.length
    share = (opened[slot + 1] - opened[slot]) / scene.length
    until: float = opened[slot] + share * into + seconds
    if until >= opened[last]:
        return np.inf
    slot = int(np.searchsorted(opened, until, side="right")) - 1
    comes: float = scene.start + slot * scene.length + (until - opened[slot])
    return max(comes, moment)
