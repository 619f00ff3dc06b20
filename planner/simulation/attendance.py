"""Who comes in one replication, and when each of them is called away from the queue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Flags, Floats, require
from planner.simulation.centre import Centre, Shifts
from planner.simulation.conditions import Conditions
from planner.simulation.draws import generator
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


@dataclass(frozen=True, slots=True)
class _Pauses:
    """Stretches away from the queue: whose, from when, how long."""

    person: Counts
    start: Floats
    length: Floats


def attendance(
    centre: Centre, shifts: Shifts, conditions: Conditions, slots: Timeline, draw: tuple[int, int]
) -> Attendance:
    """The people of one replication; `draw` is the seed and the replication.

    At every moment of a shift the expected number on the queue is the plan's: people x (1 - shrinkage).
    """
    chance = generator(*draw, "attendance", 0)
    random = conditions.attendance == "random"
    people = _each(shifts)
    if random:
        people = _rows(people, chance.random(people.pool.size) >= centre.crew.absence[people.pool])
        gone = centre.crew.off_phone[people.pool]
        away = _off_phone(people, gone, conditions.off_phone_seconds, chance)
    else:
        here = (1.0 - centre.crew.absence) * (1.0 - centre.crew.off_phone)
        away = _turns(people, here, slots, chance)
    return _in_order(people, [_breaks(people), away])


def _each(shifts: Shifts) -> Shifts:
    """A row for every single person."""
    return _rows(shifts, np.repeat(np.arange(shifts.people.size), shifts.people))


def _rows(shifts: Shifts, chosen: Counts | Flags) -> Shifts:
    start, end = shifts.start[chosen], shifts.end[chosen]
    breaks = shifts.break_start[chosen], shifts.break_length[chosen]
    return Shifts(shifts.pool[chosen], np.ones(start.size, dtype=np.int64), start, end, *breaks)


def _breaks(people: Shifts) -> _Pauses:
    person, place = np.nonzero(np.isfinite(people.break_start))
    return _Pauses(person, people.break_start[person, place], people.break_length[person, place])


def _off_phone(people: Shifts, share: Floats, mean: float, chance: np.random.Generator) -> _Pauses:
    """(S6)  On and off the queue in turn, each for an exponential time, off for `share` of the working time.

    share : (M,) of each person's time between the breaks
    mean : seconds of a stretch off the queue

    Working time is drawn first and laid between the breaks after, so that a break shortens no stretch.
    """
    some = np.flatnonzero((share > 0.0) & (share < 1.0))
    working = (people.end - people.start - people.break_length.sum(axis=1))[some]
    on = mean * (1.0 - share[some]) / share[some]
    off_first = chance.random(some.size) < share[some]
    at = np.where(off_first, 0.0, chance.standard_exponential(some.size) * on)
    never = np.flatnonzero(share >= 1.0)
    persons, starts, lengths = [never], [people.start[never]], [np.full(never.size, np.inf)]
    while (left := np.flatnonzero(at < working)).size:
        off = chance.standard_exponential(left.size) * mean
        persons.append(some[left])
        starts.append(_on_the_clock(people, some[left], at[left]))
        lengths.append(off)
        at[left] += off + chance.standard_exponential(left.size) * on[left]
    return _Pauses(np.concatenate(persons), np.concatenate(starts), np.concatenate(lengths))


def _on_the_clock(people: Shifts, person: Counts, worked: Floats) -> Floats:
    """Seconds after the calendar's start at which each person has worked for so many seconds."""
    at = people.start[person] + worked
    for place in range(people.break_start.shape[1]):
        after = at >= people.break_start[person, place]
        at = at + np.where(after, people.break_length[person, place], 0.0)
    return at


def _turns(people: Shifts, share: Floats, slots: Timeline, chance: np.random.Generator) -> _Pauses:
    """(S7)  In every slot the n-th person of a pool works if floor(n s + U) exceeds floor((n - 1) s + U).

    share : (P,) s, of the people of each pool that works

    U is uniform, drawn for every slot and pool: of N people floor(N s + U) work, N s on average.
    """
    person, slot = _in_slots(people, slots)
    group = (slot - slot.min(initial=0)) * share.size + people.pool[person]
    order = np.argsort(group, kind="stable")
    person, slot, group = person[order], slot[order], group[order]
    rank = np.arange(group.size) - np.searchsorted(group, group)
    u, s = chance.random(int(group.max(initial=-1)) + 1)[group], share[people.pool[person]]
    idle = np.floor((rank + 1) * s + u) == np.floor(rank * s + u)
    person, edge = person[idle], slots.start + slot[idle] * slots.length
    start = np.maximum(people.start[person], edge)
    working = np.minimum(people.end[person], edge + slots.length) - start
    return _Pauses(person, start, working - _on_break(people, person, edge, slots.length))


def _in_slots(people: Shifts, slots: Timeline) -> tuple[Counts, Counts]:
    """Every person beside every slot that the shift touches, those before and after the timeline too."""
    first = np.floor((people.start - slots.start) / slots.length).astype(np.int64)
    last = np.ceil((people.end - slots.start) / slots.length).astype(np.int64)
    person = np.repeat(np.arange(first.size), last - first)
    before = np.cumsum(last - first) - (last - first)
    return person, first[person] + np.arange(person.size) - before[person]


def _on_break(people: Shifts, person: Counts, edge: Floats, length: float) -> Floats:
    """Seconds of a slot, which begins at `edge`, that each person is on a break."""
    start = people.break_start[person]
    finish = start + people.break_length[person]
    within = np.minimum(finish, edge[:, None] + length) - np.maximum(start, edge[:, None])
    overlap: Floats = np.where(np.isfinite(start), np.maximum(within, 0.0), 0.0).sum(axis=1)
    return overlap


def _in_order(people: Shifts, pauses: list[_Pauses]) -> Attendance:
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
