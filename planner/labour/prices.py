"""What a person on a pattern, a person on the books and a desk cost, all items together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen
from planner.calendar import Calendar
from planner.labour.charges import Charge, charges
from planner.labour.wage import benefits, hourly_wage
from planner.scenario.pools import MonthlyPay, Pool
from planner.shifts import Patterns


@dataclass(frozen=True, slots=True)
class Prices:
    """Money over the calendar.

    shift : (J,) per person on each pattern
    person : per person on the books
    desk : per desk
    beside : what of it is no wage and no benefit, item by item
    """

    shift: Floats
    person: float
    desk: float
    beside: tuple[Charge, ...]


def prices(rules: Pool, found: Patterns, calendar: Calendar) -> Prices:
    """The prices of a pool for these patterns; wages and benefits first, then all that is beside them.

    A vendor's fee by the seat is none of them: it is no price per person.
    """
    beside, on_top = charges(rules, found, calendar), 1.0 + benefits(rules)
    if isinstance(rules.pay, MonthlyPay):
        hours, month = np.zeros(found.count), rules.pay.wage * on_top * calendar.months
    else:
        hours, month = hourly_wage(rules) * on_top * found.paid_hours, 0.0
    return Prices(
        shift=frozen(hours + np.sum([charge.shift for charge in beside], axis=0)),
        person=month + sum(charge.person for charge in beside),
        desk=sum(charge.desk for charge in beside),
        beside=beside,
    )
