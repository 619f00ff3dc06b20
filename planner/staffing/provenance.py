"""What a plan was made with and from: versions, and the scenario and forecast embedded whole."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from planner.plan import ForecastTable, Inputs, Versions
from planner.problem import Problem


@cache
def versions() -> Versions:
    """Versions of ours and of the solvers."""
    try:
        ours = version("contact-centre-planner")
    except PackageNotFoundError:
        ours = "unknown"
    return Versions(
        planner=ours,
        python=platform.python_version(),
        pulp=version("pulp"),
        highs=version("highspy"),
        scip=version("pyscipopt"),
    )


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
