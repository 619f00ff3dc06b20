"""People on patterns become agents on queues, and nobody is counted twice: (M1), then (M2) or (M15)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance
from planner.program.rows import Row, Term, total


def cover(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M1)  g[t,p] <= phi_p sum_j a[j,t] x[p,j]   for every interval t, pool p;

    sum_q y[t,p,q] stands in place of g where it says who works which queue. Where few sets of pools share,
    (M15) holds the right-hand side itself, and there is no g.
    """
    v = decide.variables
    for p, columns in enumerate(decide.pools):
        for t in range(on.calendar.intervals):
            given = [place[t] for place in (columns.present, *columns.agents.values()) if place[t] != NOWHERE]
            if given:
                people = _people(on, decide, p, t)
                yield f"cover_{p}_{t}", total([*((v[place], 1.0) for place in given), *people]) <= 0


def supply(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M2)  n[t,q] <= sum_p e[p,q] y[t,p,q]   for every interval t, queue q;

    only where (M15) would take too many rows. Agents of vendors come on top of the right-hand side.
    """
    if decide.sets.complete:
        return
    v = decide.variables
    for q, columns in enumerate(decide.queues):
        serving = [pool.agents[q] for pool in decide.pools if q in pool.agents]
        for t in np.flatnonzero(columns.agents != NOWHERE):
            given = [(v[place[t]], -1.0) for place in serving]
            given += of_vendors(decide, q, int(t))
            yield f"supply_{q}_{t}", total([(v[columns.agents[t]], 1.0), *given]) <= 0


def sharing(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M15)  sum of n[t,q] over the queues that P alone may serve <= sum_{p in P} g[t,p]

    for every interval t and every set P of pools that hangs together (pool_sets.py). Agents of vendors are
    taken off the left-hand side: they are nobody's people.
    """
    if not decide.sets.complete:
        return
    v = decide.variables
    for t, sets in enumerate(decide.sets.at):
        for number, each in enumerate(sets):
            asked = [(v[decide.queues[q].agents[t]], 1.0) for q in each.queues]
            asked += [term for q in each.queues for term in of_vendors(decide, q, t)]
            present = [term for p in each.pools for term in _present(on, decide, p, t)]
            yield f"sharing_{number}_{t}", total([*asked, *present]) <= 0


def shares(on: Instance, decide: Decisions, p: int, t: int) -> Iterator[tuple[int, float]]:
    """phi_p a[j,t] of every pattern of a pool that works in an interval, with the place of its column."""
    work = on.pools[p].patterns.by_interval
    entries = slice(work.indptr[t], work.indptr[t + 1])
    given = on.pools[p].effective * work.data[entries]
    return zip(decide.pools[p].people[work.indices[entries]].tolist(), given.tolist(), strict=True)


def of_vendors(decide: Decisions, q: int, t: int) -> Iterator[Term]:
    """- o[t,c,q] of every vendor c of a queue."""
    places = (vendor.agents[q][t] for vendor in decide.vendors_of(q))
    return ((decide.variables[place], -1.0) for place in places if place != NOWHERE)


def _present(on: Instance, decide: Decisions, p: int, t: int) -> Iterator[Term]:
    """- g[t,p], or what stands in its place."""
    column = decide.pools[p].present[t]
    return _people(on, decide, p, t) if column == NOWHERE else iter([(decide.variables[column], -1.0)])


def _people(on: Instance, decide: Decisions, p: int, t: int) -> Iterator[Term]:
    return ((decide.variables[place], -share) for place, share in shares(on, decide, p, t))
