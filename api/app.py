"""The service: a scenario and a forecast in, a plan out. `planner serve` runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

import planner
from api import about, erlang, events, page, plans, reports
from api.body_limit import BodyLimit
from api.jobs.supervisor import Supervisor
from api.logs import RequestLog
from api.meters import Meters
from api.nearby import NearbyOnly
from api.openapi import describe
from api.rates import Rates
from api.refusals import add_refusals
from api.service import Service
from api.settings import Settings
from api.store.database import opened
from api.store.migration import migrate
from api.store.submissions import counts


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service with its endpoints and its one way of telling what is wrong.

    It opens its database and begins to solve when it is started, and stops solving when it is stopped.
    """
    told = settings or Settings()

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        service = _service(told)
        app.state.service = service
        service.supervisor.start()
        yield
        await run_in_threadpool(service.supervisor.stop)
        service.database.close()

    app = FastAPI(
        title="Contact centre planner",
        version=planner.__version__,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
        lifespan=running,
    )
    app.add_middleware(BodyLimit, most_bytes=told.limits.body_bytes)
    if not told.keys:
        app.add_middleware(NearbyOnly)
    app.add_middleware(RequestLog)
    add_refusals(app)
    for part in (page, plans, events, reports, erlang, about):
        app.include_router(part.router)
    describe(app, told)
    return app


def _service(settings: Settings) -> Service:
    database = opened(settings.database)
    migrate(database)
    meters = Meters(lambda: counts(database))
    supervisor = Supervisor(database, settings, meters.solved)
    return Service(settings, database, supervisor, meters, Rates(settings.limits.requests_per_minute))
