"""The command line: reads what a person typed, calls the library, prints. The one place that prints."""

from __future__ import annotations

from typing import NoReturn

from planner.cli.start import command_start


def main() -> NoReturn:
    """Run the command `planner`; the exit code says how it ended."""
    started = command_start()

    from planner.cli.app import run

    raise SystemExit(run(started))
