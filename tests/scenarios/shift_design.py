"""The shift design instances of TU Wien as scenarios: people needed per hour of a cyclic week."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pandas as pd

MONDAY = datetime(2026, 1, 5)  # noqa: DTZ001 - a local time, as in a forecast file
Objective = Literal["paid", "heads"]


def instance(path: Path) -> dict[str, Any]:
    """One instance as published."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def document(given: dict[str, Any], objective: Objective) -> dict[str, Any]:
    """The scenario whose cost is the objective: paid minutes, or people-shifts.

    Pay is by the hour. At 60 an hour a shift costs its minutes; in a pool whose shifts all last l hours,
    at 1/l an hour, every shift costs 1.
    """
    lengths = sorted({length for rule in given["shift_types"] for length in _lengths(rule)})
    if objective == "paid":
        pools = {"people": _pool(given, lengths, 60.0)}
    else:
        pools = {f"{length} hours": _pool(given, [length], 1 / length) for length in lengths}
    return {
        "name": given["name"],
        "currency": "EUR",
        "calendar": {
            "start": MONDAY.date().isoformat(),
            "days": given["days"],
            "interval_minutes": given["interval_minutes"],
            "cyclic": given["cyclic"],
        },
        "queues": {"work": {}},
        "pools": pools,
    }


def requirement(given: dict[str, Any]) -> pd.DataFrame:
    """People needed, a row per interval."""
    step = timedelta(minutes=given["interval_minutes"])
    starts = [(MONDAY + index * step).isoformat() for index in range(len(given["demand"]))]
    return pd.DataFrame({"start": starts, "queue": "work", "agents": given["demand"]})


def _lengths(rule: dict[str, int]) -> range:
    return range(rule["min_length_slots"], rule["max_length_slots"] + 1)


def _pool(given: dict[str, Any], lengths: list[int], wage: float) -> dict[str, Any]:
    rules = [
        {
            "starts": {
                "from": _hour(rule["min_start_slot"]),
                "to": _hour(rule["max_start_slot"]),
                "every_minutes": 60,
            },
            "lengths_hours": [length for length in lengths if length in _lengths(rule)],
        }
        for rule in given["shift_types"]
    ]
    return {"kind": "in_house", "queues": ["work"], "pay": {"by": "hour", "wage": wage}, "shifts": rules}


def _hour(slot: int) -> str:
    return f"{slot:02d}:00"
