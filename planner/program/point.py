"""A plan as a point of the program: what a solver is given to begin with."""

from __future__ import annotations

import numpy as np

from planner.arrays import Floats, frozen
from planner.program.assignment import capacity
from planner.program.attracted import answered_by
from planner.program.build import Program
from planner.program.buying import Bought
from planner.program.candidate import Candidate
from planner.program.decisions import NOWHERE, PoolColumns, SeatColumns
from planner.program.headcount import working_days
from planner.program.instance import Measured, PoolInstance, QueueInstance
from planner.program.seats_ordered import seats_ordered
from planner.queueing import share_at


def point_of(program: Program, made: Candidate) -> Floats:
    """(C,) the columns of a plan whose promises hold, what is counted of its queues exact."""
    values = np.zeros(len(program.matrix.cost))
    present = capacity(program.on, made.people)
    for p, (pool, columns) in enumerate(zip(program.on.pools, program.decide.pools, strict=True)):
        _put_people(values, pool, columns, made.people[p])
        _put(values, columns.present, present[:, p])
        for q, places in columns.agents.items():
            _put(values, places, made.assignment.agents[p, q])
        for place, count in ((columns.headcount, made.headcount[p]), (columns.desks, made.desks[p])):
            if place != NOWHERE:
                values[place] = count
        values[columns.cycles] = _cycles(pool, made.people[p], made.headcount[p], columns.cycles.size // 7)
        if columns.seats is not None:
            _put_seats(values, columns.seats, seats_ordered(pool, made.people[p], made.headcount[p]))
    for q, (queue, laid) in enumerate(zip(program.below.queues, program.decide.queues, strict=True)):
        k = made.level[q]
        agents = np.clip(made.assignment.on_queue(q), queue.floor[:, k], queue.ceiling)
        values[laid.level] = np.arange(laid.level.size) == k
        _put(values, laid.agents, agents)
        for part, counted in zip(queue.measured, laid.counted, strict=True):
            _put(values, counted, _counted(queue, part, k, agents))
        _put_answered(program, values, made, q)
    for c, bought in enumerate(made.bought):
        _put_bought(values, program, c, bought)
    _put_platform(program, values, made)
    return frozen(np.clip(values, program.matrix.lower, program.matrix.upper))


def _put_answered(program: Program, values: Floats, made: Candidate, number: int) -> None:
    """Contacts answered by each of those who solve more or fewer than others, at the program's volume."""
    places = program.decide.queues[number].answered
    if places:
        by = answered_by(program.below, made.working, made.level[number], number)
        for who, at in places.items():
            values[at] = by.get(who, 0.0)


def _put(values: Floats, places: np.ndarray, given: Floats) -> None:
    there = places != NOWHERE
    values[places[there]] = given[there]


def _put_people(values: Floats, pool: PoolInstance, columns: PoolColumns, people: np.ndarray) -> None:
    values[columns.people] = people
    if columns.used.size:
        values[columns.used[pool.patterns.shape[people > 0]]] = 1.0
    if columns.on.size:
        values[columns.on[people > 0]] = 1.0


def _put_bought(values: Floats, program: Program, number: int, bought: Bought) -> None:
    """A vendor's agents, busy ones and minutes, as the program counts them."""
    vendor, columns = program.on.vendors[number], program.decide.vendors[number]
    minutes = 0.0
    for q in vendor.serves:
        _put(values, columns.agents[q], bought.agents[q])
        _put(values, columns.busy[q], bought.busy[q])
        there = columns.busy[q] != NOWHERE
        minutes += float(vendor.fewest_minutes(q)[there] @ bought.busy[q][there])
    if bought.on:
        piece = min(int(np.searchsorted(vendor.curve.upper, minutes)), columns.piece.size - 1)
        values[columns.piece[piece]], values[columns.minutes[piece]] = 1.0, minutes


def _put_seats(values: Floats, columns: SeatColumns, ordered: int) -> None:
    """The seats of a contract, and the piece of its fee that they are on."""
    values[columns.ordered] = ordered
    if ordered > 0 or columns.on == NOWHERE:
        piece = min(int(np.searchsorted(columns.curve.upper, ordered)), columns.piece.size - 1)
        values[columns.piece[piece]], values[columns.billed[piece]] = 1.0, ordered
    if ordered > 0 and columns.on != NOWHERE:
        values[columns.on] = 1.0


def _put_platform(program: Program, values: Floats, made: Candidate) -> None:
    platforms = program.decide.platforms
    if made.platform is not None:
        values[platforms.chosen[made.platform]] = 1.0
        values[platforms.seats[made.platform : made.platform + 1]] = made.platform_seats


def _cycles(pool: PoolInstance, people: np.ndarray, headcount: int, weeks: int) -> Floats:
    """(weeks x 7,) people by the first of their working days; those not needed begin on the first day."""
    per_day = np.bincount(pool.patterns.day, weights=people, minlength=7 * weeks)
    found = np.zeros((weeks, 7))
    for week in range(weeks):
        found[week] = working_days(per_day[7 * week : 7 * week + 7], pool.rules.contract.days_per_week)
        found[week, 0] += headcount - found[week].sum()
    return found.ravel()


def _counted(queue: QueueInstance, part: Measured, level: int, agents: Floats) -> Floats:
    """(T,) what the exact tables count at a level, in the program's units."""
    every = np.maximum(np.repeat(agents, queue.levels), part.tables.first[part.tables.which])
    share = share_at(part.tables, every).reshape(-1, queue.levels)[:, level]
    return np.asarray(share * queue.demand.contacts[:, level] * part.unit)
