"""People by the moment at which their call or their pause ends: a binary heap, the earliest on top."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Floats
from planner.simulation.compiled import compiled


class Due(NamedTuple):
    """when : (M,) seconds; who : (M,) person; size : (1,) how many are in it."""

    when: Floats
    who: Counts
    size: Counts


@compiled
def nobody_due(people: int) -> Due:
    """An empty heap with room for so many people."""
    return Due(np.empty(people), np.empty(people, dtype=np.int64), np.zeros(1, dtype=np.int64))


@compiled
def put(due: Due, when: float, who: int) -> None:
    """Add a person."""
    at = due.size[0]
    due.size[0] += 1
    while at > 0:
        above = (at - 1) // 2
        if due.when[above] <= when:
            break
        due.when[at], due.who[at] = due.when[above], due.who[above]
        at = above
    due.when[at], due.who[at] = when, who


@compiled
def take(due: Due) -> int:
    """Remove the person who is due first."""
    first = due.who[0]
    due.size[0] -= 1
    size = due.size[0]
    when, who = due.when[size], due.who[size]
    at = 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and due.when[below + 1] < due.when[below]:
            below += 1
        if when <= due.when[below]:
            break
        due.when[at], due.who[at] = due.when[below], due.who[below]
        at = below
    due.when[at], due.who[at] = when, who
    return int(first)
