"""The service a plan delivers, recomputed from the exact formulas; never read from the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Flags, Floats
from planner.calendar import Calendar
from planner.plan import Measure, ServiceRow
from planner.queueing import Measures, Systems, measures
from planner.scenario.scenario import Queue
from planner.scenario.service import Period

Over: TypeAlias = Literal["offered", "answered", "virtual"] | None

_EVEN = 1e-6
_AT_MOST = frozenset({"average_wait", "occupancy", "waiting_probability"})


@dataclass(frozen=True, slots=True)
class Planned:
    """What reaches people on one queue under a plan, and the agents there.

    contacts, handle_time, agents : (T,) contacts, seconds, effective agents
    """

    name: str
    rules: Queue
    contacts: Floats
    handle_time: Floats
    agents: Floats

    @property
    def patience(self) -> float:
        """Seconds; infinite where nobody leaves."""
        return np.inf if self.rules.patience_seconds is None else self.rules.patience_seconds


@dataclass(frozen=True, slots=True)
class _Promised:
    """One promise in the plan's words."""

    measure: Measure
    over: Over
    within: float | None
    period: Period
    target: float
    floor: bool = False


def service_rows(planned: Planned, calendar: Calendar) -> Iterator[ServiceRow]:
    """Every promise of a queue with what is delivered; an interval's promise lists its worst interval."""
    for promised in _promised(planned.rules):
        found = measured(planned, promised.within, calendar)
        yield from _delivered(planned, promised, found, calendar)


def measured(planned: Planned, within: float | None, calendar: Calendar) -> Measures:
    """Every measure of the queue in each of T intervals; `within` is the seconds of a service level."""
    rate = planned.contacts / calendar.interval
    systems = Systems(rate, planned.handle_time, np.full(rate.size, planned.patience))
    return measures(systems, planned.agents, within or 0.0)


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
    planned: Planned, promised: _Promised, found: Measures, calendar: Calendar
) -> Iterator[ServiceRow]:
    has_contacts = planned.contacts > 0
    if promised.period == "interval":
        yield _worst_interval(planned, promised, found, calendar)
    elif promised.period == "day":
        for day in range(len(calendar.days)):
            today = (calendar.day == day) & has_contacts
            if today.any():
                start = calendar.text(int(calendar.epoch[np.argmax(calendar.day == day)]))
                yield _row(
                    planned,
                    promised,
                    start,
                    over_period(planned, promised.measure, promised.over, found, today),
                )
    else:
        yield _weeks(planned, promised, found, calendar.week)


def _weeks(planned: Planned, promised: _Promised, found: Measures, week: Counts) -> ServiceRow:
    """One row for all weeks together; met only if every week keeps the promise."""
    has_contacts = planned.contacts > 0
    every = [
        over_period(planned, promised.measure, promised.over, found, (week == number) & has_contacts)
        for number in np.unique(week[has_contacts])
    ]
    together = over_period(planned, promised.measure, promised.over, found, has_contacts)
    row = _row(planned, promised, None, together)
    return row.model_copy(update={"met": all(_met(promised, value) for value in every)})


def _worst_interval(planned: Planned, promised: _Promised, found: Measures, calendar: Calendar) -> ServiceRow:
    values = _of_measure(promised.measure, promised.over, found)
    at = np.flatnonzero((planned.contacts > 0) & ~np.isnan(values))
    if not at.size:
        return _row(planned, promised, None, float("nan"))
    worst = at[np.argmax(values[at]) if promised.measure in _AT_MOST else np.argmin(values[at])]
    return _row(planned, promised, calendar.text(int(calendar.epoch[worst])), float(values[worst]))


def _row(planned: Planned, promised: _Promised, start: str | None, value: float) -> ServiceRow:
    return ServiceRow(
        queue=planned.name,
        measure=promised.measure,
        over=promised.over,
        within_seconds=promised.within,
        period=promised.period,
        start=start,
        target=promised.target,
        planned=value if np.isfinite(value) else None,
        met=_met(promised, value),
        floor=promised.floor,
    )


def _met(promised: _Promised, value: float) -> bool:
    """Whether a promise is kept; one over no contacts at all is."""
    if np.isnan(value):
        return True
    if promised.measure in _AT_MOST:
        return value <= promised.target + _EVEN
    return value >= promised.target - _EVEN


def _of_measure(measure: Measure, over: Over, found: Measures) -> Floats:
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
    values = _of_measure(measure, over, found)[at]
    if measure == "occupancy":
        weight = planned.agents[at]
    elif over == "answered":
        weight = planned.contacts[at] * found.answer_rate[at]
    else:
        weight = planned.contacts[at]
    used = weight > 0
    if not used.any():
        return float("nan")
    return float((values[used] * weight[used]).sum() / weight[used].sum())
