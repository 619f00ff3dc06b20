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
