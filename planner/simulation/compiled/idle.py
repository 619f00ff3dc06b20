"""Idle people, pool by pool, in the order in which they became idle: linked lists."""

from __future__ import annotations

from planner.simulation.compiled import compiled
from planner.simulation.compiled.records import IDLE, NONE, Records


@compiled
def rest(people: Records, pools: Records, person: int, now: float) -> None:
    """A person becomes idle."""
    pool = people[person]["pool"]
    last = pools[pool]["last"]
    people[person]["status"] = IDLE
    people[person]["before"], people[person]["after"] = last, NONE
    people[person]["since"] = now
    if last == NONE:
        pools[pool]["first"] = person
    else:
        people[last]["after"] = person
    pools[pool]["last"] = person
    pools[pool]["idle"] += 1


@compiled
def rouse(people: Records, pools: Records, person: int) -> None:
    """A person is idle no longer."""
    pool, before, after = people[person]["pool"], people[person]["before"], people[person]["after"]
    if before == NONE:
        pools[pool]["first"] = after
    else:
        people[before]["after"] = after
    if after == NONE:
        pools[pool]["last"] = before
    else:
        people[after]["before"] = before
    pools[pool]["idle"] -= 1
