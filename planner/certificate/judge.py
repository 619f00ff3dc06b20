"""From the facts of a replay to a verdict on every promise."""

from __future__ import annotations

import math
from typing import Any

from planner.calendar import Calendar
from planner.certificate.beforehand import Beforehand
from planner.certificate.bounds import Bounded, bounded
from planner.certificate.certificate import CONFIDENCE, CertifiedPromise
from planner.certificate.estimate import estimated
from planner.certificate.promised import Spans, spans
from planner.certificate.verdict import tolerance, verdict
from planner.plan import AT_MOST, ServiceRow
from planner.simulation import Facts

BY_POOL = "people's time is counted by pool, and people of this queue serve others too"
NO_CONTACTS = "no contact reached people in any replication"


def judged(
    service: tuple[ServiceRow, ...], facts: Facts, known: Beforehand, share: float = 1.0
) -> tuple[CertifiedPromise, ...]:
    """Every promise with its verdict.

    This look may spend that share of the error of 5 % that all lower bounds may make together, and all
    upper ones; the promises that can be judged share it evenly.
    """
    found = [_spans(row, facts, known) for row in service]
    judgeable = sum(isinstance(one, Spans) for one in found)
    error = share * (1.0 - CONFIDENCE) / max(judgeable, 1)

    def said(row: ServiceRow, over: Spans | str) -> CertifiedPromise:
        if isinstance(over, str):
            return _not_judged(row, over)
        found = bounded(over, error, row.measure in AT_MOST, _most(row, facts, known))
        return _row(row, facts.calendar, over, found)

    return tuple(map(said, service, found))


def _spans(row: ServiceRow, facts: Facts, known: Beforehand) -> Spans | str:
    """Where a promise has to hold, or why it cannot be judged."""
    if row.measure == "occupancy" and known.only_for(facts.queues.index(row.queue)) is None:
        return BY_POOL
    over = spans(row, facts, known)
    return over if over.first.size else NO_CONTACTS


def _most(row: ServiceRow, facts: Facts, known: Beforehand) -> float | None:
    """What a contact can wait on average, or a second on the queue be busy; None for a share of contacts."""
    if row.measure == "occupancy":
        return 1.0
    return float(known.longest_wait[facts.queues.index(row.queue)]) if row.measure == "average_wait" else None


def _row(row: ServiceRow, calendar: Calendar, over: Spans, found: Bounded) -> CertifiedPromise:
    at_most, allowed = row.measure in AT_MOST, tolerance(row.measure)
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
    predicted = row.planned if row.expected is None else row.expected
    if predicted is None:
        return None
    if row.period == "interval":
        return found.mean - predicted
    return float(estimated(over.together).mean[0]) - predicted


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
