"""A roster that the user already has, as the program sees it: patterns with people on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from planner.arrays import Counts, frozen_counts
from planner.calendar import Calendar
from planner.errors import InvalidInput, Mistake
from planner.labour import prices
from planner.plan import Seat
from planner.program.instance import Instance, PoolInstance
from planner.shifts.patterns import placed
from planner.shifts.shape import Pause, Shape


def on_roster(on: Instance, seats: Sequence[Seat]) -> tuple[Instance, tuple[Counts, ...]]:
    """The instance with the roster's shifts as its patterns, and the people on them.

    Raises
    ------
    InvalidInput
        If a seat is of a pool that is none, or starts outside the calendar.
    """
    mistakes = list(_misplaced(on, seats))
    if mistakes:
        raise InvalidInput(mistakes)
    pools, people = [], []
    for pool in on.pools:
        mine = [seat for seat in seats if seat.pool == pool.name]
        pools.append(_with_patterns(pool, mine, on.calendar))
        people.append(frozen_counts(np.array([seat.people for seat in mine], dtype=np.int64)))
    return replace(on, pools=tuple(pools)), tuple(people)


def _misplaced(on: Instance, seats: Sequence[Seat]) -> Iterator[Mistake]:
    known = {pool.name for pool in on.pools}
    first, last = int(on.calendar.epoch[0]), on.calendar.end
    for number, seat in enumerate(seats, start=1):
        if seat.pool not in known:
            yield Mistake("seats", f"seat {number}", f"pool is none of the scenario (got {seat.pool!r})")
        elif not first <= datetime.fromisoformat(seat.start).timestamp() < last:
            yield Mistake("seats", f"seat {number}", f"start must lie in the calendar (got {seat.start})")


def _with_patterns(pool: PoolInstance, mine: Sequence[Seat], calendar: Calendar) -> PoolInstance:
    found = placed([(*_shape_and_day(seat, calendar), 1) for seat in mine], calendar)
    return replace(pool, patterns=found, prices=prices(pool.rules, found, calendar))


def _shape_and_day(seat: Seat, calendar: Calendar) -> tuple[Shape, int]:
    start = datetime.fromisoformat(seat.start).astimezone(calendar.zone)
    first = 60 * start.hour + start.minute

    def minutes(text: str) -> int:
        return first + round((datetime.fromisoformat(text) - start).total_seconds() / 60)

    breaks = tuple(Pause(minutes(pause.start), minutes(pause.end), pause.paid) for pause in seat.breaks)
    return Shape(first, minutes(seat.end), breaks), (start.date() - calendar.days[0]).days
