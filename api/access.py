"""Who calls, and whether they may."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.problems import Refused
from api.service import Here
from api.store.keys import key_of

LOCAL = "local"
"""The one caller of a server without keys."""


async def _caller(request: Request, here: Here) -> str:
    """The key's id; everybody is the same caller where there are no keys."""
    caller = LOCAL
    if here.settings.keys:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer":
            found = await run_in_threadpool(key_of, here.database, given.strip())
        if found is None:
            raise Refused(
                401,
                "a key is needed: send `Authorization: Bearer KEY`; `planner keys create NAME` makes one",
                headers={"WWW-Authenticate": 'Bearer realm="planner"'},
            )
        caller = found
    request.state.caller = caller
    seconds = here.rates.wait(caller)
    if seconds:
        limit = here.settings.limits.requests_per_minute
        detail = f"more than {limit:,} requests in a minute; ask again in {seconds} s"
        raise Refused(429, detail, headers={"Retry-After": str(seconds)})
    return caller


Caller = Annotated[str, Depends(_caller)]
"""The id of who calls, as a parameter of an endpoint."""
