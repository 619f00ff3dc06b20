"""`planner show`: the tables of a plan on file."""

from __future__ import annotations

from planner.cli.ending import explained
from planner.cli.options import AsJson, PlanArgument
from planner.cli.output import print_plan_or_json


def show(
    plan: PlanArgument,
    as_json: AsJson = False,
) -> None:
    """Print the tables of a plan on file."""
    with explained(as_json):
        from planner.plan import read_plan

        print_plan_or_json(read_plan(plan), as_json)
