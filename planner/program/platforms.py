"""Platforms counted from whole people: seats, and which platform is the cheapest that lets them work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.instance import Instance
from planner.shifts.patterns import at_work


@dataclass(frozen=True, slots=True)
class PlatformColumns:
    """Columns of the platforms.

    chosen : (O,) c, whether a platform is chosen
    seats : (O,) S, seats with it; empty where seats cost nothing on any
    most_seats : beyond which no more could be of use
    """

    chosen: Counts
    seats: Counts
    most_seats: float


def needs_seat(on: Instance) -> tuple[int, ...]:
    """Pools that bring no platform, by number."""
    return tuple(p for p, pool in enumerate(on.pools) if not pool.rules.brings_platform)


def moments_of(on: Instance, people: Sequence[Counts] | None = None) -> Counts:
    """(M,) starts of shifts of pools that need a platform; of shifts with people alone, if they are given.

    Presence of all pools together rises at starts alone.
    """
    starts = [
        on.pools[p].patterns.start if people is None else on.pools[p].patterns.start[people[p] > 0]
        for p in needs_seat(on)
    ]
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *starts]))


def present_at(on: Instance, p: int, moments: Counts, mine: Counts) -> Floats:
    """(M, len(mine)) share of a desk that a person on patterns `mine` of pool p takes at each moment."""
    found = on.pools[p].patterns
    present = at_work(found.start[mine], found.end[mine], moments, on.calendar)
    return np.asarray((1.0 - on.pools[p].rules.shrinkage.absence) * present)


def platform_seats_needed(on: Instance, people: Sequence[Counts]) -> int:
    """Most people at work at once over all pools that need a platform, by (M21) for whole people."""
    moments = moments_of(on, people)
    together = np.zeros(moments.size)
    for p in needs_seat(on):
        mine = np.flatnonzero(people[p] > 0)
        together += present_at(on, p, moments, mine) @ people[p][mine]
    return int(np.ceil(together.max(initial=0.0) - 1e-9))


def possible(on: Instance, people: Sequence[Counts]) -> tuple[int, ...]:
    """Platforms, by number, that let everybody work who is on a shift: (M23) for whole people."""
    working = np.array([bool(x.any()) for x in people], dtype=np.bool_)
    return tuple(o for o, option in enumerate(on.technologies) if bool(option.allows[working].all()))


def cheapest_platform(on: Instance, people: Sequence[Counts], seats: int) -> int | None:
    """The cheapest platform that lets these people work; None where no platform does, or there is none."""
    allowed = possible(on, people)
    return min(allowed, key=lambda o: on.technologies[o].cost(seats)) if allowed else None
