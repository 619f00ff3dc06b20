"""Other ways to staff a year: every season planned alone, and one team all year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Floats, frozen
from planner.errors import NoPlanExists, OutOfTime
from planner.year.joint import SEASON_GAP, Search
from planner.year.known import Made
from planner.year.master import Answer, bound_below, cheapest_made
from planner.year.teams import Path, Teams, path_of

_FIXED_ROUNDS = 4
_SAME_PEOPLE_ROUNDS = 50
_SLACK = 1e-9

Wish = Callable[[int, Floats], Floats]
"""(P,) people a season wants on its shifts, of at most so many, (P,)."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What another way costs over the year.

    cost : money; None where the way cannot be gone, or time was up
    bound : money that no plan of this way can undercut; None where nothing is claimed
    path : its people, where it can be gone
    why : why there is no cost
    """

    cost: float | None
    bound: float | None = None
    path: Path | None = None
    why: str = ""


def alone_path(teams: Teams, wish: Wish, whole: bool = True) -> Path:
    """(Y13)  W[p,s] = N[p,s] where enough are left, else (N[p,s] - (1 - full) left) / full.

    Every season takes the people it wants and looks no further: it lets go whom it does not need, and hires
    those who can be there at once. left is who stayed from the season before.

    whole : whether people are whole

    Raises
    ------
    NoPlanExists
        If a season cannot do with the people who can be there, or a year that follows itself does not close.
    """
    people = np.zeros(teams.pay.shape)
    if teams.initial is None:
        people[:, -1] = wish(teams.seasons - 1, np.full(len(teams.pools), np.inf))
    for _ in range(_SAME_PEOPLE_ROUNDS if teams.initial is None else 1):
        last = people[:, -1].copy()
        for s in range(teams.seasons):
            people[:, s] = _season(teams, people, s, wish, whole)
        if teams.initial is not None or np.array_equal(last, people[:, -1]):
            return path_of(teams, frozen(people))
    raise NoPlanExists(["planned season by season, the year does not end with the people it begins with"])


def _season(teams: Teams, people: Floats, s: int, wish: Wish, whole: bool) -> Floats:
    left, full = teams.before(people, s), teams.full[:, s]
    there = np.minimum(left + teams.can_join(ahead=False)[:, s], np.maximum(teams.most[:, s], left))
    there = np.floor(there + _SLACK) if whole else there
    most = full * there + (1.0 - full) * np.minimum(left, there)
    most = np.where(there <= left, there, most)
    wanted = wish(s, np.floor(most + _SLACK) if whole else most)
    more = (wanted - (1.0 - full) * left) / full
    needed = np.where(wanted <= left, wanted, np.ceil(more - _SLACK) if whole else more)
    if np.any(needed < teams.least[:, s] - _SLACK):
        raise NoPlanExists(["a season would have fewer people than the least headcount"])
    return np.asarray(needed)


def season_by_season(search: Search) -> Alternative:
    """Every season planned as if there were no other; hiring and letting go are paid afterwards."""
    teams, workshop, of = search.asked.teams, search.workshop, search.groups.of
    gap = SEASON_GAP * workshop.limits.gap
    first = workshop.alone([(group, {}) for group in search.groups.every], gap, search.told)
    if first is None:
        return Alternative(None, why="no time was left")
    chosen = [first[next(i for i, one in enumerate(search.groups.every) if one is group)] for group in of]
    pools = len(teams.pools)

    def wish(s: int, most: Floats) -> Floats:
        wanted = chosen[s].limits[:pools]
        if np.any(wanted > most):
            chosen[s] = _with_fewer(search, s, most, gap)
        return np.asarray(chosen[s].limits[:pools])

    try:
        path = alone_path(teams, wish)
    except NoPlanExists as failure:
        return Alternative(None, why=failure.reasons[0])
    except OutOfTime:
        return Alternative(None, why="no time was left")
    bought = np.max([one.limits[pools:] for one in chosen], axis=0, initial=0.0)
    if search.asked.platforms and bought[-search.asked.platforms :].sum() > 1:
        return Alternative(None, why="planned alone, seasons would choose different platforms")
    seasons = float(search.asked.repeats @ np.array([one.value for one in chosen]))
    return Alternative(seasons + path.cost(teams) + float(search.asked.fee @ bought), None, path)


def _with_fewer(search: Search, s: int, most: Floats, gap: float) -> Made:
    """A season planned alone with at most so many people."""
    group, teams = search.groups.of[s], search.asked.teams
    if np.any(most < teams.least[:, s]):
        raise NoPlanExists([f"{group.name}: fewer people are left than the least headcount"])
    limited = {name: int(limit) for name, limit in zip(teams.pools, most, strict=True) if np.isfinite(limit)}
    try:
        made = search.workshop.alone([(group, limited)], gap, search.told)
    except NoPlanExists as failure:
        told = ", ".join(f"{number} {name}" for name, number in limited.items())
        raise NoPlanExists(
            [f"{group.name} cannot keep its promises with the people who are left ({told})"]
        ) from failure
    if made is None:
        raise OutOfTime("no time was left")
    return made[0]


def fixed_team(search: Search) -> Alternative:
    """One team all year: as many people in every season, those who leave replaced."""
    asked = replace(search.asked, way="fixed")
    best: Answer | None = None
    bound = -np.inf
    try:
        for _ in range(_FIXED_ROUNDS):
            least = bound_below(asked, search.how)
            limits = np.round(least.limits)
            search.groups.learn(limits)
            bound = max(bound, least.bound)
            done = search.plan_at(limits)
            best = cheapest_made(asked, search.how) or best
            near = best is not None and best.cost - bound <= search.workshop.limits.gap * best.cost
            if near or not done:
                break
    except NoPlanExists as failure:
        return Alternative(None, why=failure.reasons[0])
    if best is None:
        return Alternative(None, bound, why="no time was left")
    return Alternative(best.cost, bound, best.path)
