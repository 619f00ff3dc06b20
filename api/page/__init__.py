"""The page at `/`: the service for a person with a browser. It asks the endpoints that all others ask."""

from __future__ import annotations

from api.page.routes import router

__all__ = ["router"]
