"""What the program is asked for in place of what was promised, after a replay has shown the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats, frozen
from planner.problem import Problem
from planner.program.instance import Instance, QueueInstance, systems_of, with_limits
from planner.program.uncertainty import days_of
from planner.queueing import Busyness, Goal, Systems, agents_needed

BudgetKey: TypeAlias = tuple[str, str]
"""Queue and name of a budget: `answer_week_0`, `wait_day_3`, `late_20s_week_0`."""


@dataclass(frozen=True, slots=True)
class Tightened:
    """A goal of single intervals with limits of their own.

    goal : as promised
    limits : {interval: limit} in the goal's measure; intervals left out keep the promise
    """

    goal: Goal
    limits: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """Limits asked for in place of those promised; what is left out is asked for as promised.

    budgets : most of what is counted per offered contact, a share or seconds
    intervals : by queue, goals of single intervals; they only ever ask for more
    """

    budgets: Mapping[BudgetKey, float] = field(default_factory=dict)
    intervals: Mapping[str, tuple[Tightened, ...]] = field(default_factory=dict)


AS_PROMISED = Asked()


def with_asked(problem: Problem, on: Instance, asked: Asked) -> Instance:
    """The same program, asked for this: (M5) with other limits, (M6) with higher floors."""
    queues = tuple(
        _tightened(problem, on, queue, asked.intervals[queue.name])
        if queue.name in asked.intervals
        else queue
        for queue in on.queues
    )
    below = None if on.below is None else with_asked(problem, on.below, replace(asked, budgets={}))
    return with_limits(replace(on, queues=queues, below=below), asked.budgets)


def _tightened(
    problem: Problem, on: Instance, queue: QueueInstance, goals: tuple[Tightened, ...]
) -> QueueInstance:
    unsure = problem.scenario.uncertainty
    days = days_of(problem.scenario.queues[queue.name], unsure, on.calendar)
    systems = systems_of(queue.demand, queue.patience, on.calendar.interval)
    floor = _floor(queue.floor, systems, goals, days.for_intervals)
    return replace(queue, floor=floor, ceiling=frozen(np.maximum(queue.ceiling, floor.max(axis=1))))


def _floor(floor: Floats, systems: Systems, goals: tuple[Tightened, ...], busyness: Busyness) -> Floats:
    """(T, K) least agents; systems are T x K, level by level within each interval."""
    raised, levels = np.array(floor), floor.shape[1]
    for one in goals:
        for limit in sorted(set(one.limits.values())):
            at = np.array([t for t, wanted in one.limits.items() if wanted == limit])
            rows = (at[:, None] * levels + np.arange(levels)).ravel()
            some = Systems(systems.rate[rows], systems.handle_time[rows], systems.patience[rows])
            goal = Goal(one.goal.measure, limit, one.goal.over, one.goal.within)
            needed = agents_needed(some, (goal,), busyness=busyness).reshape(at.size, levels)
            raised[at] = np.maximum(raised[at], needed)
    return frozen(raised)
