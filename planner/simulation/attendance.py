"""Who comes in one replication, and what is planned for each of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Flags, Floats, require
from planner.simulation.centre import Centre
from planner.simulation.conditions import Conditions
from planner.simulation.draws import generator
from planner.simulation.on_demand import called_in
from planner.simulation.pauses import Pauses, breaks, nobody_away, off_phone, turns
from planner.simulation.shifts import Shifts
from planner.simulation.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Attendance:
    """M people, each on one shift, and the C moments at which something is planned for one of them.

    pool : (M,) index
    time : (C,) seconds after the calendar's start, in order
    person : (C,) index
    kind : (C,) PAUSES, COMES or LEAVES
    length : (C,) seconds of a pause; 0 for the others
    """

    pool: Counts
    time: Floats
    person: Counts
    kind: Counts
    length: Floats

    def __post_init__(self) -> None:
        count = self.time.shape
        require(count == self.person.shape == self.kind.shape == self.length.shape, "an entry per moment")


def attendance(
    centre: Centre, people: Shifts, conditions: Conditions, slots: Timeline, draw: tuple[int, int]
) -> Attendance:
    """The people of one replication, of a row for every single person who is planned.

    draw : the seed and the replication

    At every moment of a shift the expected number on the queue is the plan's: people x (1 - shrinkage).
    """
    away = nobody_away()
    if (centre.crew.absence + centre.crew.off_phone).any():
        people, away = _here(centre, people, conditions, slots, generator(*draw, "attendance", 0))
    if centre.on_demand is None:
        return _in_order(people, [breaks(people), away])
    luck = generator(*draw, "on_demand", 0)
    called = called_in(centre.on_demand, centre.own_pools, slots, luck)
    return _in_order(_beside(people, called), [breaks(people), away])


def _here(
    centre: Centre, people: Shifts, conditions: Conditions, slots: Timeline, chance: np.random.Generator
) -> tuple[Shifts, Pauses]:
    """Whoever comes, and when they are off the phone."""
    absence, gone = centre.crew.absence, centre.crew.off_phone
    if conditions.attendance != "random":
        return people, turns(people, (1.0 - absence) * (1.0 - gone), slots, chance)
    people = _rows(people, chance.random(people.pool.size) >= absence[people.pool])
    return people, off_phone(people, gone[people.pool], conditions.off_phone_seconds, chance)


def _beside(people: Shifts, called: Shifts) -> Shifts:
    """Own people, then those of vendors, who have no breaks."""
    none = np.full((called.pool.size, people.break_start.shape[1]), np.inf)
    return Shifts(
        pool=np.concatenate([people.pool, called.pool]),
        people=np.concatenate([people.people, called.people]),
        start=np.concatenate([people.start, called.start]),
        end=np.concatenate([people.end, called.end]),
        break_start=np.concatenate([people.break_start, none]),
        break_length=np.concatenate([people.break_length, np.zeros_like(none)]),
    )


def one_by_one(shifts: Shifts) -> Shifts:
    """A row for every single person."""
    return _rows(shifts, np.repeat(np.arange(shifts.people.size), shifts.people))


def _rows(shifts: Shifts, chosen: Counts | Flags) -> Shifts:
    """One person for each of the rows chosen."""
    pool = shifts.pool[chosen]
    return Shifts(
        pool=pool,
        people=np.ones(pool.size, dtype=np.int64),
        start=shifts.start[chosen],
        end=shifts.end[chosen],
        break_start=shifts.break_start[chosen],
        break_length=shifts.break_length[chosen],
    )


def _in_order(people: Shifts, pauses: list[Pauses]) -> Attendance:
    """Everybody's coming, pauses and leaving, by time.

    Of what happens at one moment pauses come first, so that nobody who comes takes a call before one.
    """
    from planner.simulation.compiled.records import COMES, LEAVES, PAUSES

    everybody = np.arange(people.pool.size)
    person = np.concatenate([everybody, *(part.person for part in pauses), everybody])
    time = np.concatenate([people.start, *(part.start for part in pauses), people.end])
    away = sum(part.person.size for part in pauses)
    kind = np.repeat([COMES, PAUSES, LEAVES], [everybody.size, away, everybody.size])
    nothing = np.zeros(everybody.size)
    length = np.concatenate([nothing, *(part.length for part in pauses), nothing])
    order = np.lexsort((kind, time))
    return Attendance(people.pool, time[order], person[order], kind[order], length[order])
