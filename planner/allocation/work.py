"""What the people of a plan do in every interval, pool by pool and queue by queue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.errors import InvalidInput, Mistake
from planner.plan import Plan
from planner.problem import Problem
from planner.queueing import Systems, measures


@dataclass(frozen=True, slots=True)
class Work:
    """T intervals, Q queues, P pools.

    queues, pools : Q and P names
    asked : whether the forecast gives agents in place of contacts
    serves : (P, Q) whether the pool may serve the queue, 0 or 1
    open : (T, Q) whether the queue is open, 0 or 1
    agents : (P, T, Q) the pool's agents on the queue
    answered : (T, Q) contacts that people answer
    handled : (T, Q) seconds of handling; where the forecast gives agents, those asked for × the interval
    contacts : (T, Q) contacts forecast, those that AI keeps among them
    served : (T, Q) contacts that people answer or AI keeps
    """

    queues: tuple[str, ...]
    pools: tuple[str, ...]
    asked: bool
    serves: Floats
    open: Floats
    agents: Floats
    answered: Floats
    handled: Floats
    contacts: Floats
    served: Floats

    def __post_init__(self) -> None:
        shape = self.answered.shape
        require(self.agents.shape == (len(self.pools), *shape), "agents of every pool")
        require(
            self.handled.shape == self.open.shape == self.contacts.shape == self.served.shape == shape,
            "one shape",
        )


def work_of(plan: Plan, problem: Problem) -> Work:
    """The work of a plan; `problem` is the one it was made for.

    Raises
    ------
    InvalidInput
        If the plan's agents do not lie in its own inputs.

    Notes
    -----
    Answered contacts are counted by the formulas of docs/explanation/queueing.md, on days as forecast.
    """
    queues, pools = tuple(problem.scenario.queues), tuple(problem.scenario.pools)
    given, needed, contacts, handle_time = _read(plan, problem)
    planned = given.sum(axis=0)
    answered = contacts * _answer_rate(problem, contacts, handle_time, planned)
    asked = problem.forecast.agents is not None
    handled = np.minimum(needed, planned) * problem.calendar.interval if asked else answered * handle_time
    kept = np.array([{row.queue: row.contained for row in plan.automation}.get(name, 0.0) for name in queues])
    forecast = problem.forecast.contacts
    return Work(
        queues=queues,
        pools=pools,
        asked=asked,
        serves=frozen([[q in problem.scenario.pools[p].queues for q in queues] for p in pools]),
        open=frozen(problem.forecast.open),
        agents=frozen(given),
        answered=frozen(answered),
        handled=frozen(handled),
        contacts=frozen(forecast),
        served=frozen(answered + kept * forecast),
    )


def _read(plan: Plan, problem: Problem) -> tuple[Floats, Floats, Floats, Floats]:
    """Agents (P, T, Q), agents needed (T, Q), contacts (T, Q) and seconds (T, Q) of the plan's own rows."""
    calendar, shape = problem.calendar, problem.forecast.contacts.shape
    rows = {calendar.text(int(epoch)): place for place, epoch in enumerate(calendar.epoch)}
    columns = {name: place for place, name in enumerate(problem.scenario.queues)}
    pools = {name: place for place, name in enumerate(problem.scenario.pools)}
    given = np.zeros((len(pools), *shape))
    needed, contacts, handle_time = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for row in plan.agents:
        unknown = [part.pool for part in row.pools if part.pool not in pools]
        if row.start not in rows or row.queue not in columns or unknown:
            found = f"got {', '.join((*unknown, row.queue))} at {row.start}"
            raise InvalidInput([Mistake("plan", "agents", f"must lie in the plan's own inputs ({found})")])
        here = rows[row.start], columns[row.queue]
        needed[here], contacts[here], handle_time[here] = row.needed, row.contacts, row.handle_time_seconds
        for part in row.pools:
            given[pools[part.pool], here[0], here[1]] = part.agents
    return given, needed, contacts, handle_time


def _answer_rate(problem: Problem, contacts: Floats, handle_time: Floats, planned: Floats) -> Floats:
    """(T, Q) share answered, interval by interval."""
    patience = [
        np.inf if rules.patience_seconds is None else rules.patience_seconds
        for rules in problem.scenario.queues.values()
    ]
    every = np.broadcast_to(np.array(patience), contacts.shape)
    systems = Systems((contacts / problem.calendar.interval).ravel(), handle_time.ravel(), every.ravel())
    return measures(systems, planned.ravel(), 0.0).answer_rate.reshape(contacts.shape)
