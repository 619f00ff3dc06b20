"""Endpoints about the server itself and its documents."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

import planner
from api.access import Caller
from api.documents import Health
from api.meters import CONTENT_TYPE
from api.problems import Refused
from api.service import Here
from api.store.submissions import counts
from planner.scenario.schema import scenario_schema

router = APIRouter(tags=["server"])


@router.get("/health")
def health(here: Here) -> Health:
    """Say that the server, its database and its work are up; needs no key."""
    counts(here.database)
    if not here.supervisor.alive:
        raise Refused(503, "The server does not solve any more; start it again.")
    return Health(
        status="ok",
        version=planner.__version__,
        solving=here.supervisor.solving,
        keep_days=here.settings.keep_days,
        limits=here.settings.limits,
    )


@router.get("/schema")
def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario; needs no key."""
    return scenario_schema()


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(here: Here, _caller: Caller) -> Response:
    """Figures of this server for Prometheus."""
    return Response(here.meters.text(), media_type=CONTENT_TYPE)
