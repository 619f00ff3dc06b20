"""A schedule people can live with: (M12) to (M14)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.program.decisions import Decisions, most_people
from planner.program.instance import Instance
from planner.program.rows import Row, total


def used_patterns(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M12)  x[p,j] <= most[p,j] u[p,shape of j]   where distinct patterns are counted."""
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if columns.used.size:
            most = most_people(on, pool)
            for j, shape in enumerate(pool.patterns.shape):
                pair = [(v[columns.people[j]], 1.0), (v[columns.used[shape]], -float(most[j]))]
                yield f"used_{p}_{j}", total(pair) <= 0


def distinct_patterns(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M13)  sum_shapes u[p,shape] <= maximum_patterns."""
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if pool.rules.maximum_patterns is not None:
            used = total([(decide.variables[u], 1.0) for u in columns.used])
            yield f"distinct_{p}", used <= pool.rules.maximum_patterns


def fewest_people(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M14)  minimum_people v[p,j] <= x[p,j] <= most[p,j] v[p,j]   where a pattern has a least number."""
    v = decide.variables
    for p, (pool, columns) in enumerate(zip(on.pools, decide.pools, strict=True)):
        if columns.on.size:
            most = most_people(on, pool)
            for j in np.flatnonzero(pool.patterns.minimum_people > 1):
                x, on_day = v[columns.people[j]], v[columns.on[j]]
                least = float(pool.patterns.minimum_people[j])
                yield f"fewest_{p}_{j}", total([(x, 1.0), (on_day, -least)]) >= 0
                yield f"most_{p}_{j}", total([(x, 1.0), (on_day, -float(most[j]))]) <= 0
