"""A problem between two others, and what two problems differ in."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

import numpy as np

from planner.arrays import Floats
from planner.problem import Problem, owed
from planner.scenario.checks import cross_mistakes, draft_of
from planner.scenario.scenario import Scenario
from planner.seasons.causes import ORDER, SCENARIO, Cause
from planner.seasons.contacts import mixed_forecast
from planner.seasons.rules import mixed_scenario

_SAME = 1e-9
_EVERY: frozenset[Cause] = frozenset(ORDER)


def mixed(first: Problem, second: Problem, causes: Set[Cause]) -> Problem:
    """The first problem with these causes taken from the second.

    With none it is the first, with all it is the second, as far as either matters to cost and service.

    Raises
    ------
    ValueError
        If they cannot be mixed: see `unlike`.
    """
    scenario = mixed_scenario(first.scenario, second.scenario, causes)
    forecast = mixed_forecast(first.forecast, second.forecast, tuple(scenario.queues), causes)
    calendar = (second if SCENARIO["calendar"] in causes else first).calendar
    return Problem(scenario, calendar, forecast, "", "")


def unlike(first: Problem, second: Problem) -> Iterator[str]:
    """Why two problems cannot be mixed, a line each: intervals that cannot be laid on one another."""
    days = [len(problem.calendar.days) for problem in (first, second)]
    minutes = [problem.calendar.interval // 60 for problem in (first, second)]
    if days[0] != days[1]:
        yield f"the calendars have {days[0]} and {days[1]} days; plan both over the same number of days"
    elif minutes[0] != minutes[1]:
        yield f"intervals are {minutes[0]} and {minutes[1]} minutes; plan both with the same interval_minutes"
    elif first.calendar.intervals != second.calendar.intervals:
        yield "clocks change in one of the calendars; take days without a change of clocks"
    if (first.forecast.agents is None) != (second.forecast.agents is None):
        yield "one forecast gives contacts, the other agents; give contacts in both"


def impossible(problem: Problem) -> list[str]:
    """Rules that the two scenarios keep and their mixture breaks, a line each."""
    found = [*cross_mistakes(draft_of(problem.scenario)), *owed(problem)]
    return [f"{place}: {wrong}" for place, wrong in found]


def causes_of(first: Problem, second: Problem) -> tuple[Cause, ...]:
    """The causes that change anything, at the first problem or at the second."""
    nothing, everything = mixed(first, second, frozenset()), mixed(first, second, _EVERY)
    return tuple(
        cause
        for cause in ORDER
        if not _same(nothing, mixed(first, second, {cause}))
        or not _same(everything, mixed(first, second, _EVERY - {cause}))
    )


def _same(one: Problem, other: Problem) -> bool:
    if _rules(one.scenario) != _rules(other.scenario) or one.forecast.queues != other.forecast.queues:
        return False
    pairs = zip(_arrays(one), _arrays(other), strict=True)
    return all(a.shape == b.shape and np.allclose(a, b, rtol=_SAME, atol=_SAME) for a, b in pairs)


def _rules(scenario: Scenario) -> dict[str, Any]:
    """What cost and service depend on: of the first day its weekday, unless something happens on dates."""
    rules = scenario.model_dump(exclude={name for name, cause in SCENARIO.items() if cause is None})
    start, holidays = scenario.calendar.start, scenario.calendar.holidays
    dates = {
        "start": start if _dated(scenario) else start.weekday(),
        "country": None,
        "holidays": None if holidays is None else sorted((day - start).days for day in holidays),
    }
    return rules | {"calendar": rules["calendar"] | dates}


def _dated(scenario: Scenario) -> bool:
    """Whether hours on some dates are paid better."""
    return any(premium.dates for pool in scenario.pools.values() for premium in pool.premiums)


def _arrays(problem: Problem) -> tuple[Floats, ...]:
    forecast = problem.forecast
    asked = forecast.contacts if forecast.agents is None else forecast.agents
    return asked, forecast.handle_time, forecast.open.astype(np.float64)
