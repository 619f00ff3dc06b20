"""Plans made of a roster by hand, small enough to replay in a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from planner.plan import Plan, Seat
from planner.problem import Problem
from planner.queueing import Goal, Systems, agents_needed
from planner.staffing import evaluate_roster
from tests.program.small_problems import pool, problem, queue, scenario, shifts

MIDNIGHT = datetime(2026, 3, 2, tzinfo=ZoneInfo("UTC"))


def seat(people: int, start: float, end: float) -> Seat:
    """So many people of the pool `own` from one hour of the day to another."""
    begins, ends = (MIDNIGHT + timedelta(hours=hour) for hour in (start, end))
    name = f"{begins:%H:%M}-{ends:%H:%M}"
    return Seat(pool="own", pattern=name, start=begins.isoformat(), end=ends.isoformat(), people=people)


@cache
def staffed(people: int) -> Plan:
    """100 calls of three minutes an hour from 08:00 to 12:00: 5 erlangs, 95 % to be answered."""
    rules = queue("08:00-12:00", service={"answer_rate": 0.95, "average_wait_seconds": 30.0, "floor": 0.8})
    of = problem(scenario({"calls": rules}, {"own": pool(shifts("08:00", 4.0))}), {"calls": [100.0] * 4})
    return evaluate_roster(of, (seat(people, 8.0, 12.0),), {})


def by_erlang_c(contacts: Sequence[float], handle_time: float) -> Plan:
    """80/20 in every half hour from 08:00 by Erlang C, with exactly as many people as that asks for."""
    service = {"service_level": {"target": 0.8, "within_seconds": 20.0, "period": "interval"}}
    close = 8 + len(contacts) // 2
    rules = queue(f"08:00-{close:02}:00", patience_seconds=None, service=service)
    calendar = {"interval_minutes": 30}
    own = pool(shifts("08:00", 4.0))
    of = problem(scenario({"calls": rules}, {"own": own}, calendar), {"calls": list(contacts)}, handle_time)
    return evaluate_roster(of, shifts_for(required(of)), {})


def required(of: Problem) -> list[int]:
    """Whole agents for 80/20 in every half hour, by Erlang C."""
    arriving, talking = of.forecast.contacts[:, 0], of.forecast.handle_time[:, 0]
    systems = Systems(arriving / 1800.0, talking, np.full(arriving.size, np.inf))
    goal = Goal("service_level", 0.8, "offered", 20.0)
    return [int(need) for need in agents_needed(systems, [goal], whole=True)]


def shifts_for(needed: Sequence[int]) -> tuple[Seat, ...]:
    """Shifts that together are exactly these people in every half hour: who came first goes first."""
    found: list[Seat] = []
    there: list[float] = []
    for half, people in enumerate([*needed, 0]):
        hour = half / 2.0
        while len(there) > people:
            found.append(seat(1, there.pop(0), hour))
        there += [hour] * (people - len(there))
    return tuple(found)
