"""From what a replay shows to what the program is asked for next.

(V12)  asked next = predicted x (limit - margin) / simulated
(V13)  asked next, in an interval = the lesser of that and predicted - (simulated - limit + margin)

All of them per contact: the share that is lost, late or made to wait, or seconds waited. Docs:
docs/explanation/certificate.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats
from planner.calendar import Calendar
from planner.certificate.certificate import CONFIDENCE
from planner.certificate.verdict import tolerance
from planner.plan import ServiceRow
from planner.program.asked import Asked, BudgetKey, Tightened
from planner.program.promises import budget_label, budget_limit, budget_target
from planner.queueing import Goal
from planner.scenario.scenario import Scenario
from planner.staffing.replayed import Replayed, span_of

MOST = 3.0
"""A limit becomes at most so many times smaller, or greater, in one round."""
_DOUBT = 1.5
_AIM = 1.25
"""Times the margin with which a promise is held, as the next plan and its replay will differ."""
_SPARE = 0.02
"""Part of a limit over days and weeks that is kept free for the same reason."""
_GIVEN_BACK = 0.9
"""Exponent of a factor by which an over-served promise is asked for less."""


@dataclass(frozen=True, slots=True)
class Aim:
    """How sure the certificate has to be, and what the loop may do.

    replications, certified : of the replay looked at, and those that the certificate will have
    share : of the error that all bounds of the certificate may make, for the look that decides
    groups : by queue, a number that queues have in common whose contacts compete for the same people
    credit : whether promises that are over-served are asked for less
    """

    replications: int
    certified: int
    share: float
    groups: Mapping[str, int]
    credit: bool


def competing(scenario: Scenario) -> dict[str, int]:
    """By queue, a number shared by queues of one priority that pools connect.

    Whoever serves two queues of one priority takes the contact that waits longest. So they are served alike,
    and one cannot be asked for less without the other.
    """
    group = {name: number for number, name in enumerate(scenario.queues)}
    for pool in scenario.pools.values():
        for one in pool.queues:
            for other in pool.queues:
                if scenario.queues[one].priority == scenario.queues[other].priority:
                    joined, left = sorted((group[one], group[other]))
                    group = {name: joined if of == left else of for name, of in group.items()}
    return group


def margins(rows: Sequence[Replayed], aim: Aim) -> list[Floats]:
    """(V11)  (G,) of every promise: how much better than the target a span must look.

    The one-sided half width that the certificate will have, and `_DOUBT` standard errors of this replay, as
    the certificate's days are others and the worst of many spans decides; less the certificate's tolerance.
    """
    from scipy.special import ndtri

    wide = -float(ndtri(aim.share * (1.0 - CONFIDENCE) / max(len(rows), 1)))
    margin = wide * np.sqrt(aim.replications / aim.certified) + _DOUBT
    return [np.asarray(np.maximum(margin * row.error - tolerance(row.row.measure), 0.0)) for row in rows]


def held(rows: Sequence[Replayed], aim: Aim) -> bool:
    """Whether every span of every promise looks good enough to be certified."""
    parts = zip(rows, margins(rows, aim), strict=True)
    return all(bool(np.all(row.reserve >= margin)) for row, margin in parts)


def repaired(rows: Sequence[Replayed], asked: Asked, aim: Aim, calendar: Calendar) -> Asked:
    """What to ask for next: more where the replay falls short, with credit less where it is over-served.

    Credit is given at once, and again only when nothing falls short: queues that share people would otherwise
    go up and down in turn.
    """
    budgets = dict(asked.budgets)
    intervals = {name: list(several) for name, several in asked.intervals.items()}
    wide = margins(rows, aim)
    factors = [_factors(*both) for both in zip(rows, wide, strict=True)]
    held_now = all(bool(np.all(factor >= 1.0)) for factor in factors)
    credit = _credit(rows, factors, aim) if aim.credit and (held_now or not asked.budgets) else {}
    for row, factor, margin in zip(rows, factors, wide, strict=True):
        if row.summed:
            budgets.update(_budgets(row, factor, credit.get(aim.groups[row.row.queue], 1.0), calendar))
        elif bool(np.any(factor < 1.0)):
            intervals.setdefault(row.row.queue, []).append(_tightened(row, factor, margin, calendar))
    return Asked(budgets, {name: tuple(several) for name, several in intervals.items()})


def _factors(row: Replayed, margin: Floats) -> Floats:
    """(G,) (limit - margin) / simulated, within `MOST`; 1 where the promise is just held."""
    limit = row.counted(row.row.target)
    spare = _SPARE * limit if row.summed else 0.0
    allowed = np.maximum(limit - _AIM * margin - spare, 0.0)
    simulated = row.counted(row.simulated)
    factor = np.divide(allowed, simulated, out=np.full(margin.shape, np.inf), where=simulated > 0)
    just = (factor < 1.0) & (row.reserve >= margin)
    return np.asarray(np.where(just, 1.0, np.clip(factor, 1.0 / MOST, MOST)))


def _credit(rows: Sequence[Replayed], factors: Sequence[Floats], aim: Aim) -> dict[int, float]:
    """(V14)  By group, the factor that all of its promises over days and weeks can bear."""
    found: dict[int, float] = {}
    for row, factor in zip(rows, factors, strict=True):
        if row.summed:
            group = aim.groups[row.row.queue]
            found[group] = min(found.get(group, MOST), float(factor.min()))
    return {group: max(factor, 1.0) ** _GIVEN_BACK for group, factor in found.items()}


def _budgets(
    row: Replayed, factors: Floats, credit: float, calendar: Calendar
) -> Iterator[tuple[BudgetKey, float]]:
    """Limits of the days or weeks that fall short, or may be asked for less."""
    for first, predicted, factor in zip(row.first, row.predicted, factors, strict=True):
        change = float(factor) if factor < 1.0 else credit
        if change != 1.0 and np.isfinite(predicted):
            counted = float(row.counted(predicted)) * change
            target = counted if row.at_most else 1.0 - counted
            yield _key(row, int(first), calendar), budget_limit(row.row.measure, target, row.rules)


def asked_target(row: Replayed, first: int, asked: Asked, calendar: Calendar) -> float:
    """What the program is asked for in the span that begins with an interval, in the promise's measure."""
    promise = row.row
    if row.summed:
        limit = asked.budgets.get(_key(row, first, calendar))
        return promise.target if limit is None else budget_target(promise.measure, limit, row.rules)
    goal = _goal(promise)
    limits = [
        one.limits[first]
        for one in asked.intervals.get(promise.queue, ())
        if one.goal == goal and first in one.limits
    ]
    return (min if row.at_most else max)([promise.target, *limits])


def _key(row: Replayed, first: int, calendar: Calendar) -> BudgetKey:
    """The budget of the span that begins with an interval."""
    promise = row.row
    of = calendar.day if promise.period == "day" else calendar.week
    label = budget_label(promise.measure, promise.within_seconds)
    return promise.queue, f"{label}_{promise.period}_{int(of[first])}"


def _goal(promise: ServiceRow) -> Goal:
    return Goal(promise.measure, promise.target, promise.over, promise.within_seconds)


def _tightened(row: Replayed, factors: Floats, margin: Floats, calendar: Calendar) -> Tightened:
    """Goals of intervals, asked for more.

    Where one falls short all others are asked to keep the margin too: the next plan will have other intervals
    at the limit, and would fall short in those.
    """
    limit = float(row.counted(row.row.target))
    limits = {}
    for place in np.flatnonzero(np.isfinite(row.predicted)):
        counted = max(limit - float(margin[place]), limit / MOST)
        if factors[place] < 1.0:
            predicted, simulated = (float(row.counted(one[place])) for one in (row.predicted, row.simulated))
            shifted = predicted - simulated * (1.0 - factors[place])
            counted = float(max(min(predicted * factors[place], shifted), predicted / MOST))
        span = span_of(row.row, int(row.first[place]), calendar)
        limits.update({int(t): counted if row.at_most else 1.0 - counted for t in np.flatnonzero(span)})
    return Tightened(_goal(row.row), limits)
