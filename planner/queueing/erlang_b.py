"""Erlang B: no waiting room, who finds every agent busy is turned away."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require


def blocking(load: Floats, agents: Counts) -> Floats:
    """Share of contacts turned away with so many whole agents.

    Parameters
    ----------
    load : (S,) erlang
    agents : (S,) agents

    Returns
    -------
    (S,) share of offered contacts; 0 where nothing is offered

    Raises
    ------
    ValueError
        If the shapes differ, or a load or a number of agents is negative.

    Notes
    -----
    Equation (Q1) of docs/explanation/queueing.md.
    """
    from planner.queueing.compiled.rows import blockings

    loads, whole = np.asarray(load, dtype=np.float64), np.asarray(agents, dtype=np.int64)
    _check_loads(loads, whole.shape)
    require(bool(np.all(whole >= 0)), "agents must be at least 0")
    return frozen(np.where(loads > 0, blockings(loads, whole), 0.0))


def agents_for_blocking(load: Floats, limit: Floats) -> Counts:
    """Least whole agents with which at most a share `limit` is turned away.

    Parameters
    ----------
    load : (S,) erlang
    limit : (S,) share of offered contacts, above 0

    Returns
    -------
    (S,) agents; 0 where nothing is offered

    Raises
    ------
    ValueError
        If the shapes differ, a load is negative, or a limit is not above 0 and at most 1.

    Notes
    -----
    Equation (Q1), by its recursion.
    """
    from planner.queueing.compiled.rows import agents_by_blocking

    loads, limits = np.asarray(load, dtype=np.float64), np.asarray(limit, dtype=np.float64)
    _check_loads(loads, limits.shape)
    require(bool(np.all((limits > 0) & (limits <= 1))), "limit must be above 0 and at most 1")
    return frozen_counts(agents_by_blocking(loads, limits))


def load_for_blocking(agents: Counts, limit: Floats) -> Floats:
    """Largest load of which so many agents turn away at most a share `limit`.

    Parameters
    ----------
    agents : (S,) agents
    limit : (S,) share of offered contacts, at least 0 and below 1

    Returns
    -------
    (S,) erlang

    Raises
    ------
    ValueError
        If the shapes differ, a number of agents is negative, or a limit is outside [0, 1).

    Notes
    -----
    Equation (Q1), which rises with the load, solved by halving to the last digit.
    """
    from planner.queueing.compiled.rows import load_by_blocking

    whole, limits = np.asarray(agents, dtype=np.int64), np.asarray(limit, dtype=np.float64)
    require(whole.ndim == 1 and whole.shape == limits.shape, "agents and limit must have the same shape (S,)")
    require(bool(np.all(whole >= 0)), "agents must be at least 0")
    require(bool(np.all((limits >= 0) & (limits < 1))), "limit must be at least 0 and below 1")
    return frozen(load_by_blocking(whole, limits))


def _check_loads(loads: Floats, shape: tuple[int, ...]) -> None:
    require(loads.ndim == 1 and loads.shape == shape, "the arguments must have the same shape (S,)")
    require(bool(np.all(np.isfinite(loads) & (loads >= 0))), "load must be finite and at least 0")
