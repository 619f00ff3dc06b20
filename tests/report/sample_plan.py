"""A plan written by hand: two queues, three pools, one week in Shanghai."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.plan import (
    AgentsRow,
    AiShare,
    CostLine,
    ForecastTable,
    Headcount,
    Inputs,
    Pause,
    Plan,
    PoolAgents,
    Seat,
    ServiceRow,
    Versions,
)

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 6, 15, tzinfo=ZONE)

SCENARIO: dict[str, Any] = {
    "name": "June week",
    "currency": "CNY",
    "calendar": {
        "start": "2026-06-15",
        "days": 7,
        "interval_minutes": 30,
        "time_zone": "Asia/Shanghai",
        "cyclic": False,
    },
    "forecast": {"file": "june.csv"},
    "queues": {
        "presales": {"patience_seconds": 180, "open": {"mon-sun": "08:00-20:00"}},
        "aftersales": {"patience_seconds": None, "open": {"mon-sun": "08:00-20:00"}},
    },
    "pools": {
        "own": {
            "kind": "in_house",
            "queues": ["presales", "aftersales"],
            "pay": {"by": "month", "wage": 7000, "benefits": 0.3},
            "shifts": {"starts": ["08:00", "11:00"], "lengths_hours": 9},
        },
        "remote": {
            "kind": "remote",
            "queues": ["presales"],
            "pay": {"by": "hour", "wage": 30},
            "shifts": {"starts": ["09:00"], "lengths_hours": 4},
        },
        "=vendor": {
            "kind": "outsourced",
            "queues": ["presales"],
            "pay": {"by": "month", "wage": 6000},
            "shifts": {"starts": ["08:00"], "lengths_hours": 8},
        },
    },
}


def at(day: int, hour: float) -> str:
    return (MONDAY + timedelta(days=day, hours=hour)).isoformat()


def seat(pool: str, day: int, hours: tuple[float, float], people: int, rest: float | None = None) -> Seat:
    start, end = (f"{int(hour) % 24:02}:{int(hour % 1 * 60):02}" for hour in hours)
    breaks = () if rest is None else (Pause(start=at(day, rest), end=at(day, rest + 1), paid=False),)
    pause = "" if rest is None else f"/{int(rest):02}:00-{int(rest) + 1:02}:00"
    name = f"{start}-{end}{pause}"
    return Seat(
        pool=pool, pattern=name, start=at(day, hours[0]), end=at(day, hours[1]), breaks=breaks, people=people
    )


def seats() -> tuple[Seat, ...]:
    every_day = [
        each
        for day in range(7)
        for each in (
            seat("own", day, (8, 17), 6 + day % 3, 12),
            seat("own", day, (11, 20), 5, 15),
            seat("remote", day, (9, 13), 2 + day % 2),
        )
    ]
    return (*every_day, seat("own", 4, (22, 30), 1))


def agents() -> tuple[AgentsRow, ...]:
    return tuple(
        AgentsRow(
            start=at(day, 8 + half / 2),
            queue=queue,
            contacts=contacts + half,
            handle_time_seconds=300,
            patience_seconds=patience,
            load=(contacts + half) * 300 / 1800,
            needed=(contacts + half) * 300 / 1800 + 1,
            planned=(contacts + half) * 300 / 1800 + 1.5,
            pools=(PoolAgents(pool="own", agents=(contacts + half) * 300 / 1800 + 1.5),),
        )
        for queue, contacts, patience in (("presales", 20, 180.0), ("aftersales", 10, None))
        for day in range(7)
        for half in range(24)
    )


def service() -> tuple[ServiceRow, ...]:
    def row(
        queue: str, measure: str, period: str, target: float, planned: float | None, **more: Any
    ) -> ServiceRow:
        given = {"queue": queue, "measure": measure, "over": None, "period": period, "start": at(0, 0)}
        return ServiceRow.model_validate({**given, "target": target, "planned": planned, "met": True} | more)

    return (
        row("presales", "answer_rate", "week", 0.95, 0.9561),
        row("presales", "average_wait", "week", 30, 7.9, over="offered"),
        row("presales", "answer_rate", "interval", 0.8, 0.8212, floor=True, start=at(2, 9.5)),
        row("aftersales", "service_level", "day", 0.8, 0.7731, over="offered", within_seconds=20, met=False),
        row("aftersales", "average_wait", "week", 30, None, over="answered"),
        row("aftersales", "occupancy", "interval", 0.85, 0.8441),
    )


def forecast() -> ForecastTable:
    rows = agents()
    return ForecastTable(
        start=tuple(row.start for row in rows),
        queue=tuple(row.queue for row in rows),
        contacts=tuple(row.contacts for row in rows),
        handle_time_seconds=tuple(row.handle_time_seconds for row in rows),
        agents=None,
    )


COSTS = (
    CostLine(item="wages", pool="own", queue=None, amount=40000.0),
    CostLine(item="wages", pool="remote", queue=None, amount=8000.5),
    CostLine(item="benefits", pool="own", queue=None, amount=12000.0),
    CostLine(item="desks", pool="own", queue=None, amount=3000.0),
    CostLine(item="ai_fixed", pool=None, queue="aftersales", amount=900.0),
    CostLine(item="ai_sessions", pool=None, queue="aftersales", amount=99.5),
)


def sample_plan(**changes: Any) -> Plan:
    cost = sum(line.amount for line in COSTS)
    plan = Plan(
        scenario="June week",
        currency="CNY",
        versions=Versions(planner="0.1.0", python="3.11", pulp="3.3.2", highs="1.14.0", scip="10.0"),
        inputs=Inputs(
            scenario_sha256="a" * 64,
            forecast_sha256="b" * 64,
            ignored_rows=12,
            scenario=SCENARIO,
            forecast=forecast(),
        ),
        status="optimal",
        cost=cost,
        bound=cost * 0.997,
        gap=0.003,
        seconds=12.3,
        solver="scip",
        stopped="gap",
        seats=seats(),
        headcount=(
            Headcount(pool="own", people=19),
            Headcount(pool="remote", people=4),
            Headcount(pool="=vendor", people=0),
        ),
        automation=(
            AiShare(queue="presales", share=0.0, contained=0.0, level=0),
            AiShare(queue="aftersales", share=0.35, contained=0.28, level=7),
        ),
        service=service(),
        agents=agents(),
        costs=COSTS,
        notes=("Patience of presales is below 600 s: 95 % answered binds before 30 s average wait.",),
    )
    return plan.model_copy(update=changes)
