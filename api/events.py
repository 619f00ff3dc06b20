"""A plan's progress as server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from api.access import Caller
from api.answers import state_of
from api.plans import PlanId
from api.problems import Refused
from api.service import Here, Service
from api.store.record import Record
from api.store.submissions import ahead, find

router = APIRouter(tags=["plans"])
_LOOK_SECONDS = 0.5
_QUIET_SECONDS = 15.0
"""After so long without news a comment is sent, so that nothing between closes the connection."""


@router.get("/plans/{plan}/events", response_class=StreamingResponse)
async def watch_plan(
    request: Request,
    plan: PlanId,
    here: Here,
    caller: Caller,
    last: Annotated[str | None, Header(alias="Last-Event-ID", description="the last that was heard")] = None,
) -> StreamingResponse:
    """Every change of a plan as it comes: events `progress`, and `ended` as the last.

    The data of each is the plan's state, without the plan.
    """
    found = await run_in_threadpool(find, here.database, caller, plan)
    if found is None:
        raise Refused(404, "There is no such plan.")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _events(request, here, found, last), headers=headers, media_type="text/event-stream"
    )


async def _events(request: Request, here: Service, found: Record, last: str | None) -> AsyncIterator[str]:
    """Every revision that is newer than the last one heard, until the plan has ended or the server stops."""
    heard, quiet = last, time.monotonic()
    while True:
        before = await run_in_threadpool(ahead, here.database, found) if found.state == "queued" else None
        tag = f"{found.revision}" if before is None else f"{found.revision}.{before}"
        if tag != heard or not found.open:
            heard, quiet = tag, time.monotonic()
            name = "progress" if found.open else "ended"
            yield f"id: {tag}\nevent: {name}\ndata: {state_of(found, before).model_dump_json()}\n\n"
        elif time.monotonic() > quiet + _QUIET_SECONDS:
            quiet = time.monotonic()
            yield ": still here\n\n"
        if not found.open or not here.supervisor.alive or await request.is_disconnected():
            return
        await asyncio.sleep(_LOOK_SECONDS)
        newer = await run_in_threadpool(find, here.database, found.owner, found.id)
        if newer is None:
            return
        found = newer
