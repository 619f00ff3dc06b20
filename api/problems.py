"""Mistakes as problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import TypedDict

from starlette.responses import Response


class Fault(TypedDict):
    """One mistake: where in the body, and what to write instead."""

    pointer: str
    detail: str


def problem(status: int, detail: str, errors: Sequence[Fault] = ()) -> Response:
    """A response that says what is wrong, for a program and for a person."""
    content: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        content["errors"] = list(errors)
    # Escaped to ASCII: a body may hold half a character, which no encoding can send back.
    return Response(json.dumps(content), status, media_type="application/problem+json")
