"""Plans written by hand for allocation: what every pool does in every hour is known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import planner
from planner.inputs import inputs_of
from planner.plan import AgentsRow, AiShare, CostLine, Plan, PoolAgents
from planner.problem import Problem
from tests.program.small_problems import pool, queue, shifts
from tests.report.sample_plan import sample_plan

HANDLE_TIME = {"sales": 180.0, "service": 360.0}
CONTACTS = {"sales": (10.0, 30.0), "service": (20.0, 20.0)}
GIVEN: dict[str, tuple[dict[str, float], ...]] = {
    "sales": ({"own": 4.0}, {"own": 4.0}),
    "service": ({"own": 1.0, "vendor": 3.0}, {"own": 4.0}),
}
COSTS = (
    CostLine(item="wages", pool="own", queue=None, amount=16200.0),
    CostLine(item="wages", pool="vendor", queue=None, amount=1000.0),
    CostLine(item="ai_sessions", pool=None, queue="service", amount=50.0),
)


def two_hours(**rules: Any) -> Problem:
    """Two queues that nobody leaves, from 08:00 to 10:00: so all contacts are answered."""
    open_both = queue("08:00-10:00", patience_seconds=None)
    document = {
        "name": "two hours",
        "currency": "CNY",
        "calendar": {"start": "2026-03-02", "days": 1, "interval_minutes": 60},
        "queues": {name: open_both | rules.get(name, {}) for name in CONTACTS},
        "pools": {
            "own": pool(shifts("08:00", 2.0), queues=["sales", "service"]),
            "vendor": pool(shifts("08:00", 2.0), queues=["service"]),
        },
    }
    rows = [
        {
            "start": f"2026-03-02T{8 + hour:02}:00",
            "queue": name,
            "contacts": counts[hour],
            "handle_time_seconds": HANDLE_TIME[name],
        }
        for name, counts in CONTACTS.items()
        for hour in range(2)
    ]
    return planner.problem_from(document, rows)


def by_hand(
    costs: tuple[CostLine, ...] = COSTS,
    given: Mapping[str, tuple[dict[str, float], ...]] | None = None,
    of: Problem | None = None,
    **changes: Any,
) -> Plan:
    """A plan of two hours with these costs and these agents of pools on queues."""
    problem = of or two_hours()
    rows = tuple(
        AgentsRow(
            start=f"2026-03-02T{8 + hour:02}:00:00+00:00",
            queue=name,
            contacts=CONTACTS[name][hour],
            handle_time_seconds=HANDLE_TIME[name],
            patience_seconds=None,
            load=CONTACTS[name][hour] * HANDLE_TIME[name] / 3600,
            needed=1.0,
            planned=sum(agents.values()),
            pools=tuple(PoolAgents(pool=own, agents=many) for own, many in agents.items()),
        )
        for name, hours in (given or GIVEN).items()
        for hour, agents in enumerate(hours)
    )
    made = {
        "inputs": inputs_of(problem),
        "automation": tuple(AiShare(queue=name, share=0.0, contained=0.0, level=0) for name in CONTACTS),
        "service": (),
        "agents": rows,
        "costs": costs,
        "cost": sum(line.amount for line in costs),
    }
    return sample_plan(**(made | changes))
