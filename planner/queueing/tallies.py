"""Counts per offered contact: what may be added, averaged and interpolated, as ratios may not."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from planner.arrays import Counts, Floats, frozen, require
from planner.queueing.busyness import AS_FORECAST, Rules
from planner.queueing.systems import Systems

ROUNDING = 1e-9
"""Agents. A number this close below a whole one is that whole one."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """What becomes of a contact on average, each (S,) and per offered contact; over busyness per forecast.

    Attributes
    ----------
    lost : share that leaves before an agent is free
    waited : seconds, over all
    waited_answered : seconds spent waiting by those who are answered
    waiting : share that finds every agent busy
    busy : agents busy
    late : share not answered within the time asked for, lost ones among them
    virtually_late : share whose virtual wait is longer than that time
    """

    lost: Floats
    waited: Floats
    waited_answered: Floats
    waiting: Floats
    busy: Floats
    late: Floats
    virtually_late: Floats

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, frozen(getattr(self, field.name)))
        require(len({getattr(self, field.name).shape for field in fields(self)}) == 1, "shapes must agree")


def whole_tallies(systems: Systems, agents: Counts, within: Floats, days: Rules | None = None) -> Tallies:
    """Counts with whole agents, Erlang A or C; seconds are infinite where the queue grows for ever.

    Parameters
    ----------
    systems : S systems
    agents : (S,) agents, whole
    within : (S,) seconds
    days : how busy they are, where counts are averaged over busyness; None: as forecast

    Raises
    ------
    ValueError
        If the shapes differ, or agents or seconds are negative or not finite.

    Notes
    -----
    Equations (Q3), (Q5) to (Q10) and (Q17) of docs/explanation/queueing.md.
    """
    from planner.queueing.compiled.rows import tallies

    _check(systems, agents, within)
    whole, seconds = np.asarray(agents, dtype=np.int64), np.asarray(within, dtype=np.float64)
    rows = tallies(systems.flows, whole, seconds, days or AS_FORECAST.rules(systems.load))
    return Tallies(*rows.T)


def interpolated_tallies(
    systems: Systems, agents: Floats, within: Floats, days: Rules | None = None
) -> Tallies:
    """Counts with any number of agents, linear between whole ones: (Q12).

    Parameters
    ----------
    systems : S systems
    agents : (S,) agents, fractions allowed
    within : (S,) seconds
    days : how busy they are; None: as forecast

    Raises
    ------
    ValueError
        If the shapes differ, or agents or seconds are negative or not finite.
    """
    _check(systems, agents, within)
    whole, part = split_agents(agents)
    below, above = (whole_tallies(systems, n, within, days) for n in (whole, whole + (part > 0)))
    return Tallies(*(_between(getattr(below, f.name), getattr(above, f.name), part) for f in fields(Tallies)))


def split_agents(agents: Floats) -> tuple[Counts, Floats]:
    """Whole agents and the part of one more, each (S,)."""
    whole = np.floor(agents + ROUNDING)
    part = agents - whole
    return whole.astype(np.int64), np.where(part < ROUNDING, 0.0, part)


def _between(below: Floats, above: Floats, part: Floats) -> Floats:
    """Infinite where `below` is: a queue that grows for ever part of the time is never caught up with."""
    finite = np.isfinite(below)
    rise = np.where(finite, above, 0.0) - np.where(finite, below, 0.0)
    found: Floats = below + part * rise
    return found


def _check(systems: Systems, agents: Floats | Counts, within: Floats) -> None:
    for name, values in (("agents", agents), ("within", within)):
        require(values.shape == systems.rate.shape, f"{name} must have one entry per system")
        require(bool(np.all(np.isfinite(values) & (values >= 0))), f"{name} must be finite and at least 0")
