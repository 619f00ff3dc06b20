"""The contacts that quotes are compared at: a plan's, after AI, or a scenario's forecast, before it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.ending import wrong
from planner.contracts import Horizon, MonthlyTalk, monthly_talk
from planner.errors import InvalidInput, Mistake

if TYPE_CHECKING:
    from planner.arrays import Floats
    from planner.problem import Problem


def forecast_talk(
    plan: Path | None, scenario: str | None, queues: Sequence[str], talk_share: float | None, file: str
) -> MonthlyTalk | None:
    """A month of the plan's or the scenario's contacts; None where neither is named.

    Raises
    ------
    InvalidInput
        If both are named, one has no such queue or no contacts, or the quotes do not say what share is talk.
    """
    if plan is not None and scenario is not None:
        raise wrong("--plan, --scenario", "are two sources of contacts; name one")
    if plan is None and scenario is None:
        if queues:
            raise wrong("--queue", "is a queue of a plan or a scenario; name one with --plan or --scenario")
        return None
    if talk_share is None:
        problem = "is missing; it holds: talk / handle time, such as 0.8, which a forecast needs"
        raise InvalidInput([Mistake(file, "talk_share_of_handle_time", problem)])
    horizon = _of_plan(plan, queues) if plan is not None else _of_scenario(str(scenario), queues)
    if not horizon.contacts.any():
        source = "--plan" if plan is not None else "--scenario"
        raise wrong(source, "has no contacts to bill, such as where the forecast gives agents")
    return monthly_talk(horizon, talk_share)


def _of_scenario(scenario: str, queues: Sequence[str]) -> Horizon:
    from planner.problem import read_problem

    problem = read_problem(scenario)
    forecast = problem.forecast
    return _horizon("the forecast, before any AI", problem, queues, (forecast.contacts, forecast.handle_time))


def _of_plan(path: Path, queues: Sequence[str]) -> Horizon:
    import numpy as np

    from planner.inputs import problem_of
    from planner.plan import read_plan

    plan = read_plan(path)
    problem = problem_of(plan)
    shape = problem.forecast.contacts.shape
    contacts, handle_time = np.zeros(shape), np.zeros(shape)
    calendar = problem.calendar
    rows = {calendar.text(int(epoch)): place for place, epoch in enumerate(calendar.epoch)}
    columns = {name: place for place, name in enumerate(problem.forecast.queues)}
    for row in plan.agents:
        if row.start not in rows or row.queue not in columns:
            found = f"got {row.queue} at {row.start}"
            raise InvalidInput([Mistake(str(path), "agents", f"must lie in the plan's own inputs ({found})")])
        here = rows[row.start], columns[row.queue]
        contacts[here], handle_time[here] = row.contacts, row.handle_time_seconds
    return _horizon("the plan's contacts that reach people", problem, queues, (contacts, handle_time))


def _horizon(source: str, problem: Problem, queues: Sequence[str], of: tuple[Floats, Floats]) -> Horizon:
    """The horizon of the queues asked for, all if none is."""
    from planner.scenario.words import suggestion

    known = problem.forecast.queues
    unknown = [name for name in queues if name not in known]
    if unknown:
        raise InvalidInput(
            [
                Mistake("--queue", "", f"is no queue (got {name!r}; {suggestion(name, known)})")
                for name in unknown
            ]
        )
    chosen = [place for place, name in enumerate(known) if not queues or name in queues]
    calendar = problem.calendar
    return Horizon(
        source=source,
        queues=tuple(known[place] for place in chosen),
        months=calendar.months,
        interval=calendar.interval,
        contacts=of[0][:, chosen],
        handle_time=of[1][:, chosen],
    )
