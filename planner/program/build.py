"""The program, family by family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from planner.program.attracted import answering, attracts
from planner.program.automation import level
from planner.program.cover import cover, sharing, supply
from planner.program.decisions import NOWHERE, Decisions, decisions
from planner.program.fees import fee, fees
from planner.program.headcount import days, days_off, desks, hours, largest_day, least_hours
from planner.program.instance import Instance
from planner.program.overflow import overflow
from planner.program.pool_sets import MOST_SETS
from planner.program.rounding import whole_people
from planner.program.rows import Term, total
from planner.program.seat_contracts import seat_pieces, seats_kept, seats_suffice
from planner.program.service import floor, promise
from planner.program.technology import allowed_pools, chosen_seats, platform_seats, technology
from planner.program.used_patterns import distinct_patterns, fewest_people, used_patterns
from planner.solver.matrix import Matrix
from planner.solver.pulp_seam import add_row, matrix_of, new_problem, set_cost, write_lp

FAMILIES = (
    cover, supply, level, promise, floor, desks, largest_day, days, hours, days_off,
    used_patterns, distinct_patterns, fewest_people, sharing, whole_people,
    least_hours, overflow, fee,
    technology, platform_seats, chosen_seats, allowed_pools,
    attracts, answering,
    seats_suffice, seat_pieces, seats_kept,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """The program as written, with the places of its columns; (M4) is added on demand (separate.py).

    on : what plans are counted by
    """

    on: Instance
    decide: Decisions
    matrix: Matrix
    written: Any

    @property
    def below(self) -> Instance:
        """What rows and costs are written from: the fewest contacts of each volume level."""
        return self.on.below or self.on

    def write_lp(self, path: Path) -> None:
        """The program as an LP file that a person can read."""
        write_lp(self.written, path)


def build(on: Instance, most_sets: int = MOST_SETS) -> Program:
    """Write the program.

    most_sets : of pools per interval by which people are shared; beyond, who works which queue is a column
    """
    problem = new_problem("staffing")
    decide = decisions(problem, on, most_sets)
    below = on.below or on
    rows = (family(on if family is overflow else below, decide) for family in FAMILIES)
    for name, row in chain.from_iterable(rows):
        add_row(problem, row, name)
    set_cost(problem, total(cost(below, decide)) + fixed_cost(below))
    return Program(on, decide, matrix_of(problem, list(decide.variables)), problem)


def cost(on: Instance, decide: Decisions) -> Iterator[Term]:
    """(M0)  shifts + headcount + desks + technology + AI + vendors + value of what is lost and waited."""
    v = decide.variables
    for pool, columns in zip(on.pools, decide.pools, strict=True):
        yield from zip((v[x] for x in columns.people), map(float, pool.shift_cost), strict=True)
        if columns.headcount != NOWHERE:
            yield v[columns.headcount], pool.person_cost
        if columns.desks != NOWHERE:
            yield v[columns.desks], pool.desk_cost
    yield from zip((v[c] for c in decide.platforms.chosen), (o.fixed for o in on.technologies), strict=True)
    yield from zip((v[s] for s in decide.platforms.seats), (o.seat for o in on.technologies), strict=False)
    for queue, places in zip(on.queues, decide.queues, strict=True):
        yield from zip((v[z] for z in places.level), map(float, queue.ai_cost), strict=False)
        for part, counted in zip(queue.measured, places.counted, strict=True):
            if part.price > 0:
                yield from ((v[at], part.price) for at in counted if at != NOWHERE)
    yield from fees(on, decide)


def fixed_cost(on: Instance) -> float:
    """Money no decision changes: investments that are bought, and AI of queues with one level only."""
    return on.investments + sum(float(queue.ai_cost[0]) for queue in on.queues if queue.levels == 1)
