"""What every endpoint is given: the database, the supervisor, limits and meters of this server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.jobs.supervisor import Supervisor
from api.meters import Meters
from api.rates import Rates
from api.settings import Settings
from api.store.database import Database


@dataclass(frozen=True, slots=True)
class Service:
    """One running server."""

    settings: Settings
    database: Database
    supervisor: Supervisor
    meters: Meters
    rates: Rates


async def _service(request: Request) -> Service:
    found = request.app.state.service
    assert isinstance(found, Service)
    return found


Here = Annotated[Service, Depends(_service)]
"""The server, as a parameter of an endpoint."""
