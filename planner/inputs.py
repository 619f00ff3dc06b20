"""A plan's own inputs, read back: the problem that it was made for."""

from __future__ import annotations

from dataclasses import replace

from planner.errors import InvalidInput, Mistake
from planner.forecast.table import table_of
from planner.plan import Inputs, Plan
from planner.problem import Problem, resolved
from planner.scenario.reading import scenario_from


def problem_of(plan: Plan) -> Problem:
    """The problem that a plan was made for, from the scenario and the forecast it embeds.

    Raises
    ------
    InvalidInput
        If somebody changed them so that they are no problem any more.
    """
    return problem_in(plan.inputs)


def problem_in(inputs: Inputs) -> Problem:
    """The problem that the inputs of a plan hold.

    Raises
    ------
    InvalidInput
        If somebody changed them so that they are no problem any more.
    """
    read = scenario_from(inputs.scenario, "plan: inputs.scenario")
    if read.mistakes or read.scenario is None:
        raise InvalidInput(read.mistakes)
    rows = inputs.forecast.model_dump(exclude_none=True)
    file = "plan: inputs.forecast"
    try:
        table = table_of(rows, file)
    except ValueError as failure:
        raise InvalidInput([Mistake(file, "", str(failure))]) from failure
    digests = (inputs.scenario_sha256, inputs.forecast_sha256)
    problem = resolved(read.scenario, table, digests)
    return replace(problem, forecast=replace(problem.forecast, ignored_rows=inputs.ignored_rows))
