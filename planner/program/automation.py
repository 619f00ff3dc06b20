"""One AI level per queue: (M3)."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.decisions import Decisions
from planner.program.instance import Instance
from planner.program.rows import Row, total


def level(on: Instance, decide: Decisions) -> Iterator[Row]:
    """(M3)  sum_k z[q,k] = 1   for every queue q with more than one level."""
    for q, (queue, columns) in enumerate(zip(on.queues, decide.queues, strict=True)):
        if queue.levels > 1:
            yield f"level_{q}", total([(decide.variables[z], 1.0) for z in columns.level]) == 1
