"""What a plan reaches with a probability, where days may be busier than forecast.

On one day all contacts of a queue grow together, and what it promises gets worse as they do. So what a day
or an interval reaches with probability p is what it reaches at the p-quantile of busyness. A week adds up
days that differ, each with a factor of its own: there it is counted over a fixed sample of weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

import numpy as np

from planner.arrays import Flags, Floats, frozen
from planner.calendar import Calendar
from planner.plan import AT_MOST, Measure, ServiceRow
from planner.problem import days_differ
from planner.queueing import AS_FORECAST, Busyness, Measures, measures, quantiles, surely
from planner.staffing.service import Over, Planned, kept, of_measure, over_period, weights

_WEEKS, _DAYS = 15, 7
"""2 to this power weeks are looked at; a week has at most seven days."""
_GRID = 65
"""Values of busyness at which a day is counted; between them it is interpolated."""


class Counted(Protocol):
    """What is measured over a week: a row of the plan's service, or anything like it."""

    @property
    def measure(self) -> Measure:
        """Answer rate, average wait or another."""

    @property
    def over(self) -> Over:
        """Contacts it is taken over."""

    @property
    def within_seconds(self) -> float | None:
        """Seconds of a service level."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan's queue, and the probability with which its promises are to hold."""

    planned: Planned
    calendar: Calendar
    confidence: float

    @property
    def busy(self) -> Flags:
        """(T,) intervals with contacts."""
        return self.planned.contacts > 0


def assured(rows: Sequence[ServiceRow], asked: Wanted) -> list[ServiceRow]:
    """The promises of a queue with what is surely reached, and met judged on that."""
    return [_assured(row, asked) for row in rows]


def _assured(row: ServiceRow, asked: Wanted) -> ServiceRow:
    value = sure_value(row, asked)
    found = value if np.isfinite(value) else None
    return row.model_copy(update={"sure": found, "met": kept(row.measure, row.target, value)})


def sure_value(row: ServiceRow, asked: Wanted) -> float:
    """The value of a promise that is reached with the confidence; over several weeks, of the worst one."""
    calendar, every = asked.calendar, asked.busy
    if row.period == "week" and days_differ(calendar, every):
        return _worst(row, [week_value(row, asked, calendar.week == week) for week in _weeks(asked)])
    found = _on_sure_days(row, asked)
    if row.period == "interval":
        return _worst(row, of_measure(row.measure, row.over, found)[every])
    spans = [calendar.week == week for week in _weeks(asked)]
    if row.period == "day":
        starts = [calendar.text(int(epoch)) for epoch in calendar.epoch]
        spans = [calendar.day == calendar.day[starts.index(str(row.start))]]
    busier = replace(asked.planned, busyness=AS_FORECAST)
    return _worst(row, [over_period(busier, row.measure, row.over, found, span & every) for span in spans])


def _weeks(asked: Wanted) -> Sequence[int]:
    return [int(week) for week in np.unique(asked.calendar.week[asked.busy])]


def _worst(row: ServiceRow, values: Sequence[float] | Floats) -> float:
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    if not known.size:
        return float("nan")
    return float(known.max() if row.measure in AT_MOST else known.min())


def _on_sure_days(row: ServiceRow, asked: Wanted) -> Measures:
    planned = asked.planned
    days = surely(planned.busyness, asked.confidence)
    return measures(planned.systems(asked.calendar.interval), planned.agents, row.within_seconds or 0.0, days)


def week_value(row: Counted, asked: Wanted, week: Flags) -> float:
    """What a week reaches with the confidence: a quantile over a sample of its days' busyness.

    Notes
    -----
    Equation (U2) of docs/explanation/model.md.
    """
    of, calendar = asked.planned, asked.calendar
    days = sample(of.busyness)
    above, below = np.zeros(len(days)), np.zeros(len(days))
    grid = np.exp(np.linspace(np.log(days.min()), np.log(days.max()), _GRID))
    for place, day in enumerate(np.unique(calendar.day[week & asked.busy])):
        part, whole = _day_counts(row, asked, grid, (calendar.day == day) & asked.busy)
        above += _between(grid, part, days[:, place])
        below += _between(grid, whole, days[:, place])
    values = np.sort(above / below)
    allowed = int(np.floor((1.0 - asked.confidence) * len(days)))
    return float(values[-1 - allowed] if row.measure in AT_MOST else values[allowed])


def _day_counts(row: Counted, asked: Wanted, grid: Floats, at: Flags) -> tuple[Floats, Floats]:
    """(G,) what the promise counts on a day, and out of what, at every busyness of a grid."""
    of, count = asked.planned, int(at.sum())
    busier = replace(
        of,
        contacts=np.outer(grid, of.contacts[at]).ravel(),
        handle_time=np.tile(of.handle_time[at], grid.size),
        agents=np.tile(of.agents[at], grid.size),
    )
    systems = busier.systems(asked.calendar.interval)
    found = measures(systems, busier.agents, row.within_seconds or 0.0)
    weight = weights(busier, row.measure, row.over, found)
    values = np.where(weight > 0, of_measure(row.measure, row.over, found), 0.0)
    parts = ((values * weight).reshape(grid.size, count), weight.reshape(grid.size, count))
    return parts[0].sum(axis=1), parts[1].sum(axis=1)


def _between(grid: Floats, values: Floats, at: Floats) -> Floats:
    from scipy.interpolate import CubicSpline

    if not np.isfinite(values).all():  # a queue that grows for ever has no wait to interpolate
        return np.interp(at, grid, values)
    return np.asarray(CubicSpline(np.log(grid), values)(np.log(at)))


@cache
def sample(busyness: Busyness) -> Floats:
    """(2^15, 7) busyness of the days of weeks: Sobol' points, each in the middle of its cell."""
    from scipy.stats import qmc

    points = qmc.Sobol(_DAYS, scramble=False).random_base2(_WEEKS)
    return frozen(quantiles(busyness, points + 0.5 ** (_WEEKS + 1)))
