"""How many patterns a pool's rules allow, told before they are laid out."""

from __future__ import annotations

from datetime import date

from planner.scenario.pools import Pool
from planner.shifts.shape import shapes, start_days


def pattern_count(pool: Pool, days: tuple[date, ...]) -> int:
    """Patterns of a pool over these days; opening hours, which leave some out, are not looked at.

    Raises
    ------
    InvalidInput
        If one rule alone allows more shapes than anyone could choose among.
    """
    weekdays = [day.weekday() for day in days]
    return sum(
        len(shapes(rule)) * sum(weekday in start_days(rule) for weekday in weekdays) for rule in pool.shifts
    )
