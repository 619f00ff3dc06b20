"""What is wrong, as problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

PROBLEM = "application/problem+json"


class Fault(BaseModel):
    """One mistake: where, and what to write instead."""

    model_config = ConfigDict(frozen=True)

    pointer: str = Field(description="JSON pointer (RFC 6901) into the body; empty: the whole of it")
    detail: str
    parameter: str | None = Field(default=None, description="where it is no part of the body")


class ProblemDetails(BaseModel):
    """Why a request was refused."""

    model_config = ConfigDict(frozen=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[Fault, ...] | None = Field(default=None, description="every mistake that was found")


class Refused(Exception):
    """A request that cannot be served, as the caller hears of it."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        super().__init__(detail)


def problem(
    status: int, detail: str, errors: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """A response that says what is wrong, for a program and for a person."""
    said = ProblemDetails(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=tuple(errors) or None
    )
    # Escaped to ASCII: a body may hold half a character, which no encoding can send back.
    content = json.dumps(said.model_dump(exclude_none=True))
    return Response(content, status, dict(headers or {}), PROBLEM)
