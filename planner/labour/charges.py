"""What is paid beside wages and benefits, item by item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats, frozen
from planner.calendar import Calendar
from planner.labour.premiums import premium_hours
from planner.labour.turnover import replacing
from planner.labour.wage import hourly_wage, month_hours
from planner.scenario.pools import Pool
from planner.shifts import Patterns

Item: TypeAlias = Literal["premiums", "recruiting", "training", "ramp_up", "desks", "rent", "licences"]


@dataclass(frozen=True, slots=True)
class Charge:
    """One item of a pool's cost over the calendar.

    shift : (J,) money per person on each pattern
    person : money per person on the books
    desk : money per desk
    """

    item: Item
    shift: Floats
    person: float = 0.0
    desk: float = 0.0

    def amount(self, people: Counts, headcount: int, desks: int) -> float:
        """What a plan pays for the item; people : (J,) on each pattern."""
        return float(self.shift @ people) + self.person * headcount + self.desk * desks


def charges(rules: Pool, found: Patterns, calendar: Calendar) -> tuple[Charge, ...]:
    """Every item of a pool that is not its wages and benefits, those that cost nothing too."""
    nothing = frozen(np.zeros(found.count))
    premiums = frozen(hourly_wage(rules) * premium_hours(rules, found, calendar))
    leavers, months = replacing(rules), calendar.months
    each = person_months(rules, found, calendar)

    def by_person(item: Item, price: float, by_desk: float = 0.0) -> Charge:
        return Charge(item, frozen(price * each.shift), price * each.person, by_desk * months)

    return (
        Charge("premiums", premiums),
        by_person("recruiting", leavers.recruiting),
        by_person("training", leavers.training),
        by_person("ramp_up", leavers.ramp_up),
        Charge("desks", nothing, desk=rules.desk_cost_per_month * months),
        Charge("rent", nothing, desk=rules.desk_rent_per_month * months),
        by_person("licences", rules.person_licence_per_month, rules.seat_licence_per_month),
    )


@dataclass(frozen=True, slots=True)
class PersonMonths:
    """Months of people that a pool is charged for.

    shift : (J,) per person on each pattern
    person : per person on the books
    """

    shift: Floats
    person: float


def person_months(rules: Pool, found: Patterns, calendar: Calendar) -> PersonMonths:
    """(L5)  person_months = months x W[p] where people are counted;

    sum_j paid_hours[j] x[p,j] / month_hours where they are not.
    """
    if rules.counts_people:
        return PersonMonths(frozen(np.zeros(found.count)), calendar.months)
    return PersonMonths(frozen(found.paid_hours / month_hours(rules)), 0.0)
