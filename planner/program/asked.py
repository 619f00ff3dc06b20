"""What the program is asked for in place of what was promised, after a replay has shown the difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from planner.arrays import Floats, frozen
from planner.queueing import Busyness, Goal, Systems, agents_needed
from planner.queueing.sizing import Measure
from planner.scenario.scenario import Queue

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


def budget_label(measure: Measure, within: float | None) -> str:
    """What the budgets of a measure over days and weeks are called."""
    return {"answer_rate": "answer", "average_wait": "wait"}.get(measure, f"late_{within or 0.0:g}s")


def budget_limit(measure: Measure, target: float, rules: Queue) -> float:
    """(M5)  A target over days or weeks as a limit per offered contact of what its budget counts."""
    if measure == "average_wait":
        return target / (rules.patience_seconds or 1.0)
    return 1.0 - target


def budget_target(measure: Measure, limit: float, rules: Queue) -> float:
    """The other way round: a limit per offered contact as a target."""
    return limit * (rules.patience_seconds or 1.0) if measure == "average_wait" else 1.0 - limit


def tightened_floor(
    floor: Floats, systems: Systems, asked: tuple[Tightened, ...], busyness: Busyness
) -> Floats:
    """(T, K) least agents once some intervals are asked for more.

    systems : T x K, level by level within each interval
    """
    raised, levels = np.array(floor), floor.shape[1]
    for one in asked:
        for limit in sorted(set(one.limits.values())):
            at = np.array([t for t, wanted in one.limits.items() if wanted == limit])
            rows = (at[:, None] * levels + np.arange(levels)).ravel()
            some = Systems(systems.rate[rows], systems.handle_time[rows], systems.patience[rows])
            goal = Goal(one.goal.measure, limit, one.goal.over, one.goal.within)
            needed = agents_needed(some, (goal,), busyness=busyness).reshape(at.size, levels)
            raised[at] = np.maximum(raised[at], needed)
    return frozen(raised)
