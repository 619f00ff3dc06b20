"""People on patterns become agents on queues: (M1) and (M2)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.program.decisions import NOWHERE, Decisions
from planner.program.instance import Instance
from planner.program.rows import Row, total


def cover(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M1)  sum_q y[t,p,q] <= phi_p sum_j a[j,t] x[p,j]   for every interval t, pool p."""
    v = decide.variables
    for number, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        work = pool.patterns.work.tocsr()
        for t in range(on.calendar.intervals):
            given = [v[place[t]] for place in columns.agents.values() if place[t] != NOWHERE]
            if given:
                entries = slice(work.indptr[t], work.indptr[t + 1])
                here = zip(columns.people[work.indices[entries]], work.data[entries], strict=True)
                present = [(v[place], -pool.effective * float(part)) for place, part in here]
                yield f"cover_{number}_{t}", total([(y, 1.0) for y in given] + present) <= 0


def supply(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M2)  n[t,q] <= sum_p e[p,q] y[t,p,q]   for every interval t, queue q."""
    v = decide.variables
    for q, columns in enumerate(decide.queues):
        serving = [pool.agents[q] for pool in decide.pools if q in pool.agents]
        for t in np.flatnonzero(columns.agents != NOWHERE):
            given = [(v[place[t]], -1.0) for place in serving]
            yield f"supply_{q}_{t}", total([(v[columns.agents[t]], 1.0), *given]) <= 0
