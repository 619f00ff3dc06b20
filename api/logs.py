"""Structured logs on standard error: one line per request and per solve, with their ids."""

from __future__ import annotations

import logging
import re
import sys
import time
import uuid
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMED = re.compile(r"[\w.-]{1,64}")
log = structlog.get_logger()


def configure_logs() -> None:
    """Everything that is logged, by us or by a library, as one JSON object a line on standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for quiet in ("uvicorn.access", "alembic"):
        logging.getLogger(quiet).setLevel(logging.WARNING)


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
