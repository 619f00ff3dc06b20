"""A plan on file that somebody may have changed: what a replay needs of it, checked before it starts."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime

from planner.errors import InvalidInput, Mistake
from planner.inputs import problem_of
from planner.plan import Plan, Seat


def check_readable(plan: Plan) -> Plan:
    """The same plan, if its seats and promises name pools, queues and times that exist.

    Raises
    ------
    InvalidInput
        With every mistake.
    """
    scenario = problem_of(plan).scenario
    found = [
        wrong
        for place, seat in enumerate(plan.seats)
        for wrong in _seat(f"seats.{place}", seat, scenario.pools)
    ]
    found += [
        Mistake("plan", f"service.{place}.queue", f"is none of the scenario (got {row.queue!r})")
        for place, row in enumerate(plan.service)
        if row.queue not in scenario.queues
    ]
    if found:
        raise InvalidInput(found)
    return plan


def _seat(place: str, seat: Seat, pools: Container[str]) -> Iterator[Mistake]:
    if seat.pool not in pools:
        yield Mistake("plan", f"{place}.pool", f"is none of the scenario (got {seat.pool!r})")
    stretches = [(seat.start, seat.end), *((pause.start, pause.end) for pause in seat.breaks)]
    for start, end in stretches:
        begins, ends = _instant(start), _instant(end)
        if begins is None or ends is None:
            problem = (
                f"needs times with an offset, such as 2026-03-02T08:00:00+08:00 (got {start!r}, {end!r})"
            )
            yield Mistake("plan", place, problem)
        elif begins >= ends:
            yield Mistake("plan", place, f"ends before it starts (got {start!r}, {end!r})")


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
