"""The search for a year, on one page: bound, people, plans of the seasons, better people, proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from planner.arrays import Floats
from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.year.bounding import bounded
from planner.year.groups import Group, Groups
from planner.year.master import Answer, Question, Solving, bound_below, cheapest_made
from planner.year.plans import Workshop

SEASON_GAP = 0.4
"""Of the year's gap: to which a season's plan is made first."""
_TIGHTER = 0.5
_LEAST_GAP = 1e-7
_ROUNDING = 1e-7
_LAST_SECONDS = 2.0
"""No season is begun with less time."""
_WHOLE_ROUNDS, _FIRST_ROUNDS = 20, 4
_LITTLE = 1e-5
"""Cuts at whole people, AI and platforms are added until they raise the bound by less than this share."""


@dataclass(slots=True)
class Search:
    """The best year and bound so far: what changes as it goes on.

    tell : called with what is being done, the bound, and the cost of the best year
    gaps : to which seasons were planned at some limits, by group and limits
    hard : those for which time came before a plan, or the proof that there is none
    """

    asked: Question
    groups: Groups
    workshop: Workshop
    tell: Callable[[str, float, float | None], None]
    bound: float = -np.inf
    best: Answer | None = None
    stopped: str = "time limit"
    gaps: dict[tuple[int, tuple[float, ...]], float] = field(default_factory=dict)
    hard: set[tuple[int, tuple[float, ...]]] = field(default_factory=set)

    @property
    def how(self) -> Solving:
        """Until when."""
        return self.workshop.how

    def proven(self, gap: float) -> bool:
        """Whether the best year lies within the gap of the bound."""
        if self.best is None:
            return False
        return self.best.cost - self.bound <= (gap + _ROUNDING) * abs(self.best.cost)

    def told(self, doing: str) -> None:
        """Pass on how far the search is."""
        self.tell(doing, self.bound, None if self.best is None else self.best.cost)

    def bound_all(self) -> None:
        """The bound of the relaxations."""

        def raised(bound: float) -> None:
            self.bound = max(self.bound, bound)
            self.told("bound")

        bounded(self.asked, self.groups, self.how, raised)

    def at_least(self) -> Answer:
        """The least year by all that is known, with whole people; the bound rises to it."""
        found = bound_below(self.asked, self.how)
        self.bound = max(self.bound, found.bound)
        return found

    def put_together(self) -> None:
        """The cheapest year from the plans at hand becomes the best."""
        found = cheapest_made(self.asked, self.how)
        if found is not None and (self.best is None or found.cost < self.best.cost):
            self.best = found
        self.told("putting plans together")

    def plan_at(self, limits: Floats) -> bool:
        """Plan every season at (S, D) limits, where that is not done; where all are, the loosest again.

        Returns
        -------
        whether anything was left to do, and something came of it
        """
        gap = SEASON_GAP * self.workshop.limits.gap
        limits = self._within_reach(limits)
        wanted = self._wanted(limits)
        if not wanted:
            wanted, gap = self._loosest(limits)
        if not wanted:
            return False
        done = self.workshop.within(wanted, gap, self.told)
        for (group, at), known in zip(wanted, done, strict=True):
            key = self._place(group), tuple(at)
            self.gaps[key] = gap
            if not known:
                self.hard.add(key)
        return any(done) or not self.over

    @property
    def over(self) -> bool:
        """Whether time is up."""
        return time.monotonic() >= self.how.deadline - _LAST_SECONDS

    def _within_reach(self, limits: Floats) -> Floats:
        """The limits, with more people in seasons for which no plan was found in time: 1, 3, 7 more."""
        pools = len(self.asked.teams.pools)
        reach = limits.copy()
        for s, group in enumerate(self.groups.of):
            step = 1.0
            while (self._place(group), tuple(reach[s])) in self.hard:
                reach[s, :pools] += step
                step *= 2.0
        return reach

    def _place(self, group: Group) -> int:
        return next(place for place, one in enumerate(self.groups.every) if one is group)

    def _wanted(self, limits: Floats) -> list[tuple[Group, Floats]]:
        keys = dict.fromkeys((self._place(group), tuple(limits[s])) for s, group in enumerate(self.groups.of))
        new = [key for key in keys if key not in self.gaps]
        return [(self.groups.every[place], np.array(at)) for place, at in new]

    def _loosest(self, limits: Floats) -> tuple[list[tuple[Group, Floats]], float]:
        """The season whose plan and bound at its limits are furthest apart, and the gap to plan it to."""
        apart = {}
        for s, group in enumerate(self.groups.of):
            made = group.known.solved_at(limits[s])
            if made is not None and made.value < np.inf:
                least = group.known.best(limits[s])
                assert least is not None
                apart[s] = float(self.asked.repeats[s]) * (least.value - group.known.least(limits[s]))
        for s in sorted(apart, key=lambda s: -apart[s]):
            group = self.groups.of[s]
            gap = self.gaps[self._place(group), tuple(limits[s])] * _TIGHTER
            if apart[s] > 0 and gap >= _LEAST_GAP:
                return [(group, np.array(limits[s]))], gap
        return [], 0.0


def begin(search: Search) -> None:
    """A bound, and plans at the people that it would like."""
    search.bound_all()
    least = _whole(search, search.at_least())
    for _ in range(_WHOLE_ROUNDS):
        again = search.at_least()
        if again.cost <= least.cost * (1 + _LITTLE):
            break
        least = _whole(search, again)
    for _ in range(_FIRST_ROUNDS):
        search.plan_at(least.limits)
        search.put_together()
        if search.best is not None:
            break
        least = _whole(search, search.at_least())


def improve(search: Search) -> None:
    """Round after round the people whom the least year wants, until it is a plan, or time is up.

    Every solve raises the bound where it was too hopeful, at these people and fewer, so that the next round
    looks elsewhere. With whole people there is an end to it: then the bound is the cost of the best year.
    """
    gap = search.workshop.limits.gap
    while not search.proven(gap):
        if search.how.stopped():
            search.stopped = "Ctrl-C"
            return
        least = _whole(search, search.at_least())
        if search.proven(gap):
            break
        if not search.plan_at(least.limits):
            search.stopped = "time limit" if search.over else "nothing left to plan"
            return
        search.put_together()
    search.stopped = "gap"


def _whole(search: Search, least: Answer) -> Answer:
    """The answer with cuts at its whole people, and its limits exactly whole."""
    limits = np.round(least.limits)
    search.groups.learn(limits)
    return replace(least, limits=limits)


def searched(search: Search, alternatives: Callable[[Search], None]) -> None:
    """The whole search: `alternatives` plans other ways to staff the year, whose plans help this one.

    Raises
    ------
    NoPlanExists
        If no year keeps every rule and promise.
    OutOfTime, Interrupted
        If there is no year yet when the search ends.
    """
    try:
        begin(search)
        alternatives(search)
        improve(search)
    except OutOfTime:
        search.stopped = "time limit"
    except Interrupted:
        search.stopped = "Ctrl-C"
    if search.proven(search.workshop.limits.gap) and search.stopped == "time limit":
        search.stopped = "gap"
    if search.best is None:
        if search.stopped == "Ctrl-C":
            raise Interrupted("stopped before the first year was planned")
        raise OutOfTime("no year was planned in time; allow more with --time-limit")


__all__ = ["NoPlanExists", "Search", "begin", "improve", "searched"]
