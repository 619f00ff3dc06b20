"""The cheapest year of a small one, found by trying every headcount in every season.

What a season costs with so many people is found by trying every plan (tests/program/enumeration.py). Who
joins, who is let go and what that costs is written here once more, person by person.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import floor, inf

import numpy as np

from planner.scenario.pools import MonthlyPay
from planner.year import Year
from planner.year.variants import within
from tests.program.enumeration import cheapest


def cheapest_year(of: Year, most: int, people_on_a_pattern: int = 8, same: bool = False) -> float:
    """Money of the cheapest path of headcounts up to `most`; same: as many people in every season."""
    linked = of.linked
    queues, platforms = len(linked.ai), len(linked.platforms)
    one_of = [tuple(int(o == on) for o in range(platforms)) for on in range(platforms)] or [()]

    @cache
    def season(number: int, people: int, on_off: tuple[int, ...]) -> float:
        """A season's calendar once, without pay of the people on the books."""
        limits = np.array([float(people), *map(float, on_off)])
        held = within(of.seasons[number].problem, linked, limits)
        return cheapest(held, people_on_a_pattern) - people * _month(of, number)

    best = inf
    paths = ((n,) * len(of.seasons) for n in range(most + 1)) if same else product(
        range(most + 1), repeat=len(of.seasons)
    )  # fmt: skip
    for path in paths:
        moves = _moves(of, path)
        if moves is None:
            continue
        fee, shifts = moves
        for bought, platform in product(product((0, 1), repeat=queues), one_of):
            every = [
                each.repeats
                * (season(number, people, (*bought, *platform)) + path[number] * _month(of, number))
                for number, (each, people) in enumerate(zip(of.seasons, shifts, strict=True))
            ]
            best = min(best, fee + sum(every) + _ai(of, bought))
    return best


def _month(of: Year, number: int) -> float:
    """Pay of one person over a season's calendar."""
    season = of.seasons[number]
    pay = season.problem.scenario.pools["own"].pay
    assert isinstance(pay, MonthlyPay)
    return pay.wage * 12 * len(season.problem.calendar.days) / 365


def _moves(of: Year, path: tuple[int, ...]) -> tuple[float, list[int]] | None:
    """Money for hiring and letting go along a path, and people for the shifts; None if it cannot be gone."""
    own = of.rules.pools["own"]
    fee, shifts = 0.0, []
    for number, people in enumerate(path):
        if number == 0 and not of.rules.cyclic:
            left = float(own.initial_headcount or 0)
        else:
            weeks = of.seasons[number - 1].rules.weeks or 0.0
            months = 7 * weeks * 12 / 365
            left = path[number - 1] * (1 - (own.monthly_attrition or 0.0)) ** months
        joining, leaving = max(people - left, 0.0), max(left - people, 0.0)
        early = not of.rules.cyclic and number < own.lead_seasons
        allowed = 0.0 if early else inf if own.maximum_hires is None else own.maximum_hires
        if joining > allowed + 1e-9:
            return None
        fee += joining * ((own.hiring_cost or 0.0) + (own.training_cost or 0.0))
        fee += leaving * own.severance_cost
        full = own.first_season_productivity or 1.0
        shifts.append(floor(people - (1 - full) * joining + 1e-9))
    return fee, shifts


def _ai(of: Year, bought: tuple[int, ...]) -> float:
    money = 0.0
    for (name, given), on in zip(of.rules.ai.items(), bought, strict=True):
        for season in of.seasons:
            automation = season.problem.scenario.queues[name].automation
            assert automation is not None
            months = 7 * (season.rules.weeks or 0.0) * 12 / 365
            money += on * months * automation.fixed_cost_per_month
        money += on * given.setup_cost
    return money
