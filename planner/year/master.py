"""The year's own program: people from season to season, over what is known of each season's cost.

From below it is a bound on every plan of the year, (Y6) and (Y7); from above it puts plans together that
were made, (Y8). In both a season is no more than its cost at the people on its shifts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Floats, frozen
from planner.errors import Interrupted, NoPlanExists, OutOfTime, SolverFailed
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, relaxed
from planner.solver.mixed import Runs, Task
from planner.solver.relaxation import NoPointHolds, verified
from planner.year.known import Known, Made
from planner.year.sheet import Sheet
from planner.year.teams import Path, Teams

Ahead: TypeAlias = Literal["joint", "fixed"]
_GAP = 1e-7
_MANY = 1e6
_TICK = 0.2


@dataclass(frozen=True, slots=True)
class Question:
    """What the year's program is about.

    repeats : (S,) how often each season's calendar comes
    fee : (Q,) money for what is on or off all year: AI by queue, then platforms
    seasons : (S,) what is known of each; the same object where seasons are alike
    way : joint; or fixed, with as many people in every season
    platforms : how many of what is on or off are platforms, of which exactly one is on
    """

    teams: Teams
    repeats: Floats
    fee: Floats
    seasons: tuple[Known, ...]
    way: Ahead = "joint"
    platforms: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A solution of the year's program.

    bound : money that no solution can undercut
    cost : its own
    limits : (S, D) people on shifts by pool, then AI by queue
    season : (S,) what the program takes each season's calendar to cost
    chosen : (S,) the plans put together; empty from below
    """

    bound: float
    cost: float
    path: Path
    limits: Floats
    season: Floats
    chosen: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Solving:
    """Until when in time.monotonic terms, and what is asked now and then whether to end."""

    deadline: float
    stopped: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the people: W, H, F and N, (P, S) each, and u, (Q,)."""

    people: Counts
    joining: Counts
    leaving: Counts
    shifts: Counts
    bought: Counts


def bound_below(asked: Question, how: Solving, whole: bool = True) -> Answer:
    """The least a year can cost by all that is known of its seasons.

    whole : whether people are whole; if not, the bound is that of a linear program

    Raises
    ------
    NoPlanExists
        If nothing keeps the rules of the pools.
    """
    sheet = Sheet()
    columns = people_of(sheet, asked)
    season = np.array(
        [
            sheet.column(f"V_{s}", float(asked.repeats[s]), (known.floor, known.ceiling))
            for s, known in enumerate(asked.seasons)
        ]
    )
    for s, known in enumerate(asked.seasons):
        limits = [*columns.shifts[:, s], *columns.bought]
        for number, cut in enumerate(known.cuts):
            terms = [(int(season[s]), 1.0), *_times(limits, -cut.slope)]
            sheet.row(f"cut_{s}_{number}", terms, lower=cut.constant)
        for number, step in enumerate(known.steps()):
            _step(sheet, (f"{s}_{number}", int(season[s]), known.floor), limits, step)
    matrix = sheet.matrix()
    bound, values = _whole(matrix, how) if whole else _linear(matrix, how)
    return _answer(asked, columns, (bound, float(matrix.cost @ values)), values, values[season])


def cheapest_made(asked: Question, how: Solving) -> Answer | None:
    """The cheapest year that can be put together from plans at hand; None if none can."""
    if any(all(one.value == np.inf for one in known.made) for known in asked.seasons):
        return None
    sheet = Sheet()
    columns = people_of(sheet, asked)
    options: list[tuple[list[Made], Counts]] = []
    for s, known in enumerate(asked.seasons):
        some = [one for one in known.made if one.value < np.inf]
        taken = [
            sheet.column(f"taken_{s}_{i}", float(asked.repeats[s] * one.value), (0.0, 1.0), True)
            for i, one in enumerate(some)
        ]
        sheet.row(f"one_{s}", [(column, 1.0) for column in taken], 1.0, 1.0)
        for d, limit in enumerate((*columns.shifts[:, s], *columns.bought)):
            needs = [(column, float(one.limits[d])) for column, one in zip(taken, some, strict=True)]
            sheet.row(f"needs_{s}_{d}", [*needs, (int(limit), -1.0)], upper=0.0)
        options.append((some, np.array(taken)))
    matrix = sheet.matrix()
    try:
        bound, values = _whole(matrix, how)
    except NoPlanExists:
        return None
    chosen = tuple(some[int(np.argmax(values[taken]))] for some, taken in options)
    found = _answer(
        asked, columns, (bound, float(matrix.cost @ values)), values, np.array([one.value for one in chosen])
    )
    return Answer(found.bound, found.cost, found.path, found.limits, found.season, chosen)


def people_of(sheet: Sheet, asked: Question) -> Columns:
    """People of the year: (Y2) to (Y5), and what AI costs."""
    teams = asked.teams
    pools, seasons = teams.pay.shape
    join = teams.can_join()

    def many(name: str, cost: Floats, upper: Floats, lower: Floats, whole: bool) -> Counts:
        return np.array(
            [
                [
                    sheet.column(
                        f"{name}_{p}_{s}", float(cost[p, s]), (float(lower[p, s]), float(upper[p, s])), whole
                    )
                    for s in range(seasons)
                ]
                for p in range(pools)
            ]
        )

    none = np.zeros((pools, seasons))
    everybody = np.full((pools, seasons), _everybody(teams))
    columns = Columns(
        people=many("W", teams.pay, np.minimum(teams.most, everybody), teams.least, True),
        joining=many("H", teams.hiring + teams.training, np.minimum(join, everybody), none, False),
        leaving=many("F", teams.severance, everybody, none, False),
        shifts=many("N", none, np.minimum(teams.most, everybody), none, True),
        bought=np.array(
            [sheet.column(f"u_{q}", float(fee), (0.0, 1.0), True) for q, fee in enumerate(asked.fee)],
            dtype=np.int64,
        ),
    )
    if asked.platforms:
        sheet.row("platform", [(int(u), 1.0) for u in columns.bought[-asked.platforms :]], 1.0, 1.0)
    for p in range(pools):
        for s in range(seasons):
            _balance(sheet, teams, columns, (p, s))
            learning = (int(columns.joining[p, s]), float(1.0 - teams.full[p, s]))
            there = (int(columns.people[p, s]), -1.0)
            sheet.row(f"shifts_{p}_{s}", [(int(columns.shifts[p, s]), 1.0), there, learning], upper=0.0)
            if asked.way == "fixed" and s > 0:
                first = (int(columns.people[p, 0]), -1.0)
                sheet.row(f"fixed_{p}_{s}", [(int(columns.people[p, s]), 1.0), first], 0.0, 0.0)
    return columns


def _everybody(teams: Teams) -> float:
    """More people than there can be at any time; bounds are finite, so that duals prove a bound."""
    most = np.where(np.isfinite(teams.most), teams.most, _MANY)
    there = 0.0 if teams.initial is None else float(teams.initial.max())
    return float(most.max()) + there


def _balance(sheet: Sheet, teams: Teams, columns: Columns, at: tuple[int, int]) -> None:
    """(Y2)"""
    p, s = at
    change = [(int(columns.joining[p, s]), -1.0), (int(columns.leaving[p, s]), 1.0)]
    terms = [(int(columns.people[p, s]), 1.0), *change]
    known = 0.0
    if s > 0 or teams.initial is None:
        terms.append((int(columns.people[p, s - 1]), -float(teams.stay[p, s - 1])))
    else:
        known = float(teams.initial[p])
    sheet.row(f"balance_{p}_{s}", terms, known, known)


def _step(sheet: Sheet, of: tuple[str, int, float], limits: Sequence[int], step: Made) -> None:
    """(Y7): either some limit is above that of the solve, or its bound holds."""
    name, season, floor = of
    above = []
    for d, limit in enumerate(limits):
        more = sheet.column(f"above_{name}_{d}", 0.0, (0.0, 1.0), True)
        sheet.row(f"above_{name}_{d}", [(int(limit), 1.0), (more, -float(step.limits[d] + 1.0))], lower=0.0)
        above.append(more)
    if step.impossible:
        sheet.row(f"step_{name}", [(more, 1.0) for more in above], lower=1.0)
    else:
        terms = [(season, 1.0), *((more, step.bound - floor) for more in above)]
        sheet.row(f"step_{name}", terms, lower=step.bound)


def _times(columns: Sequence[int], values: Floats) -> list[tuple[int, float]]:
    return [(int(column), float(value)) for column, value in zip(columns, values, strict=True)]


def _answer(
    asked: Question, columns: Columns, amounts: tuple[float, float], values: Floats, season: Floats
) -> Answer:
    path = Path(values[columns.people], values[columns.joining], values[columns.leaving])
    bought = np.tile(values[columns.bought], (asked.repeats.size, 1))
    limits = np.hstack([values[columns.shifts].T, bought])
    return Answer(*amounts, path, frozen(limits), frozen(season))


def _linear(matrix: Matrix, how: Solving) -> tuple[float, Floats]:
    with LinearSession(how.deadline, stopped=how.stopped) as session:
        session.load(matrix)
        solution = session.solve()
    try:
        return verified(relaxed(matrix), solution), solution.values
    except NoPointHolds as failure:
        raise NoPlanExists([_NOBODY]) from failure


def _whole(matrix: Matrix, how: Solving) -> tuple[float, Floats]:
    with Runs(how.deadline) as runs:
        runs.start(Task("year", "highs", matrix, _GAP))
        while True:
            event = runs.next(_TICK)
            if how.stopped():
                raise Interrupted("stopped before the year's program was solved")
            if event is not None and event.kind in {"done", "failed"}:
                break
            if event is None and not runs.running:
                raise OutOfTime("no time was left for the year's program")
    if event.status == "infeasible":
        raise NoPlanExists([_NOBODY])
    if event.status == "stopped" and time.monotonic() >= how.deadline:
        raise OutOfTime("no time was left for the year's program")
    if event.values is None or event.bound is None:
        raise SolverFailed(f"the year's program ended {event.status}: {event.message}")
    return event.bound, event.values


_NOBODY = (
    "no headcount from season to season keeps the rules of the pools: look at maximum_hires, lead_seasons, "
    "and least and largest headcounts"
)
