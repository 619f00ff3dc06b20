"""From the facts of a replay to a verdict on every promise."""

from __future__ import annotations

import math
from typing import Any

from planner.calendar import Calendar
from planner.certificate.bounds import Bounded, bounded
from planner.certificate.certificate import CONFIDENCE, CertifiedPromise
from planner.certificate.promised import AT_MOST, Spans, spans
from planner.certificate.verdict import tolerance, verdict
from planner.plan import ServiceRow
from planner.simulation import Facts
from planner.simulation.statistics import ratio

BY_POOL = "people's time is counted by pool, and a pool may serve several queues"
NO_CONTACTS = "no contact reached people in any replication"


def judged(service: tuple[ServiceRow, ...], facts: Facts, looks: int = 1) -> tuple[CertifiedPromise, ...]:
    """Every promise with its verdict.

    The error of 5 % that all lower bounds may make together, and all upper ones, is shared evenly by the
    promises that can be judged, and by the looks.
    """
    found = [_spans(row, facts) for row in service]
    judgeable = sum(isinstance(one, Spans) for one in found)
    error = (1.0 - CONFIDENCE) / max(judgeable, 1) / looks
    return tuple(
        _row(row, facts.calendar, one, error) if isinstance(one, Spans) else _not_judged(row, one)
        for row, one in zip(service, found, strict=True)
    )


def _spans(row: ServiceRow, facts: Facts) -> Spans | str:
    """Where a promise has to hold, or why it cannot be judged."""
    if row.measure == "occupancy":
        return BY_POOL
    over = spans(row, facts)
    return over if over.first.size else NO_CONTACTS


def _row(row: ServiceRow, calendar: Calendar, over: Spans, error: float) -> CertifiedPromise:
    at_most, allowed = row.measure in AT_MOST, tolerance(row.measure)
    found = bounded(over, error, at_most, share=row.measure != "average_wait")
    several = over.first.size > 1 or row.period != "week"
    return CertifiedPromise(
        **_of_plan(row),
        simulated=found.mean,
        low=_finite(found.low),
        high=_finite(found.high),
        lower=_finite(found.lower),
        upper=_finite(found.upper),
        tolerance=allowed,
        verdict=verdict(found, row.target, allowed, at_most),
        spans=over.first.size,
        start=calendar.text(int(calendar.epoch[over.first[found.worst]])) if several else None,
        off=_off(row, over, found),
    )


def _off(row: ServiceRow, over: Spans, found: Bounded) -> float | None:
    """What the replay says more than the plan: of all weeks together, or of the worst interval of each."""
    if row.planned is None:
        return None
    if row.period == "interval":
        return found.mean - row.planned
    whole = over.together
    return float(ratio(whole.above, whole.below).mean[0]) - row.planned


def _not_judged(row: ServiceRow, reason: str) -> CertifiedPromise:
    return CertifiedPromise(
        **_of_plan(row),
        simulated=None,
        low=None,
        high=None,
        lower=None,
        upper=None,
        tolerance=tolerance(row.measure),
        verdict="not judged",
        spans=0,
        start=None,
        off=None,
        reason=reason,
    )


def _of_plan(row: ServiceRow) -> dict[str, Any]:
    """What a promise says, and what the plan says of it."""
    return row.model_dump(exclude={"start", "met", "expected", "sure"})


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
