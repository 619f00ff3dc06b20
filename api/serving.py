"""The server as a process: uvicorn, until it is told to stop."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import uvicorn
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
    server = uvicorn.Config(
        create_app(settings),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    log.info("serving", host=host, port=port, keys=settings.keys, jobs=settings.jobs)
    with suppress(KeyboardInterrupt):  # uvicorn has stopped in good order, and raises it again
        uvicorn.Server(server).run()


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
