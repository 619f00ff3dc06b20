"""Overflow: own agents take a contact first, a vendor's agents what finds none of them idle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require
from planner.queueing.systems import Systems
from planner.queueing.tallies import split_agents, whole_tallies

_MOST_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class OverflowTables:
    """What own agents and all agents together carry, of S distinct systems with 0, 1, ... M agents.

    Attributes
    ----------
    carried : (S, M + 1) erlang, busy agents of so many in all
    alone : (S, M + 1) erlang, busy agents of so many where who finds them busy is turned away
    waiting : (S, M + 1) share of time in which somebody waits for one of so many
    which : (N,) the distinct system of each one asked for
    """

    carried: Floats
    alone: Floats
    waiting: Floats
    which: Counts

    def __post_init__(self) -> None:
        for name in ("carried", "alone", "waiting"):
            object.__setattr__(self, name, frozen(getattr(self, name)))
        object.__setattr__(self, "which", frozen_counts(self.which))
        shape = self.carried.shape
        require(shape == self.alone.shape == self.waiting.shape, "the tables must have one shape")
        require(bool(np.all((self.which >= 0) & (self.which < len(self.carried)))), "which names tables")

    @property
    def most(self) -> int:
        """M, the most agents that the tables reach to; beyond, nothing changes."""
        return int(self.carried.shape[1]) - 1


def overflow_tables(systems: Systems, most: int) -> OverflowTables:
    """Tables of N systems up to `most` agents; equal systems share theirs.

    Notes
    -----
    Equations (Q1) and (Q19) of docs/explanation/queueing.md.
    """
    flows, which = np.unique(systems.flows, axis=0, return_inverse=True)
    alone, carried = (np.zeros((len(flows), most + 1)) for _ in range(2))
    load = flows[:, 0] * flows[:, 1]
    refused = np.ones(len(flows))
    for agents in range(1, most + 1):
        refused = load * refused / (agents + load * refused)
        alone[:, agents] = load * (1.0 - refused)
    step = max(1, _MOST_AT_ONCE // (most + 1))
    for first in range(0, len(flows), step):
        carried[first : first + step] = _carried(flows[first : first + step], most)
    idle = np.arange(most + 1.0) - alone
    more = np.clip(carried - alone, 0.0, None)
    waiting = np.divide(more, idle, out=np.zeros_like(idle), where=idle > 0)
    return OverflowTables(carried, alone, np.clip(waiting, 0.0, 1.0), which.reshape(-1))


def _carried(flows: Floats, most: int) -> Floats:
    """(S, M + 1) busy agents."""
    rate, handle, patience = (np.repeat(column, most + 1) for column in flows.T)
    agents = np.tile(np.arange(most + 1), len(flows))
    busy = whole_tallies(Systems(rate, handle, patience), agents, np.zeros(agents.size)).busy
    return busy.reshape(len(flows), most + 1)


def overflow(tables: OverflowTables, own: Floats, total: Floats) -> Floats:
    """Busy agents of the vendor in each of N systems.

    Parameters
    ----------
    own : (N,) agents who take a contact first
    total : (N,) agents, own ones and the vendor's

    Returns
    -------
    (N,) agents; exact for whole numbers of both, linear between (Q20)

    Raises
    ------
    ValueError
        If the shapes differ, an entry is negative or not finite, or there are more own agents than agents.

    Notes
    -----
    Equations (Q19) and (Q20) of docs/explanation/queueing.md.
    """
    mine, every = np.asarray(own, dtype=np.float64), np.asarray(total, dtype=np.float64)
    require(mine.shape == every.shape == tables.which.shape, "agents must have one entry per system")
    sound = np.isfinite(every) & (mine >= 0) & (mine <= every + 1e-9)
    require(bool(np.all(sound)), "own agents must be at least 0 and at most all agents")
    mine, every = (np.minimum(agents, float(tables.most)) for agents in (np.minimum(mine, every), every))
    (m, above_m), (n, above_n) = split_agents(mine), split_agents(every)
    first, last, both = np.minimum(above_m, above_n), np.maximum(above_m, above_n), above_n >= above_m
    corner = whole_overflow(tables, m, n)
    middle = whole_overflow(tables, m + ~both, n + both)
    opposite = whole_overflow(tables, m + 1, n + 1)
    return frozen((1 - last) * corner + (last - first) * middle + first * opposite)


def whole_overflow(tables: OverflowTables, own: Counts, total: Counts) -> Floats:
    """(N,) busy agents of the vendor with whole numbers of own and of all agents.

    Equation (Q19) of docs/explanation/queueing.md.
    """
    n = np.minimum(total, tables.most)
    m, s = np.minimum(own, n), tables.which
    waiting, alone = tables.waiting[s, n], tables.alone[s, m]
    busy = tables.carried[s, n] - (1.0 - waiting) * alone - waiting * m
    return np.asarray(np.maximum(busy, 0.0))
