"""A small scenario and forecast that are right, for tests to spoil."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.errors import InvalidInput
from planner.problem import Problem, problem_from

SCENARIO: dict[str, Any] = {
    "name": "small",
    "currency": "CNY",
    "calendar": {"start": "2026-03-02", "days": 1, "interval_minutes": 30, "time_zone": "Asia/Shanghai"},
    "queues": {"presales": {"patience_seconds": 90, "open": {"mon": "08:00-10:00"}}},
    "pools": {
        "own": {
            "kind": "in_house",
            "queues": ["presales"],
            "pay": {"by": "hour", "wage": 30},
            "shifts": {"starts": "08:00", "lengths_hours": 2},
        }
    },
}

FORECAST: list[dict[str, Any]] = [
    {"start": f"2026-03-02T{time}", "queue": "presales", "contacts": contacts, "handle_time_seconds": 240}
    for time, contacts in (("08:00", 10), ("08:30", 20), ("09:00", 30), ("09:30", 0))
]


def changed(place: str, value: object) -> dict[str, Any]:
    """The scenario with one field changed; None takes it away."""
    document = deepcopy(SCENARIO)
    *above, last = place.split("/")
    part = document
    for name in above:
        part = part.setdefault(name, {})
    if value is None:
        del part[last]
    else:
        part[last] = value
    return document


def row(number: int, **cells: object) -> list[dict[str, Any]]:
    """The forecast with one row changed."""
    rows = deepcopy(FORECAST)
    rows[number - 1] |= cells
    return rows


def mistakes(document: Any, forecast: Any = FORECAST) -> list[str]:
    """Every line that is said about a scenario and a forecast."""
    try:
        problem_from(document, forecast)
    except InvalidInput as failure:
        return [str(mistake) for mistake in failure.mistakes]
    return []


def small(document: dict[str, Any] | None = None, forecast: Any = FORECAST) -> Problem:
    """The problem that the samples hold."""
    return problem_from(document or SCENARIO, forecast)
