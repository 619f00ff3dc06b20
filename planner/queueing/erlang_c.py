"""Erlang C: everybody waits until an agent is free, M/M/n."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, require
from planner.queueing.systems import Systems
from planner.queueing.tallies import Tallies, whole_tallies


def erlang_c(systems: Systems, agents: Counts, within: float) -> Tallies:
    """What becomes of a contact where nobody leaves.

    Parameters
    ----------
    systems : S systems, every patience infinite
    agents : (S,) agents, whole
    within : seconds, for the counts of contacts not answered in time

    Returns
    -------
    Tallies per offered contact; with no more agents than load the wait is infinite, everybody is late
    and every agent busy

    Raises
    ------
    ValueError
        If the shapes differ, agents or seconds are negative, or a patience is finite.

    Notes
    -----
    Equation (Q3) of docs/explanation/queueing.md; Erlang (1917).
    """
    require(bool(np.all(np.isinf(systems.patience))), "Erlang C needs infinite patience; Erlang A has finite")
    return whole_tallies(systems, agents, np.full(len(systems), within))
