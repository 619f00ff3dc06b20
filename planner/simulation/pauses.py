"""Stretches of a shift away from the queue: breaks, and time off the phone in one of two ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, require
from planner.simulation.shifts import Shifts
from planner.simulation.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Pauses:
    """Stretches away from the queue.

    person : (N,) index
    start : (N,) seconds after the calendar's start
    length : (N,) seconds
    """

    person: Counts
    start: Floats
    length: Floats

    def __post_init__(self) -> None:
        require(self.person.shape == self.start.shape == self.length.shape, "an entry per stretch")


def nobody_away() -> Pauses:
    """No stretches."""
    return Pauses(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))


def breaks(people: Shifts) -> Pauses:
    """The breaks of the patterns."""
    person, place = np.nonzero(np.isfinite(people.break_start))
    return Pauses(person, people.break_start[person, place], people.break_length[person, place])


def off_phone(people: Shifts, share: Floats, mean: float, chance: np.random.Generator) -> Pauses:
    """(S7)  On and off the queue in turn, each for an exponential time, off for `share` of the working time.

    share : (M,) of each person's time between the breaks
    mean : seconds of a stretch off the queue

    Working time is drawn first and laid between the breaks after, so that a break shortens no stretch.
    """
    if not share.any():
        return nobody_away()
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
    return Pauses(np.concatenate(persons), np.concatenate(starts), np.concatenate(lengths))


def _on_the_clock(people: Shifts, person: Counts, worked: Floats) -> Floats:
    """Seconds after the calendar's start at which each person has worked for so many seconds."""
    at = people.start[person] + worked
    for place in range(people.break_start.shape[1]):
        after = at >= people.break_start[person, place]
        at = at + np.where(after, people.break_length[person, place], 0.0)
    return at


def turns(people: Shifts, share: Floats, slots: Timeline, chance: np.random.Generator) -> Pauses:
    """(S8)  In every slot the n-th person of a pool works if floor(n s + U) exceeds floor((n - 1) s + U).

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
    return Pauses(person, start, working - _on_break(people, person, edge, slots.length))


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
