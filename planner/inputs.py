"""A plan's own inputs: the scenario and forecast that it was made for, embedded whole and read back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.errors import InvalidInput, Mistake
from planner.forecast.table import table_of
from planner.plan import ForecastTable, Inputs, Plan
from planner.problem import Problem, resolved
from planner.scenario.reading import scenario_from


def inputs_of(problem: Problem) -> Inputs:
    """The scenario as resolved and the forecast as planned."""
    forecast, calendar = problem.forecast, problem.calendar
    t, q = np.nonzero(forecast.open)
    direct = forecast.agents is not None
    table = ForecastTable(
        start=tuple(calendar.text(int(epoch)) for epoch in calendar.epoch[t]),
        queue=tuple(forecast.queues[number] for number in q),
        contacts=None if direct else tuple(forecast.contacts[t, q].tolist()),
        handle_time_seconds=None if direct else tuple(forecast.handle_time[t, q].tolist()),
        agents=tuple(forecast.agents[t, q].tolist()) if forecast.agents is not None else None,
    )
    return Inputs(
        scenario_sha256=problem.scenario_sha256,
        forecast_sha256=problem.forecast_sha256,
        ignored_rows=forecast.ignored_rows,
        scenario=problem.scenario.model_dump(mode="json", by_alias=True),
        forecast=table,
    )


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
