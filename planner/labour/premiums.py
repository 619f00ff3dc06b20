"""Hours that are paid better: nights, weekends, holidays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner.arrays import Floats, frozen
from planner.calendar import Calendar
from planner.scenario.clock import hours_span, weekday_numbers
from planner.scenario.labour import Premium
from planner.scenario.pools import Pool
from planner.shifts import Patterns


@dataclass(frozen=True, slots=True)
class _Minutes:
    """Every minute from some instant on.

    first : seconds since 1970 UTC
    until : (N + 1,) what all minutes before each one earn together, as shares of a minute's wage
    """

    first: int
    until: Floats

    def between(self, begin: int, end: int) -> float:
        """What the minutes between two instants earn, in hours of the wage."""
        places = ((begin - self.first) // 60, (end - self.first) // 60)
        return float(self.until[places[1]] - self.until[places[0]]) / 60


def premium_hours(rules: Pool, found: Patterns, calendar: Calendar) -> Floats:
    """(L3)  premium_hours[j] = sum over paid minutes m of pattern j of premium[m] / 60.

    premium[m] is the sum of the shares of the premiums that hold at m, or the highest of them.

    Returns
    -------
    (J,) hours of the wage on top of those worked
    """
    if not rules.premiums or not found.count:
        return frozen(np.zeros(found.count))
    earned = _minutes(rules, int(found.end.max()), calendar)
    return frozen([_earned(found, pattern, earned) for pattern in range(found.count)])


def _earned(found: Patterns, pattern: int, earned: _Minutes) -> float:
    shape = found.shapes[found.shape[pattern]]
    midnight = int(found.start[pattern]) - 60 * shape.start
    return sum(
        earned.between(midnight + 60 * begin, midnight + 60 * end) for begin, end in shape.paid_stretches()
    )


def _minutes(rules: Pool, last: int, calendar: Calendar) -> _Minutes:
    """What every minute earns, from the day before the calendar to the last shift's end."""
    first = calendar.at(calendar.days[0] - timedelta(days=1), 0)
    share = np.zeros((last - first) // 60)
    joined = np.add if rules.overlapping_premiums == "add" else np.maximum
    for premium in rules.premiums:
        for begin, end in _spells(premium, last, calendar):
            here = slice((begin - first) // 60, (end - first) // 60)
            share[here] = joined(share[here], premium.share)
    return _Minutes(first, frozen(np.concatenate([[0.0], np.cumsum(share)])))


def _spells(premium: Premium, last: int, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """Instants between which a premium holds; in a cyclic calendar its first day follows its last."""
    begin, end = hours_span(f"{premium.from_}-{premium.to}")
    weekdays, length, number = weekday_numbers(premium.days), len(calendar.days), -1
    while calendar.at(day := calendar.days[0] + timedelta(days=number), 0) < last:
        meant = calendar.days[number % length] if calendar.cyclic else day
        if meant.weekday() in weekdays and _begins_on(premium, meant, calendar):
            yield calendar.at(day, begin), calendar.at(day, end)
        number += 1


def _begins_on(premium: Premium, day: date, calendar: Calendar) -> bool:
    """Whether the premium's dates and holidays let it begin on a day."""
    if not premium.dates and not premium.holidays:
        return True
    return day in premium.dates or (premium.holidays and day in calendar.holidays)
