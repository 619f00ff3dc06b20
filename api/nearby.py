"""A server without keys answers this machine alone, and no web page that a browser on it happens to show."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem

_OURS = {"localhost", "127.0.0.1", "::1"}


class NearbyOnly:
    """Middleware that refuses what a foreign page made a browser send.

    A page can send a form to any address, and can make its own name stand for this machine. The browser
    names the page in `Origin` and the name in `Host`: both must be ours.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it comes from elsewhere."""
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            host, origin = headers.get(b"host", b""), headers.get(b"origin")
            if _name(b"//" + host) not in _OURS or (origin is not None and _name(origin) not in _OURS):
                detail = "Without keys this server answers only its own machine; start it with --keys."
                await problem(403, detail)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _name(address: bytes) -> str | None:
    try:
        return urlsplit(address.decode("latin-1")).hostname
    except ValueError:
        return None
