"""Pools and calendars for tests about the cost of labour."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from planner.arrays import Floats
from planner.calendar import Calendar, grid
from planner.labour import premium_hours
from planner.scenario.pools import HourlyPay, MonthlyPay, Pool
from planner.scenario.seat_pay import SeatPay
from planner.shifts import patterns

MONDAY = date(2026, 3, 2)
NIGHT = {"share": 0.3, "from": "22:00", "to": "06:00"}


def pool(start: str = "08:00", hours: float = 8.0, **rules: Any) -> Pool:
    """A pool with one shift a day, paid 30 an hour unless said otherwise."""
    shift = {"starts": start, "lengths_hours": hours, "breaks": rules.pop("breaks", [])}
    pay = {"by": "hour", "wage": 30.0}
    return Pool.model_validate(
        {
            "kind": "in_house",
            "queues": "calls",
            "pay": pay,
            "shifts": {**shift, "days": rules.pop("on", "mon-sun")},
        }
        | rules
    )


def paid(of: Pool) -> HourlyPay | MonthlyPay:
    """The pay of a pool that has wages."""
    assert not isinstance(of.pay, SeatPay)
    return of.pay


def days(count: int = 7, first: date = MONDAY, zone: str = "Asia/Shanghai", cyclic: bool = False) -> Calendar:
    """A calendar of half-hours."""
    return grid(first, count, 30, ZoneInfo(zone), cyclic)


def better_paid(of: Pool, calendar: Calendar) -> Floats:
    """Premium hours of the pool's shifts, day by day."""
    return premium_hours(of, patterns(of, calendar, np.ones(calendar.intervals, dtype=np.bool_)), calendar)
