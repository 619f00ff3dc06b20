"""The service a plan delivers, recomputed from the exact formulas; never read from the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.calendar import Calendar
from planner.plan import AT_MOST, Measure, ServiceRow
from planner.queueing import AS_FORECAST, Busyness, Measures, Systems, measures
from planner.scenario.scenario import Queue
from planner.scenario.service import Period

Over: TypeAlias = Literal["offered", "answered", "virtual"] | None

_EVEN = 1e-6


@dataclass(frozen=True, slots=True)
class Planned:
    """What reaches people on one queue under a plan, and the agents there.

    contacts, handle_time, agents : (T,) contacts as forecast, seconds, effective agents
    busyness : of its days
    """

    name: str
    rules: Queue
    contacts: Floats
    handle_time: Floats
    agents: Floats
    busyness: Busyness = AS_FORECAST

    @property
    def patience(self) -> float:
        """Seconds; infinite where nobody leaves."""
        return np.inf if self.rules.patience_seconds is None else self.rules.patience_seconds

    def systems(self, interval: int) -> Systems:
        """The queueing systems of the intervals, each of so many seconds."""
        patience = np.full(self.contacts.size, self.patience)
        return Systems(self.contacts / interval, self.handle_time, patience)


@dataclass(frozen=True, slots=True)
class _Promised:
    """One promise in the plan's words."""

    measure: Measure
    over: Over
    within: float | None
    period: Period
    target: float
    floor: bool = False


@dataclass(frozen=True, slots=True)
class _Measured:
    """Every interval's measures as forecast, and averaged over busyness where days differ.

    averaged : by the finer rule and by the one that the program uses, or nothing
    """

    as_forecast: Measures
    averaged: tuple[Measures, ...]


@dataclass(frozen=True, slots=True)
class _Value:
    """The same of one promise over one period."""

    as_forecast: float
    averaged: tuple[float, ...]

    def met(self, promised: _Promised) -> bool:
        """On average over busyness if days differ, and then by either rule: their error breaks no promise."""
        values = self.averaged or (self.as_forecast,)
        return any(kept(promised.measure, promised.target, value) for value in values)


def service_rows(planned: Planned, calendar: Calendar) -> Iterator[ServiceRow]:
    """Every promise of a queue with what is delivered; an interval's promise lists its worst interval."""
    for promised in _promised(planned.rules):
        yield from _delivered(planned, promised, _measured(planned, promised.within, calendar), calendar)


def expected(planned: Planned, within: float | None, calendar: Calendar) -> Measures:
    """Every measure in each of T intervals, averaged over busyness; `within`: seconds of a service level."""
    found = _measured(planned, within, calendar)
    return found.averaged[0] if found.averaged else found.as_forecast


def _measured(planned: Planned, within: float | None, calendar: Calendar) -> _Measured:
    systems, days = planned.systems(calendar.interval), planned.busyness
    seconds = within or 0.0
    as_forecast = measures(systems, planned.agents, seconds)
    if not days.variations:
        return _Measured(as_forecast, ())
    averaged = [measures(systems, planned.agents, seconds, days, finer) for finer in (True, False)]
    return _Measured(as_forecast, tuple(averaged))


def _promised(rules: Queue) -> Iterator[_Promised]:
    service = rules.promises
    for rate in service.answer_rate:
        yield _Promised("answer_rate", None, None, rate.period, rate.target)
    for wait in service.average_wait_seconds:
        yield _Promised("average_wait", wait.over, None, wait.period, wait.target)
    for level in service.service_level:
        yield _Promised("service_level", level.over, level.within_seconds, level.period, level.target)
    for cap in service.occupancy:
        yield _Promised("occupancy", None, None, cap.period, cap.target)
    for waiting in service.waiting_probability:
        yield _Promised("waiting_probability", None, None, waiting.period, waiting.target)
    if service.floor is not None and rules.patience_seconds is not None:
        yield _Promised("answer_rate", None, None, "interval", service.floor, floor=True)


def _delivered(
    planned: Planned, promised: _Promised, found: _Measured, calendar: Calendar
) -> Iterator[ServiceRow]:
    has_contacts = planned.contacts > 0
    if promised.period == "interval":
        yield _worst_interval(planned, promised, found, calendar)
    elif promised.period == "day":
        for day in range(len(calendar.days)):
            today = (calendar.day == day) & has_contacts
            if today.any():
                start = calendar.text(int(calendar.epoch[np.argmax(calendar.day == day)]))
                yield _row(planned, promised, start, _over(planned, promised, found, today))
    else:
        yield _weeks(planned, promised, found, calendar.week)


def _weeks(planned: Planned, promised: _Promised, found: _Measured, week: Counts) -> ServiceRow:
    """One row for all weeks together; met only if every week keeps the promise."""
    has_contacts = planned.contacts > 0
    every = [
        _over(planned, promised, found, (week == number) & has_contacts)
        for number in np.unique(week[has_contacts])
    ]
    row = _row(planned, promised, None, _over(planned, promised, found, has_contacts))
    return row.model_copy(update={"met": all(value.met(promised) for value in every)})


def _over(planned: Planned, promised: _Promised, found: _Measured, at: Flags) -> _Value:
    """The promise's value over a period, as forecast and on average."""
    measure, over = promised.measure, promised.over
    averaged = [over_period(planned, measure, over, one, at) for one in found.averaged]
    return _Value(over_period(planned, measure, over, found.as_forecast, at), tuple(averaged))


def _worst_interval(
    planned: Planned, promised: _Promised, found: _Measured, calendar: Calendar
) -> ServiceRow:
    """The interval that is worst as forecast; what is expected is of the one that is worst on average."""
    worst = _worst(planned, promised, found.as_forecast)
    averaged = [_worst(planned, promised, one) for one in found.averaged]
    value = _Value(worst[1], tuple(expected for _, expected in averaged))
    start = None if worst[0] is None else calendar.text(int(calendar.epoch[worst[0]]))
    return _row(planned, promised, start, value)


def _worst(planned: Planned, promised: _Promised, found: Measures) -> tuple[int | None, float]:
    values = of_measure(promised.measure, promised.over, found)
    at = np.flatnonzero((planned.contacts > 0) & ~np.isnan(values))
    if not at.size:
        return None, float("nan")
    worst = at[np.argmax(values[at]) if promised.measure in AT_MOST else np.argmin(values[at])]
    return int(worst), float(values[worst])


def _row(planned: Planned, promised: _Promised, start: str | None, value: _Value) -> ServiceRow:
    return ServiceRow(
        queue=planned.name,
        measure=promised.measure,
        over=promised.over,
        within_seconds=promised.within,
        period=promised.period,
        start=start,
        target=promised.target,
        planned=_finite(value.as_forecast),
        expected=_finite(value.averaged[0]) if value.averaged else None,
        met=value.met(promised),
        floor=promised.floor,
    )


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def kept(measure: Measure, target: float, value: float) -> bool:
    """Whether a promise is kept; one over no contacts at all is."""
    if np.isnan(value):
        return True
    return value <= target + _EVEN if measure in AT_MOST else value >= target - _EVEN


def of_measure(measure: Measure, over: Over, found: Measures) -> Floats:
    """(T,) the measure in every interval."""
    if measure == "service_level":
        by = {
            "offered": found.service_level_offered,
            "answered": found.service_level_answered,
            "virtual": found.service_level_virtual,
        }
        return by[over or "offered"]
    if measure == "average_wait":
        return found.average_wait_answered if over == "answered" else found.average_wait
    return {
        "answer_rate": found.answer_rate,
        "occupancy": found.occupancy,
        "waiting_probability": found.waiting_probability,
    }[measure]


def over_period(planned: Planned, measure: Measure, over: Over, found: Measures, at: Flags) -> float:
    """The measure over several intervals: counts added up first, the ratio taken of the sums.

    Parameters
    ----------
    at : (T,) which intervals, each with contacts

    Returns
    -------
    share or seconds; nan where there is nothing to measure
    """
    values = of_measure(measure, over, found)[at]
    weight = weights(planned, measure, over, found)[at]
    used = weight > 0
    if not used.any():
        return float("nan")
    return float((values[used] * weight[used]).sum() / weight[used].sum())


def weights(planned: Planned, measure: Measure, over: Over, found: Measures) -> Floats:
    """(T,) what an interval counts for where a measure is taken over several."""
    if measure == "occupancy":
        return planned.agents
    return planned.contacts * found.answer_rate if over == "answered" else planned.contacts
