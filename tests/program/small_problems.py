"""Problems small enough to be looked through whole, built in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from planner.arrays import frozen
from planner.forecast.forecast import Forecast
from planner.forecast.opening import opening
from planner.problem import Problem
from planner.program.build import Program, build
from planner.program.instance import instance
from planner.program.pool_sets import MOST_SETS
from planner.scenario.checks import calendar_of
from planner.scenario.scenario import Scenario

Part = dict[str, Any]
MONDAY = "2026-03-02"


def queue(hours: str = "08:00-12:00", **rules: Any) -> Part:
    """A queue that is open at the same hours every day; patience two minutes unless said otherwise."""
    return {"patience_seconds": 120.0, "open": {"mon-sun": hours}, **rules}


def pool(*shifts: Part, queues: str | Sequence[str] = "calls", wage: float = 20.0, **rules: Any) -> Part:
    """A pool paid by the hour unless said otherwise."""
    pay = {"by": "hour", "wage": wage}
    return {"kind": "in_house", "queues": queues, "pay": pay, "shifts": shifts, **rules}


def shifts(starts: str | Sequence[str], lengths: float | Sequence[float], **rules: Any) -> Part:
    """One rule for shifts."""
    return {"starts": starts, "lengths_hours": lengths, **rules}


def scenario(
    queues: Mapping[str, Part], pools: Mapping[str, Part], calendar: Part | None = None, **rules: Any
) -> Scenario:
    """A scenario of one Monday in hours, to be solved to the end, unless said otherwise."""
    days = {"start": MONDAY, "days": 1, "interval_minutes": 60, **(calendar or {})}
    solver = {"gap": 1e-6, "time_limit_seconds": 60.0}
    document = {"name": "small", "currency": "CNY", "calendar": days, "solver": solver}
    return Scenario.model_validate({**document, "queues": queues, "pools": pools, **rules})


def problem(
    of: Scenario,
    contacts: Mapping[str, Sequence[float]],
    handle_time: float = 180.0,
    agents: Mapping[str, Sequence[float]] | None = None,
) -> Problem:
    """A problem whose queues get these contacts (or need these agents) in their open intervals, in turn."""
    calendar = calendar_of(of.calendar)
    opened = np.column_stack([opening(calendar, rules) for rules in of.queues.values()])
    arriving, needed = np.zeros(opened.shape), np.zeros(opened.shape)
    for column, name in enumerate(of.queues):
        places = np.flatnonzero(opened[:, column])
        given = contacts if agents is None else agents
        (arriving if agents is None else needed)[places, column] = np.resize(given[name], places.size)
    forecast = Forecast(
        tuple(of.queues),
        frozen(arriving),
        frozen(np.where(arriving > 0, handle_time, 0.0)),
        None if agents is None else frozen(needed),
        opened,
    )
    return Problem(of, calendar, forecast, "", "")


def program(of: Problem, most_sets: int = MOST_SETS) -> Program:
    """The program of a problem, as written."""
    return build(instance(of), most_sets)
