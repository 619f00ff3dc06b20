"""Answers with a tag of their content, and no content for whoever has it already."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from starlette.responses import Response


def tagged(
    content: bytes,
    known: str | None,
    headers: Mapping[str, str] | None = None,
    media_type: str = "application/json",
) -> Response:
    """200 with an ETag, or 304 where `known`, the caller's If-None-Match, names that tag."""
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    told = {**(headers or {}), "ETag": tag, "Cache-Control": "private, no-cache"}
    if known is not None and tag in _tags(known):
        return Response(status_code=304, headers=told)
    return Response(content, 200, told, media_type)


def _tags(known: str) -> set[str]:
    return {each.strip().removeprefix("W/") for each in known.split(",")}
