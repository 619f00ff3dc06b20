"""Erlang C per interval, then set covering, with pyworkforce; JSON on standard input and output.

Asked: interval_minutes, within_seconds, service_level, queues {name: [[contacts, handle time], ...]},
groups [[queue, ...], ...], scale, limits, most, shifts {name: {cost, covers: [[period, share], ...]}},
search_seconds. A period is a position in the groups' intervals, group after group, then in the limits.

Answered: required {queue: [agents, ...]}, people {shift: people}, status, gap, seconds {required, cover}.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from pyworkforce.queuing import ErlangC
from pyworkforce.scheduling import MinRequiredResources


def required(asked: dict[str, Any]) -> dict[str, list[int]]:
    """Agents per queue and interval."""
    return {
        name: [_agents(asked, contacts, handle_time) for contacts, handle_time in intervals]
        for name, intervals in asked["queues"].items()
    }


def _agents(asked: dict[str, Any], contacts: float, handle_time: float) -> int:
    if contacts <= 0:
        return 0
    system = ErlangC(
        transactions=contacts,
        aht=handle_time / 60,
        asa=asked["within_seconds"] / 60,
        interval=asked["interval_minutes"],
    )
    return int(system.required_positions(service_level=asked["service_level"])["raw_positions"])


def cover(asked: dict[str, Any], agents: dict[str, list[int]]) -> dict[str, Any]:
    """The cheapest shifts that cover every group's agents in every interval, within the limits."""
    wanted: list[int] = []
    for group in asked["groups"]:
        wanted += [asked["scale"] * sum(at) for at in zip(*(agents[name] for name in group), strict=True)]
    wanted += [0] * asked["limits"]
    scheduler = MinRequiredResources(
        num_days=1,
        periods=len(wanted),
        shifts_coverage={name: _laid(shift, len(wanted)) for name, shift in asked["shifts"].items()},
        required_resources=[wanted],
        max_period_concurrency=asked["most"],
        max_shift_concurrency=10_000,
        cost_dict={name: shift["cost"] for name, shift in asked["shifts"].items()},
        max_search_time=asked["search_seconds"],
    )
    found: dict[str, Any] = scheduler.solve()
    cost = found["cost"]
    gap = (cost - scheduler.solver.BestObjectiveBound()) / cost if cost > 0 else None
    return {**found, "gap": gap}


def _laid(shift: dict[str, Any], periods: int) -> list[int]:
    laid = [0] * periods
    for period, share in shift["covers"]:
        laid[period] = share
    return laid


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    begun = time.perf_counter()
    agents = required(asked)
    sized = time.perf_counter()
    found = cover(asked, agents)
    covered = time.perf_counter()
    people = {row["shift"]: row["resources"] for row in found["resources_shifts"] if row["resources"] > 0}
    json.dump(
        {
            "required": agents,
            "people": people,
            "status": found["status"],
            "gap": found["gap"],
            "seconds": {"required": sized - begun, "cover": covered - sized},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
