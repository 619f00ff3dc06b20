"""Erlang A: whoever waits may lose patience, M/M/n+M."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, require
from planner.queueing.systems import Systems
from planner.queueing.tallies import Tallies, whole_tallies


def erlang_a(systems: Systems, agents: Counts, within: float) -> Tallies:
    """What becomes of a contact where everybody's patience is finite.

    Parameters
    ----------
    systems : S systems, every patience finite
    agents : (S,) agents, whole
    within : seconds, for the counts of contacts not answered in time

    Returns
    -------
    Tallies per offered contact

    Raises
    ------
    ValueError
        If the shapes differ, agents or seconds are negative, or a patience is infinite.

    Notes
    -----
    Equations (Q4) to (Q10) of docs/explanation/queueing.md; Zeltyn and Mandelbaum (2005).
    """
    require(bool(np.all(np.isfinite(systems.patience))), "Erlang A needs finite patience; Erlang C has none")
    return whole_tallies(systems, agents, np.full(len(systems), within))
