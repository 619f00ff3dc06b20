"""People of a relaxation made whole within the limits of their pool."""

from __future__ import annotations

import numpy as np

from planner.arrays import Floats
from planner.calendar import Calendar
from planner.program.headcount import room_for_one_more
from planner.program.instance import PoolInstance

_ROUNDING = 1e-6


def rounded(pool: PoolInstance, calendar: Calendar, people: Floats) -> Floats:
    """(J,) whole people: rounded down, then one more where most of one is left, as long as there is room.

    Day by day no more are added than the fractions of the day add up to.
    """
    whole = np.floor(people + _ROUNDING)
    left = people - whole
    owed = np.bincount(pool.patterns.day, weights=left, minlength=len(calendar.days))
    room = room_for_one_more(pool, calendar, whole)
    for j in np.argsort(-left, kind="stable"):
        if left[j] < _ROUNDING:
            break
        day = pool.patterns.day[j]
        if owed[day] >= 0.5 and room[j]:
            whole[j] += 1.0
            owed[day] -= 1.0
            room = room_for_one_more(pool, calendar, whole)
    return whole
