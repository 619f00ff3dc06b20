"""What becomes of the contacts of queues with repeats, and what a resolved one costs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.plan import AttemptsRow
from planner.problem import Problem
from planner.program.attracted import attracted, needed_volume
from planner.program.candidate import Candidate
from planner.program.instance import Instance


def with_repeats(problem: Problem) -> list[str]:
    """Queues whose contacts depend on who serves them."""
    return [name for name, queue in problem.scenario.queues.items() if queue.repeats is not None]


def volumes_of(on: Instance, made: Candidate) -> dict[str, float]:
    """By queue with repeats, contacts that come / contacts of the forecast."""
    return {on.queues[q].name: needed_volume(on, made.working, made.level[q], q) for q in on.again}


def attempts_rows(on: Instance, made: Candidate) -> Iterator[AttemptsRow]:
    """A row per queue with repeats, at the contacts that the plan is made for."""
    for q, again in on.again.items():
        queue, level = on.queues[q], made.level[q]
        found = attracted(on, made.working, level, q)
        volume = float(queue.demand.volume[level]) * again.forecast
        kept = volume * float(queue.demand.contained[level])
        yield AttemptsRow(
            queue=queue.name,
            forecast=again.forecast,
            first=found.first,
            returning=found.returning,
            planned=volume,
            reaching_people=found.reaching,
            lost_contacts=found.lost,
            lost_customers=found.lost * (1.0 - again.who.redials),
            first_contact_resolution=found.resolution,
            resolved=kept + found.answered * found.resolution,
        )
