"""A plan as its caller reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from api.documents import PlanState, SolveProgress
from api.store.record import Record
from api.store.submissions import Body


def state_of(found: Record, ahead: int | None) -> PlanState:
    """The state of a plan; `ahead` counts the plans queued before it."""
    return PlanState(
        id=found.id,
        name=found.name,
        state=found.state,
        certify=found.certify,
        created_at=_moment(found.created_at),
        started_at=None if found.started_at is None else _moment(found.started_at),
        ended_at=None if found.ended_at is None else _moment(found.ended_at),
        attempts=found.attempts,
        ahead=ahead,
        progress=_progress(found),
    )


def answer(state: PlanState, plan: Body | None, failure: Body | None) -> bytes:
    """The state with what came of it; documents are put in as they are kept: a plan may have megabytes."""
    said = state.model_dump_json().encode()
    parts = {b"plan": plan, b"failure": failure}
    rest = [b'"%s":%s' % (name, b"null" if part is None else part.content) for name, part in parts.items()]
    return b"%s,%s}" % (said.removesuffix(b"}"), b",".join(rest))


def _progress(found: Record) -> SolveProgress | None:
    if found.seconds is None or found.doing is None:
        return None
    return SolveProgress(
        seconds=found.seconds,
        doing=found.doing,
        cost=found.cost,
        bound=found.bound,
        gap=_gap(found.cost, found.bound),
    )


def _gap(cost: float | None, bound: float | None) -> float | None:
    if cost is None or bound is None:
        return None
    return max(0.0, cost - bound) / max(1.0, cost)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
