"""A year to plan: the file, and the problem of every season."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.contracts.horizon import due_at_once
from planner.problem import Problem
from planner.year.file import SeasonRules, YearFile

_DAYS_A_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Season:
    """One season: its rules and the problem of its typical weeks, contacts scaled."""

    rules: SeasonRules
    problem: Problem

    @property
    def name(self) -> str:
        """As the file has it."""
        return self.rules.name

    @property
    def repeats(self) -> float:
        """(Y1)  repeats = 7 x weeks / days of the season's calendar."""
        return _DAYS_A_WEEK * self.rules.lasts_weeks / len(self.problem.calendar.days)

    @property
    def months(self) -> float:
        """Months that the season lasts, of 365 / 12 days each."""
        return self.problem.calendar.months * self.repeats


@dataclass(frozen=True, slots=True)
class Switches:
    """What is on all year, by name: AI of queues, contracts of vendors, platforms."""

    ai: Mapping[str, bool]
    vendors: Mapping[str, bool]
    platforms: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Linked:
    """Names of what seasons share, in the order of their limits: people of pools, then what is on or off.

    vendors : paid by the minute, whose setup fee is due once in the year
    platforms : of which the year has exactly one; none where every season has its own
    """

    pools: tuple[str, ...]
    ai: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """D, how many limits a season has."""
        return len(self.pools) + len(self.ai) + len(self.vendors) + len(self.platforms)

    def people(self, limits: Floats) -> dict[str, int]:
        """People by pool of some limits, (D,)."""
        return {name: round(float(limits[p])) for p, name in enumerate(self.pools)}

    def on(self, limits: Floats) -> Switches:
        """What of the year is on by some limits, (D,)."""
        every = iter(np.asarray(limits[len(self.pools) :]) > 0.5)
        ai, vendors, platforms = (
            {name: bool(next(every)) for name in names} for names in (self.ai, self.vendors, self.platforms)
        )
        return Switches(ai, vendors, platforms)


@dataclass(frozen=True, slots=True)
class Year:
    """The whole question.

    seasons : at least one, in their order
    """

    rules: YearFile
    seasons: tuple[Season, ...]

    def __post_init__(self) -> None:
        require(len(self.seasons) == len(self.rules.seasons), "every season of the file has its problem")

    @property
    def linked(self) -> Linked:
        """What its seasons share."""
        platforms = tuple(self.seasons[0].problem.scenario.technologies) if self.rules.one_platform else ()
        return Linked(tuple(self.rules.pools), tuple(self.rules.ai), tuple(setups(self)), platforms)

    @property
    def repeats(self) -> Floats:
        """(S,) how often each season's calendar comes."""
        return frozen([season.repeats for season in self.seasons])


def setups(year: Year) -> dict[str, float]:
    """Money of every vendor's setup fee that is due at once: once in the year, and not in every season."""
    return {
        name: due_at_once(of.contract)
        for season in year.seasons
        for name, of in season.problem.scenario.vendors.items()
        if due_at_once(of.contract) > 0
    }


def scaled(problem: Problem, factor: float) -> Problem:
    """The problem with every contact of its forecast times a factor."""
    if factor == 1.0:
        return problem
    contacts = frozen(problem.forecast.contacts * factor)
    return replace(problem, forecast=replace(problem.forecast, contacts=contacts))
