"""The server as a process: uvicorn, until it is told to stop."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from api.app import create_app
from api.lines import configure_logs, log
from api.settings import Limits, Settings
from api.store.database import opened
from api.store.migration import migrate
from planner.cli.ending import wrong
from planner.errors import InvalidInput, Mistake

_LAST_SECONDS = 3
"""That open connections get when the server stops: whoever watches a plan would never leave."""


def serve_until_stopped(address: tuple[str, int], told: Settings, limits: Path | None) -> None:
    """Serve until Ctrl-C or SIGTERM; solves that run then go back to the queue.

    Raises
    ------
    InvalidInput
        If the limits or the database cannot be read, or the address cannot be taken.
    """
    host, port = address
    settings = replace(told, limits=_limits(limits))
    _check(settings.database)
    configure_logs()
    app = create_app(settings)
    server = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    log.info("serving", host=host, port=port, keys=settings.keys, jobs=settings.jobs)
    running = _Server(server, app)
    with suppress(KeyboardInterrupt):  # uvicorn has stopped in good order, and raises it again
        running.run()
    if running.broken:
        raise SystemExit(1)


class _Server(uvicorn.Server):
    """A server that ends when its solving does, so that whoever watches over it starts it again.

    One that only answered would take plans that nobody makes.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app
        self.broken = False

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to stop; asked ten times a second."""
        if not self._app.state.service.supervisor.alive:
            self.broken = True
            log.error("broken", problem="the supervisor ended, its error stands above")
        return await super().on_tick(counter) or self.broken


def _check(url: str) -> None:
    """Find out before anything else that the database can be used."""
    database = opened(url)
    try:
        migrate(database)
    except DBAPIError as failure:
        raise wrong("--database", f"cannot be used: {failure.orig}") from failure
    finally:
        database.close()


def _limits(path: Path | None) -> Limits:
    if path is None:
        return Limits()
    try:
        return Limits.model_validate_json(path.read_bytes())
    except OSError as failure:
        raise wrong("--limits", f"cannot be read: {failure.strerror}") from failure
    except ValidationError as failure:
        mistakes = [
            Mistake(str(path), ".".join(map(str, error["loc"])), error["msg"]) for error in failure.errors()
        ]
        raise InvalidInput(mistakes) from failure
