"""Seasons that are alike, and what is known of each group as the year is solved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import numpy as np

from planner.arrays import Floats, frozen
from planner.errors import InvalidInput, Mistake, NoPlanExists
from planner.problem import Problem
from planner.solver.relaxation import NoPointHolds
from planner.staffing.confidence import asks_for_more
from planner.year.known import Known
from planner.year.master import Solving
from planner.year.question import Year
from planner.year.relaxed import SeasonRelaxation
from planner.year.variants import paid_by_the_year

SIDE_BY_SIDE = 2
"""Relaxations solved at a time, each in a process of its own."""


@dataclass(slots=True)
class Group:
    """Seasons with one problem: what is known of one is known of all.

    name : of its first season
    problem : as its scenario has it
    """

    name: str
    problem: Problem
    relaxation: SeasonRelaxation
    known: Known = field(default_factory=Known)

    def learn(self, limits: Floats) -> float:
        """Add the cut at some limits, (D,); what the relaxation costs there."""
        cut, value = self.relaxation.cut(limits)
        self.known.cuts.append(cut)
        return value


@dataclass(frozen=True, slots=True)
class Groups:
    """Every group once, and the group of every season."""

    every: tuple[Group, ...]
    of: tuple[Group, ...]

    @property
    def pay(self) -> Floats:
        """(P, S) money for a person on the books over a season's calendar, once."""
        return frozen(np.column_stack([group.relaxation.pay for group in self.of]))

    @property
    def useful(self) -> Floats:
        """(P,) people beyond which no more could be of use in any season."""
        return frozen(np.max([group.relaxation.useful for group in self.every], axis=0))

    @property
    def known(self) -> tuple[Known, ...]:
        """(S,) what is known of each season."""
        return tuple(group.known for group in self.of)

    def learn(self, limits: Floats) -> Floats:
        """(S,) what the relaxations cost at (S, D) limits; their cuts are known from then on."""
        asked = dict.fromkeys(
            (place, tuple(limits[s]))
            for s, group in enumerate(self.of)
            for place, one in enumerate(self.every)
            if one is group
        )
        by_group = [[point for at, point in asked if at == place] for place in range(len(self.every))]

        def each(place: int) -> dict[tuple[float, ...], float]:
            return {point: self.every[place].learn(frozen(point)) for point in by_group[place]}

        with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
            found = list(threads.map(each, range(len(self.every))))
        place_of = [next(at for at, one in enumerate(self.every) if one is group) for group in self.of]
        return frozen([found[place][tuple(limits[s])] for s, place in enumerate(place_of)])


@contextmanager
def groups_of(year: Year, how: Solving) -> Iterator[Groups]:
    """The year's groups, each with the bound that holds whatever the limits.

    Raises
    ------
    InvalidInput
        If a season asks for what a year cannot promise.
    NoPlanExists
        If a season has no plan with any number of people.
    """
    linked = year.linked
    with ExitStack() as held:
        made: list[tuple[Problem, Group]] = []
        of: list[Group] = []
        for season in year.seasons:
            known = next((group for problem, group in made if problem is season.problem), None)
            if known is None:
                base = paid_by_the_year(season.problem, linked)
                relaxation = held.enter_context(SeasonRelaxation(base, linked, how.deadline, how.stopped))
                known = Group(season.name, season.problem, relaxation)
                made.append((season.problem, known))
            of.append(known)
        groups = Groups(tuple(group for _, group in made), tuple(of))
        _check(groups.every)
        _floors(groups, linked.size)
        yield groups


def _check(every: Sequence[Group]) -> None:
    wrong = [one for one in every if asks_for_more(one.problem, one.relaxation.program.on)]
    if wrong:
        problem = (
            "asks for promises over a week with a confidence, which is planned in rounds; a year needs "
            "promises on average, by the day or by the interval: leave uncertainty.confidence out"
        )
        raise InvalidInput(
            [Mistake(f"season {one.name}", "uncertainty.confidence", problem) for one in wrong]
        )


def _floors(groups: Groups, size: int) -> None:
    """What each season costs at least, with as many people as it likes."""

    def floor(group: Group) -> None:
        try:
            group.known.floor = group.relaxation.cut(np.full(size, np.inf))[1]
        except NoPointHolds as failure:
            raise NoPlanExists([f"{group.name}: no number of people keeps every promise"]) from failure

    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        list(threads.map(floor, groups.every))
