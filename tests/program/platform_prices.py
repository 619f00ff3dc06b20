"""The cheapest platform for given people, by minutes and discounted sums; not the planner's own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.problem import Problem
from planner.scenario.pools import Pool
from planner.scenario.technology import Technology
from planner.shifts import Patterns

EVEN = 1e-9


@dataclass(frozen=True)
class Seated:
    """Whether a pool works at all, and the platform seats it takes minute by minute."""

    works: bool
    minutes: Floats


def seated(of: Problem, rules: Pool, found: Patterns, x: Floats) -> Seated:
    """Seats of a pool in every minute of a calendar that does not wrap, with a day after its end."""
    begin = int(of.calendar.epoch[0])
    minutes = np.zeros((int(of.calendar.end) - begin) // 60 + 1440)
    for j, people in enumerate(x):
        if not rules.brings_platform:
            first, last = (int(found.start[j]) - begin) // 60, (int(found.end[j]) - begin) // 60
            minutes[first:last] += people * (1 - rules.shrinkage.absence)
    return Seated(bool(x.any()), minutes)


def monthly(of: Technology) -> float:
    """What a platform costs a month: the payment whose discounted sum over the life is the capital."""
    life = of.life_years or 1.0
    months = np.arange(1, round(12 * life) + 1)
    worth = float(((1 + of.discount_rate) ** (-months / 12)).sum())
    upkeep = of.upkeep_share_per_year * of.hardware_share * of.capital / 12
    return of.capital / worth + upkeep + of.subscription_per_year / 12


def platform_cost(of: Problem, labour: Sequence[Seated]) -> float:
    """The cheapest platform that lets these pools work; infinite if none does."""
    if not of.scenario.technologies:
        return 0.0
    months = len(of.calendar.days) * 12 / 365
    seats = np.ceil(sum(staff.minutes for staff in labour).max() - EVEN)  # type: ignore[union-attr]  # arrays
    prices = [
        months * (monthly(option) + float(seats) * option.seat_price_per_month)
        for option in of.scenario.technologies.values()
        if all(_allowed(option, name, of) for name, staff in zip(of.scenario.pools, labour, strict=True)
               if staff.works)
    ]  # fmt: skip
    return min(prices, default=float("inf"))


def _allowed(option: Technology, name: str, of: Problem) -> bool:
    return option.pools is None or name in option.pools or of.scenario.pools[name].brings_platform
