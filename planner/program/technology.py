"""One platform out of several, its seats, and the pools that it lets work: (M20) to (M23)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.program.decisions import Decisions, most_people
from planner.program.instance import Instance
from planner.program.platforms import moments_of, needs_seat, present_at
from planner.program.rows import Row, total


def technology(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M20)  sum_o c[o] = 1   where there are platforms to choose from."""
    if on.technologies:
        yield "technology", total([(decide.variables[c], 1.0) for c in decide.platforms.chosen]) == 1


def platform_seats(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M21)  sum_p (1 - absence_p) sum_{j at work at s} x[p,j] <= sum_o S[o]   at every start s of a shift,

    over all pools p that bring no platform; where a seat costs something on any platform.
    """
    v = decide.variables
    if not decide.platforms.seats.size:
        return
    moments = moments_of(on)
    taken: list[list[tuple[object, float]]] = [[] for _ in moments]
    for p in needs_seat(on):
        people = decide.pools[p].people
        share = present_at(on, p, moments, np.arange(people.size))
        for moment, j in zip(*np.nonzero(share), strict=True):
            taken[moment].append((v[people[j]], float(share[moment, j])))
    seats = [(v[s], -1.0) for s in decide.platforms.seats]
    for moment, people_there in enumerate(taken):
        yield f"platform_{moment}", total([*people_there, *seats]) <= 0


def chosen_seats(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M22)  S[o] <= most c[o]   for every platform o: seats are paid at the chosen one's price."""
    v = decide.variables
    for o, (seats, chosen) in enumerate(zip(decide.platforms.seats, decide.platforms.chosen, strict=False)):
        yield f"chosen_{o}", total([(v[seats], 1.0), (v[chosen], -decide.platforms.most_seats)]) <= 0


def allowed_pools(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M23)  sum_{j on day d} x[p,j] <= most[p,d] sum of c[o] over platforms o that let p work

    for every day d, and every pool p that some platform keeps from working.
    """
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        letting = [c for o, c in zip(on.technologies, decide.platforms.chosen, strict=True) if o.allows[p]]
        if len(letting) == len(on.technologies):
            continue
        most = most_people(on, pool)
        for day in np.unique(pool.patterns.day):
            today = np.flatnonzero(pool.patterns.day == day)
            people = [(v[columns.people[j]], 1.0) for j in today]
            allowed = [(v[c], -float(most[today].sum())) for c in letting]
            yield f"allowed_{p}_{day}", total([*people, *allowed]) <= 0
