"""How many agents a promise needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.arrays import Floats, frozen, require
from planner.queueing.busyness import AS_FORECAST, Busyness, require_leaving
from planner.queueing.systems import Systems

Measure = Literal["answer_rate", "average_wait", "service_level", "occupancy", "waiting_probability"]
Over = Literal["offered", "answered", "virtual"]


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise about one measure.

    Attributes
    ----------
    measure : what is promised
    limit : share; of the average wait, seconds. A floor for the answer rate and the service level,
        a cap for the others
    over : contacts it is taken over: of a wait offered or answered, of a service level these or virtual,
        None for the other measures. None on these two means offered
    within : seconds, of a service level, and of nothing else

    Raises
    ------
    ValueError
        If the limit is out of range, or `over` or `within` do not belong to the measure.
    """

    measure: Measure
    limit: float
    over: Over | None = None
    within: float | None = None

    def __post_init__(self) -> None:
        above = math.inf if self.measure == "average_wait" else 1.0
        allowed = 0 <= self.limit <= above and math.isfinite(self.limit)
        require(allowed, f"limit of {self.measure} is out of range")
        require(self.measure != "occupancy" or self.limit > 0, "limit of occupancy must be above 0")
        kinds = [over for measure, over in _KINDS if measure == self.measure]
        require((self.over or kinds[0]) in kinds, f"{self.measure} is not taken over {self.over}")
        timed = self.within is not None and math.isfinite(self.within) and self.within >= 0
        require(
            timed if self.measure == "service_level" else self.within is None,
            f"within of {self.measure} must be {_wanted(self.measure)}",
        )


def _wanted(measure: Measure) -> str:
    return "at least 0 seconds" if measure == "service_level" else "None: only a service level has one"


_KINDS: tuple[tuple[Measure, Over | None], ...] = (
    ("answer_rate", None),
    ("average_wait", "offered"),
    ("average_wait", "answered"),
    ("service_level", "offered"),
    ("service_level", "answered"),
    ("service_level", "virtual"),
    ("occupancy", None),
    ("waiting_probability", None),
)
"""In the order of the numbers in compiled/search.py; the first of a measure is its default."""


def agents_needed(
    systems: Systems, goals: Sequence[Goal], whole: bool = False, busyness: Busyness = AS_FORECAST
) -> Floats:
    """Least agents with which every goal is kept, at this and every larger number.

    Parameters
    ----------
    systems : S systems
    goals : promises that every system has to keep
    whole : round up to whole agents
    busyness : a goal is kept on average over it, by the ratio of the averaged counts

    Returns
    -------
    (S,) agents; 0 where nothing arrives. In Erlang C always more than the load, and a goal on the answer
    rate asks nothing. At least one agent for a goal on occupancy or over answered contacts, which say
    nothing without one.

    Raises
    ------
    ValueError
        If busyness varies where nobody leaves.

    Notes
    -----
    Between whole agents a goal is linear in the interpolated counts and its crossing exact: (Q13) and
    (Q17) of docs/explanation/queueing.md. The result is nudged up by 1e-12 of the limit, so that `measures`
    confirms it.
    """
    from planner.queueing.compiled.search import least_agents

    rows = np.array([_row(goal) for goal in goals], dtype=np.float64).reshape(-1, 3)
    require_leaving(systems, busyness)
    return frozen(least_agents(systems.flows, rows, whole, busyness.rules(systems.load)))


def _row(goal: Goal) -> tuple[float, float, float]:
    """The kind, limit and seconds of a goal, as the compiled search takes them."""
    default = next(over for measure, over in _KINDS if measure == goal.measure)
    return _KINDS.index((goal.measure, goal.over or default)), goal.limit, goal.within or 0.0
