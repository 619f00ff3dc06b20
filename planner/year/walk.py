"""The walk from a year to its plan: figures, search, other ways, the plan of every season."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from planner.certificate import Certificate
from planner.errors import InvalidInput, Mistake
from planner.scenario.scenario import SolverLimits
from planner.staffing import Progress, Run
from planner.year.alternatives import Alternative, fixed_team, season_by_season
from planner.year.certifying import certified_plans
from planner.year.delivered import Delivered, Results, delivered, season_plans
from planner.year.document import Way
from planner.year.figures import ai_fees, teams_of
from planner.year.groups import Groups, groups_of
from planner.year.joint import Search, searched
from planner.year.master import Question, Solving
from planner.year.plans import Workshop
from planner.year.question import Year, setups

_KEPT_SHARE, _KEPT_SECONDS = 0.04, 1.0
"""Of the time limit, to write the plans out."""


_NO_TIME = "no time was left"
_WAYS: Mapping[Way, Callable[[Search], Alternative]] = {
    "season by season": season_by_season,
    "one team": fixed_team,
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a year is planned.

    workers : seasons planned at a time; each uses two processors
    compare : whether the other ways are planned too
    certify : whether every season's plan is replayed, repaired and certified
    """

    workers: int = 1
    compare: bool = True
    certify: bool = False


def plan_year(year: Year, run: Run | None = None, manner: Manner | None = None) -> Delivered:
    """The cheapest year found, its bound, and the plan of every season.

    Raises
    ------
    InvalidInput
        If a season asks for what a year cannot promise.
    NoPlanExists
        If no year keeps every rule and promise.
    OutOfTime, Interrupted
        If the run ended before the first year.
    """
    run, manner = run or Run(time.monotonic()), manner or Manner()
    limits = run.limits or year.rules.solver
    kept = max(_KEPT_SECONDS, _KEPT_SHARE * limits.time_limit_seconds)
    how = Solving(run.started + limits.time_limit_seconds - kept, run.stopped)
    with groups_of(year, how) as groups:
        search = _search(year, groups, limits, (how, run, manner))
        others = {way: Alternative(None, why=_NO_TIME) for way in _WAYS} if manner.compare else {}

        def alternatives(of: Search) -> None:
            for way in others:
                found = _WAYS[way](of)
                of.put_together()
                others[way] = found

        searched(search, alternatives)
        plans = tuple(season_plans(year, search))
        certificates: tuple[Certificate, ...] = ()
        if manner.certify:
            plans, certificates = certified_plans(plans, run, limits)
        return delivered(year, Results(search, others, plans, certificates), run)


def _search(year: Year, groups: Groups, limits: SolverLimits, of: tuple[Solving, Run, Manner]) -> Search:
    how, run, manner = of
    teams = teams_of(year, groups.pay, groups.useful)
    _check(year, teams.most - teams.least)
    platforms = len(year.linked.platforms)
    fees = np.concatenate([ai_fees(year), [*setups(year).values()], np.zeros(platforms)])
    asked = Question(teams, year.repeats, fees, groups.known, platforms=platforms)

    def tell(doing: str, bound: float, cost: float | None) -> None:
        run.watch(Progress(run.seconds, doing, bound if np.isfinite(bound) else None, cost))

    workshop = Workshop(year.linked, limits, how, manner.workers)
    return Search(asked, groups, workshop, tell)


def _check(year: Year, room: np.ndarray) -> None:
    wrong = [
        Mistake("year", f"pools.{name}", f"has a least headcount above the largest in {season.name}")
        for p, name in enumerate(year.rules.pools)
        for s, season in enumerate(year.seasons)
        if room[p, s] < 0
    ]
    if wrong:
        raise InvalidInput(wrong)
