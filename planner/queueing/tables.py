"""Losses as convex tables over the number of agents, which the program cuts from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen, frozen_counts, frozen_flags, require
from planner.queueing.busyness import AS_FORECAST, Busyness, require_leaving
from planner.queueing.systems import Systems
from planner.queueing.tallies import split_agents

Loss = Literal["lost", "late", "waited"]

REAL_BEND = 1e-9
"""Share of a table's first entry. A deeper bend the wrong way is no rounding: the table is not convex."""
ROUNDED = 1e-12
"""The same for a table made straight, whose entries are rounded once more."""

_LOSSES: tuple[Loss, ...] = ("lost", "late", "waited")
"""In the order of the numbers in compiled/columns.py."""
_STOPS = {"lost": 1e-9, "late": 1e-9, "waited": 1e-6}


class NotConvex(ValueError):
    """A loss that is not convex in the agents, contrary to all experience: no cut from it would be valid."""


@dataclass(frozen=True, slots=True)
class LossTables:
    """One loss of S distinct systems at whole numbers of agents, per contact as forecast.

    Attributes
    ----------
    values : (total,) share or seconds; those of system s are values[offsets[s]:offsets[s + 1]], at
        first[s] agents, first[s] + 1, ..., never rising, convex, and in the end next to nothing
    first : (S,) agents
    offsets : (S + 1,)
    which : (N,) the distinct system of each one asked for
    convex : (S,) whether the table came out convex to the last digit; where not, the bends that rounding
        left (at most `REAL_BEND`) were replaced by the lower convex hull
    """

    values: Floats
    first: Counts
    offsets: Counts
    which: Counts
    convex: Flags

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))
        for name in ("first", "offsets", "which"):
            object.__setattr__(self, name, frozen_counts(getattr(self, name)))
        object.__setattr__(self, "convex", frozen_flags(self.convex))
        count = len(self.first)
        require(self.offsets.shape == (count + 1,), "offsets must have one entry more than first")
        require(self.convex.shape == (count,), "convex must have one entry per table")
        ends = (self.offsets[0], self.offsets[-1]) == (0, len(self.values))
        require(ends and bool(np.all(np.diff(self.offsets) > 0)), "offsets must rise from 0 to len(values)")
        require(bool(np.all((self.which >= 0) & (self.which < count))), "which must name tables there are")
        require(_fall_and_bend_upward(self.values, self.offsets), "every table must be convex and never rise")


def _fall_and_bend_upward(values: Floats, offsets: Counts) -> bool:
    """Whether no table rises or bends downward, up to rounding of its first entry."""
    table = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    slack = ROUNDED * np.maximum(values[offsets[:-1]], 1.0)[table]
    rise, bend = np.diff(values), np.diff(values, 2)
    rising = (rise > slack[1:]) & (table[1:] == table[:-1])
    bending = (bend < -slack[2:]) & (table[2:] == table[:-2])
    return not (bool(rising.any()) or bool(bending.any()))


def loss_tables(
    systems: Systems, measure: Loss, within: float | None = None, busyness: Busyness = AS_FORECAST
) -> LossTables:
    """Tables of one loss per forecast contact, certified convex as they are built.

    Parameters
    ----------
    systems : N systems; equal ones share a table
    measure : `lost` share that leaves, from 0 agents, and nothing in Erlang C;
        `late` share not answered within the time, from its inflection;
        `waited` seconds over all offered, from 0 agents, in Erlang C from the first number above the load
    within : seconds, of `late` and of nothing else
    busyness : the loss is averaged over it

    Returns
    -------
    LossTables; each goes on until less than 1e-9 of the contacts, or 1e-6 seconds each, are left

    Raises
    ------
    NotConvex
        If a second difference is below -1e-9 of the table's first entry, naming the system.
    ValueError
        If `within` is missing, negative, or does not belong to the measure, or if busyness varies where
        nobody leaves.

    Notes
    -----
    Equations (Q5), (Q6), (Q10), (Q14) and (Q17) of docs/explanation/queueing.md.
    """
    from planner.queueing.compiled.columns import columns

    timed = within is not None and math.isfinite(within) and within >= 0
    require(
        timed if measure == "late" else within is None, "late needs within, in seconds; nothing else does"
    )
    flows, which = np.unique(systems.flows, axis=0, return_inverse=True)
    require_leaving(systems, busyness)
    rules = busyness.rules(flows[:, 0] * flows[:, 1])
    kind, stop = _LOSSES.index(measure), _STOPS[measure]
    values, first, offsets, bends = columns(flows, kind, within or 0.0, stop, rules)
    if len(bends) and bends.min() < -REAL_BEND:
        rate, handle_time, patience = flows[bends.argmin()]
        raise NotConvex(
            f"{measure} is not convex in the agents (bend {bends.min():.1e} of its first entry) for "
            f"{rate * 3600:g} contacts an hour, handle time {handle_time:g} s, patience {patience:g} s"
        )
    return LossTables(values, first, offsets, which.reshape(-1), bends == 0)


def share_at(tables: LossTables, agents: Floats) -> Floats:
    """The loss of each system asked for with so many agents.

    Parameters
    ----------
    tables : of N systems
    agents : (N,) agents; linear between whole ones, and nothing changes beyond a table's end

    Returns
    -------
    (N,) share, or seconds in tables of `waited`

    Raises
    ------
    ValueError
        If the shape is wrong, or agents are not finite or fewer than a table starts at.

    Notes
    -----
    Equation (Q12) of docs/explanation/queueing.md.
    """
    asked = np.asarray(agents, dtype=np.float64)
    require(asked.shape == tables.which.shape, "agents must have one entry per system")
    require(bool(np.all(np.isfinite(asked))), "agents must be finite")
    whole, part = split_agents(asked)
    steps = whole - tables.first[tables.which]
    require(bool(np.all(steps >= 0)), "agents must be at least what the table starts at")
    start, last = tables.offsets[tables.which], tables.offsets[tables.which + 1] - 1
    below = tables.values[np.minimum(start + steps, last)]
    above = tables.values[np.minimum(start + steps + 1, last)]
    return frozen(below + part * (above - below))
