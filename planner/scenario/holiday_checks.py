"""What the fields about holidays owe each other."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.clock import HOLIDAYS, holiday_spans
from planner.scenario.pools import Pool
from planner.scenario.scenario import CalendarRules, Queue

_REMEDY = "write calendar.country, such as US, or the dates in calendar.holidays"


def opening_mistakes(place: str, queue: Queue, rules: CalendarRules | None) -> Iterator[tuple[str, str]]:
    """Place and problem of every rule that a queue's hours on holidays break."""
    spans = holiday_spans(queue.open)
    if rules is None or spans is None:
        return
    if rules.holidays is None:
        yield f"{place}.{HOLIDAYS}", f"says nothing, since the calendar knows no holidays; {_REMEDY}"
    off = sorted({minute for span in spans for minute in span if minute % rules.interval_minutes})
    for minute in off:
        time = f"{minute // 60 % 24:02d}:{minute % 60:02d}"
        yield (
            f"{place}.{HOLIDAYS}",
            f"must fall on the grid of {rules.interval_minutes} minutes (got {time})",
        )


def premium_mistakes(place: str, pool: Pool, rules: CalendarRules | None) -> Iterator[tuple[str, str]]:
    """Place and problem of every premium for holidays that nobody knows."""
    if rules is None or rules.holidays is not None:
        return
    for number, premium in enumerate(pool.premiums, start=1):
        if premium.holidays:
            yield (
                f"{place}.premiums.#{number}.holidays",
                f"says nothing, since the calendar knows no holidays; {_REMEDY}",
            )
