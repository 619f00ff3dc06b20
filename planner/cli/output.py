"""A finished plan on standard output: tables or one JSON object."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from planner.plan import Plan


def print_plan_or_json(plan: Plan, as_json: bool) -> None:
    """Print the plan for a program or for a person."""
    if as_json:
        print(plan.to_json())
        return
    from rich.console import Console

    from planner.report.text import print_plan

    print_plan(plan, Console(highlight=False))


def deliver(plan: Plan, folder: Path | None, as_json: bool) -> None:
    """Write the files if asked, and print the plan even where they cannot be written: it was dear.

    Raises
    ------
    InvalidInput
        If the files could not be written.
    """
    failure: InvalidInput | None = None
    if folder is not None:
        from planner.report.files import write_results

        try:
            write_results(plan, folder)
        except InvalidInput as refused:
            failure = refused
    print_plan_or_json(plan, as_json)
    sys.stdout.flush()
    if failure is not None:
        raise failure
