"""One interval of one queue of a plan, with what the plan says of it and the program's data beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from planner.arrays import Counts, Floats, frozen_counts
from planner.errors import InvalidInput, Mistake
from planner.inputs import problem_of
from planner.investment.effects import decided
from planner.plan import AgentsRow, Plan
from planner.problem import Problem
from planner.program.instance import Instance, PoolInstance, QueueInstance, instance
from planner.scenario.words import suggestion


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the question stands.

    rows : the plan's rows of the queue, by interval
    people : per pool (J,) people of the plan on each pattern
    """

    plan: Plan
    problem: Problem
    on: Instance
    number: int
    at: int
    rows: tuple[AgentsRow, ...]
    people: tuple[Counts, ...]

    @property
    def queue(self) -> QueueInstance:
        """The queue asked about."""
        return self.on.queues[self.number]

    @property
    def row(self) -> AgentsRow:
        """What the plan says of the interval."""
        return self.rows[self.at]

    @property
    def hours(self) -> float:
        """Length of an interval."""
        return self.on.calendar.interval / 3600.0

    def serving(self) -> Iterator[tuple[int, PoolInstance]]:
        """Pools that may serve the queue, with their numbers."""
        return ((p, pool) for p, pool in enumerate(self.on.pools) if self.number in pool.serves)


def spot_of(plan: Plan, queue: str | None, at: str | None) -> Spot:
    """The interval asked for; without a queue the one with most agents, without a time its fullest interval.

    Parameters
    ----------
    at : `10:30`, or a date and a time such as `2026-03-02T10:30`; the first such interval

    Raises
    ------
    InvalidInput
        If the plan has no such queue or no such interval, or its inputs were changed.
    """
    taken = [row.investment for row in plan.investments if row.taken]
    problem = decided(problem_of(plan), taken)
    names = list(problem.scenario.queues)
    name = queue or max(plan.agents, key=lambda row: row.planned).queue
    if name not in names:
        raise InvalidInput([Mistake("--queue", "", f"is no queue (got {name!r}; {suggestion(name, names)})")])
    shares = {row.queue: row.share for row in plan.automation}
    on = instance(problem, shares)
    rows = tuple(row for row in plan.agents if row.queue == name)
    place = _place(rows, at)
    return Spot(plan, problem, on, names.index(name), place, rows, tuple(_people(plan, on)))


def _place(rows: tuple[AgentsRow, ...], at: str | None) -> int:
    if at is None:
        return int(np.argmax([row.planned for row in rows]))
    wanted = at.replace(" ", "T")
    for number, row in enumerate(rows):
        start = datetime.fromisoformat(row.start).strftime("%Y-%m-%dT%H:%M")
        if start == wanted[:16] or start.endswith(f"T{at.zfill(5)}"):
            return number
    first, last = rows[0].start[:16], rows[-1].start[:16]
    problem = f"is the start of no interval (got {at!r}; the plan goes from {first} to {last}; write 10:30)"
    raise InvalidInput([Mistake("--at", "", problem)])


def _people(plan: Plan, on: Instance) -> Iterator[Counts]:
    """(J,) people on each pattern of every pool, as the plan's seats say."""
    for pool in on.pools:
        found = pool.patterns
        place = {
            (found.shapes[found.shape[j]].name, on.calendar.text(int(found.start[j]))): j
            for j in range(found.count)
        }
        people = np.zeros(found.count, dtype=np.int64)
        for seat in plan.seats:
            if seat.pool == pool.name and (seat.pattern, seat.start) in place:
                people[place[seat.pattern, seat.start]] += seat.people
        yield frozen_counts(people)


def present(spot: Spot, pool: int) -> Floats:
    """(T,) effective agents of a pool, by (M1)."""
    one = spot.on.pools[pool]
    return np.asarray(one.effective * (one.patterns.work @ spot.people[pool]))
