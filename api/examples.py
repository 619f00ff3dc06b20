"""Requests that work as they stand; the OpenAPI shows them and tests send them."""

from __future__ import annotations

from typing import Any

PLAN: dict[str, Any] = {
    "scenario": {
        "name": "A morning",
        "currency": "CNY",
        "calendar": {
            "start": "2026-04-13",
            "days": 1,
            "interval_minutes": 60,
            "time_zone": "Asia/Shanghai",
        },
        "queues": {
            "calls": {
                "open": {"mon": "09:00-12:00"},
                "patience_seconds": 120,
                "service": {"answer_rate": 0.95},
            }
        },
        "pools": {
            "team": {
                "kind": "in_house",
                "queues": ["calls"],
                "pay": {"by": "hour", "wage": 60},
                "shifts": {"starts": ["09:00"], "lengths_hours": [2, 3]},
            }
        },
    },
    "forecast": {
        "start": ["2026-04-13T09:00", "2026-04-13T10:00", "2026-04-13T11:00"],
        "queue": ["calls", "calls", "calls"],
        "contacts": [40, 60, 30],
        "handle_time_seconds": [240, 240, 240],
    },
}

ERLANG: dict[str, Any] = {
    "model": "a",
    "contacts": 120,
    "per": "30min",
    "handle_time_seconds": 240,
    "patience_seconds": 120,
    "agents": 18,
}

COMPARISON: dict[str, Any] = {
    "plans": ["4f7c2b1e-9a5d-4c0f-8e6b-3a2d1c0f9e8d", "0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9"],
}
"""The one that does not work as it stands: the ids are of plans that the caller has."""
