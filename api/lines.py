"""The lines of the log: structured, one JSON object each, on standard error once `configure_logs` was called.

Until then, as in a test or a notebook, nothing is shown but what is wrong.
"""

from __future__ import annotations

import logging
import sys

import structlog

_ON_EACH: list[structlog.typing.Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

log: structlog.stdlib.BoundLogger = structlog.wrap_logger(
    logging.getLogger("planner.service"),
    wrapper_class=structlog.stdlib.BoundLogger,
    processors=[
        structlog.stdlib.filter_by_level,
        *_ON_EACH,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
)


def configure_logs() -> None:
    """Show everything that is logged, by us or by a library."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_ON_EACH,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for quiet in ("uvicorn.access", "alembic"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
