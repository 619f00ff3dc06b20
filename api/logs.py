"""Every request in the log and in the meters."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.lines import log

_NAMED = re.compile(r"[\w.-]{1,64}")


class RequestLog:
    """Middleware: every request has an id, a line in the log, and a place in the meters."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell how it ended."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 500
        identity = _identity(scope)
        scope.setdefault("state", {})["request"] = identity

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = identity
            await send(message)

        try:
            await self.app(scope, receive, marked)
        finally:
            _tell(scope, identity, status, time.monotonic() - began)


def _identity(scope: Scope) -> str:
    """The caller's own name for the request, if it is a plain one, else one of ours."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if _NAMED.fullmatch(given) else uuid.uuid4().hex


def _tell(scope: Scope, identity: str, status: int, seconds: float) -> None:
    state: dict[str, Any] = scope["state"]
    route = getattr(scope.get("route"), "path", None)
    plan = scope.get("path_params", {}).get("plan") or state.get("plan")
    scope["app"].state.service.meters.answered(scope["method"], route or "none", status, seconds)
    log.info(
        "request",
        request=identity,
        method=scope["method"],
        path=scope["path"],
        status=status,
        seconds=round(seconds, 4),
        caller=state.get("caller"),
        plan=plan,
    )
