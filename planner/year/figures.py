"""What a year's pools and AI cost, season by season, from its file and its scenarios."""

from __future__ import annotations

import numpy as np

from planner.arrays import Floats, frozen
from planner.labour import hiring
from planner.scenario.pools import Pool
from planner.year.file import YearPool
from planner.year.question import Season, Year
from planner.year.teams import Teams


def teams_of(year: Year, pay: Floats, useful: Floats) -> Teams:
    """People of the year; what its file leaves out comes from each season's turnover.

    pay : (P, S) money for a person on the books over a season's calendar, once
    useful : (P,) people beyond which no more could be of use
    """
    rules = year.rules
    pools = list(rules.pools.items())

    def by_season(figure: object) -> Floats:
        assert callable(figure)
        return frozen([[figure(given, name, season) for season in year.seasons] for name, given in pools])

    initial = None
    if not rules.cyclic:
        initial = frozen([float(given.initial_headcount or 0) for _, given in pools])
    learning = by_season(lambda given, name, season: full(given, _pool(name, season), season))
    there = 0.0 if initial is None else initial
    ample = np.ceil(there + useful / learning.min(axis=1))
    largest = by_season(lambda given, name, season: _or(_pool(name, season).maximum_headcount, np.inf))
    return Teams(
        pools=tuple(rules.pools),
        pay=frozen(pay * year.repeats),
        stay=by_season(lambda given, name, season: stay(given, _pool(name, season), season.months)),
        hiring=by_season(lambda given, name, season: _or(given.hiring_cost, _new(name, season)[0])),
        training=by_season(lambda given, name, season: _or(given.training_cost, _new(name, season)[1])),
        severance=by_season(lambda given, name, season: given.severance_cost),
        full=learning,
        least=by_season(lambda given, name, season: _pool(name, season).minimum_headcount),
        most=np.minimum(largest, ample[:, None]),
        joining=by_season(lambda given, name, season: _or(given.maximum_hires, np.inf)),
        initial=initial,
        lead=frozen([float(given.lead_seasons) for _, given in pools]),
    )


def stay(given: YearPool, of: Pool, months: float) -> float:
    """(Y10)  stay = (1 - monthly_attrition) ^ months of the season."""
    attrition = _or(given.monthly_attrition, of.turnover.monthly_attrition)
    return float((1.0 - attrition) ** months)


def full(given: YearPool, of: Pool, season: Season) -> float:
    """(Y11)  full = 1 - min(ramp_up_weeks, weeks) (1 - ramp_up_productivity) / weeks.

    weeks being those of the season; a figure of the file stands in its place.
    """
    if given.first_season_productivity is not None:
        return given.first_season_productivity
    turnover, weeks = of.turnover, season.rules.lasts_weeks
    lost = min(turnover.ramp_up_weeks, weeks) * (1.0 - turnover.ramp_up_productivity)
    return 1.0 - lost / weeks


def ai_fees(year: Year) -> Floats:
    """(Y12)  fee[q] = setup_cost + sum_s repeats[s] x months of the calendar x fixed_cost_per_month."""
    return frozen([of.setup_cost + sum(ai_by_season(year, name)) for name, of in year.rules.ai.items()])


def ai_by_season(year: Year, queue: str) -> list[float]:
    """(S,) money for the fixed cost of AI on a queue, season by season."""
    fixed = [season.problem.scenario.queues[queue].automation for season in year.seasons]
    return [
        season.months * (0.0 if of is None else of.fixed_cost_per_month)
        for season, of in zip(year.seasons, fixed, strict=True)
    ]


def _pool(name: str, season: Season) -> Pool:
    return season.problem.scenario.pools[name]


def _new(name: str, season: Season) -> tuple[float, float]:
    """Recruiting and training of one new person by (L4)."""
    one = hiring(_pool(name, season))
    return one.recruiting, one.training


def _or(given: float | None, otherwise: float) -> float:
    return otherwise if given is None else float(given)
