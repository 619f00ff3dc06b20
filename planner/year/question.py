"""A year to plan: the file, and the problem of every season."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.arrays import Floats, frozen, require
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
class Linked:
    """Names of what seasons share, in the order of their limits: people of pools, then what is on or off.

    platforms : of which the year has exactly one; none where every season has its own
    """

    pools: tuple[str, ...]
    ai: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """D, how many limits a season has."""
        return len(self.pools) + len(self.ai) + len(self.platforms)

    def people(self, limits: Floats) -> dict[str, int]:
        """People by pool of some limits, (D,)."""
        return {name: round(float(limits[p])) for p, name in enumerate(self.pools)}

    def on(self, limits: Floats) -> tuple[dict[str, bool], dict[str, bool]]:
        """Whether AI is bought, by queue, and whether a platform is the year's, by name."""
        first, second = len(self.pools), len(self.pools) + len(self.ai)
        bought = {name: bool(limits[first + q] > 0.5) for q, name in enumerate(self.ai)}
        return bought, {name: bool(limits[second + o] > 0.5) for o, name in enumerate(self.platforms)}


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
        return Linked(tuple(self.rules.pools), tuple(self.rules.ai), platforms)

    @property
    def repeats(self) -> Floats:
        """(S,) how often each season's calendar comes."""
        return frozen([season.repeats for season in self.seasons])


def scaled(problem: Problem, factor: float) -> Problem:
    """The problem with every contact of its forecast times a factor."""
    if factor == 1.0:
        return problem
    contacts = frozen(problem.forecast.contacts * factor)
    return replace(problem, forecast=replace(problem.forecast, contacts=contacts))
