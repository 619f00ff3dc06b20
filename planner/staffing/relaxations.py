"""Relaxations of a problem with different investments: what no plan can undercut with each set of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeAlias

from planner.investment.effects import with_effects
from planner.problem import Problem
from planner.program.build import Program, build
from planner.program.found import Found, Watcher
from planner.program.instance import instance
from planner.program.search import LITTLE, Ending, bounded
from planner.program.way import for_more_work
from planner.scenario.investments import Investment
from planner.solver.relaxation import NoPointHolds
from planner.staffing.solved import Run

_SIDE_BY_SIDE = 2
_AT_FIRST = 0
"""Linear programs for ways before a plan says what bound is wanted."""

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A set of investments whose relaxation is wanted, without their prices.

    enough : money; a bound that is as high is good enough
    within : investments with which no plan costs or needs more; None where no such set is known
    """

    chosen: Sequence[Investment]
    enough: float | None = None
    within: Key | None = None

    @property
    def key(self) -> Key:
        """The same for investments that change the same."""
        return tuple(sorted(repr((of.queues, of.pools)) for of in self.chosen))


class Relaxations:
    """The relaxations that were solved, each begun from one that was solved before."""

    def __init__(self, problem: Problem, run: Run, deadline: float) -> None:
        self._problem, self._run, self._deadline = problem, run, deadline
        self._programs: dict[Key, Program] = {}
        self._found: dict[Key, Found | None] = {}
        self._latest: Found | None = None

    def of(self, key: Key) -> Found | None:
        """What is known; None where there is no point."""
        return self._found[key]

    def solve(self, asked: Iterable[Asked]) -> None:
        """Solve what is not known yet, and bring what is known nearer to enough; side by side."""
        new = {one.key: one for one in asked if self._wanted(one)}
        if not new:
            return
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
            found = dict(zip(new, threads.map(self._solved, new.values()), strict=True))
        self._found.update(found)
        self._latest = next((one for one in found.values() if one is not None), self._latest)

    def _wanted(self, one: Asked) -> bool:
        if one.key not in self._found:
            return True
        known = self._found[one.key]
        return known is not None and one.enough is not None and known.bound < one.enough

    def _solved(self, one: Asked) -> Found | None:
        if one.key not in self._programs:
            on = replace(instance(with_effects(self._problem, one.chosen)), investments=0.0)
            self._programs[one.key] = build(on)
        program = self._programs[one.key]
        ending = (
            Ending(LITTLE, programs=_AT_FIRST) if one.enough is None else Ending(LITTLE, enough=one.enough)
        )
        watcher = Watcher(self._deadline, lambda doing, found: None, self._run.stopped)
        try:
            return bounded(program, watcher, ending, self._like(one))
        except NoPointHolds:
            return None

    def _like(self, one: Asked) -> Found | None:
        """The relaxation to begin from, with ways whose bounds hold for this one too."""
        known = self._found.get(one.key)
        if known is not None:
            return known
        within = None if one.within is None else self._found[one.within]
        if within is not None:
            return replace(within, ways=for_more_work(within.ways))
        return None if self._latest is None else replace(self._latest, ways=())
