"""Where a clash shows: intervals and queues short of agents, promises short of answered contacts."""

from __future__ import annotations

from collections.abc import Sequence

from planner.calendar import Calendar
from planner.diagnosis.document import Spot
from planner.problem import Problem
from planner.program.shortfall import Missed, Short

_MOST_SPOTS = 12


def spots(problem: Problem, found: Sequence[Short | Missed]) -> tuple[Spot, ...]:
    """What is missing, with the pools that may serve the queue."""
    pools = {
        queue: tuple(name for name, pool in problem.scenario.pools.items() if queue in pool.queues)
        for queue in problem.scenario.queues
    }
    told = [_spot(one, pools[one.queue], problem.calendar) for one in found]
    return tuple(told[:_MOST_SPOTS])


def _spot(one: Short | Missed, pools: tuple[str, ...], calendar: Calendar) -> Spot:
    missed = one if isinstance(one, Missed) else None
    return Spot(
        queue=one.queue,
        start=calendar.text(one.start),
        end=calendar.text(one.end),
        pools=pools,
        agents_short=one.most if isinstance(one, Short) else None,
        promise=missed.budget if missed else None,
        beyond=missed.beyond if missed else None,
        says=one.line,
    )
