"""Formulas applied to one system after another."""

from __future__ import annotations

import numpy as np

from planner.arrays import Counts, Floats
from planner.queueing.compiled import compiled
from planner.queueing.compiled.chain import Flow, free_weight, lateness, tally

COLUMNS = 7
"""Lost, waited, waited by the answered, waiting, busy, late, virtually late: a row of `tallies`."""


@compiled
def tallies(flows: Floats, agents: Counts, within: Floats, busyness: tuple[Floats, Floats, Counts]) -> Floats:
    """(Q17)  (S, COLUMNS) counts per forecast contact, averaged; busy agents are a mean over days.

    `flows` is (S, 3): rate, handle time, patience; `busyness` holds factors, weights and each system's rule.
    """
    rows = np.zeros((len(agents), COLUMNS))
    for s in range(len(agents)):
        rule = busyness[2][s]
        for j in range(busyness[0].shape[1]):
            factor, weight = busyness[0][rule, j], busyness[1][rule, j]
            if weight == 0.0:
                continue
            flow = Flow(factor * flows[s, 0], flows[s, 1], flows[s, 2])
            free = free_weight(flow.rate * flow.handle_time, agents[s]) if flow.rate > 0.0 else 0.0
            found = tally(flow, agents[s], free)
            late, virtually_late = lateness(flow, agents[s], found, within[s])
            share = weight * factor
            rows[s, 0] += share * found.lost
            rows[s, 1] += share * found.waited
            rows[s, 2] += share * found.waited_answered
            rows[s, 3] += share * found.waiting
            rows[s, 4] += weight * found.busy
            rows[s, 5] += share * late
            rows[s, 6] += share * virtually_late
    return rows


@compiled
def blocking(load: float, agents: int) -> float:
    """(Q1)  1 / (1 + free weight)."""
    return 1.0 / (1.0 + free_weight(load, agents)) if load > 0.0 or agents == 0 else 0.0


@compiled
def blockings(load: Floats, agents: Counts) -> Floats:
    """(S,) share blocked."""
    shares = np.empty(len(load))
    for s in range(len(load)):
        shares[s] = blocking(load[s], agents[s])
    return shares


@compiled
def agents_by_blocking(load: Floats, limit: Floats) -> Counts:
    """(S,) least agents with at most that share blocked, by the recursion from 0 agents."""
    agents = np.zeros(len(load), dtype=np.int64)
    for s in range(len(load)):
        share = 1.0 if load[s] > 0.0 else 0.0
        while share > limit[s]:
            agents[s] += 1
            carried = load[s] * share
            share = carried / (agents[s] + carried)
    return agents


@compiled
def load_by_blocking(agents: Counts, limit: Floats) -> Floats:
    """(S,) largest load with at most that share blocked, by halving between 0 and n / (1 - limit)."""
    loads = np.empty(len(agents))
    for s in range(len(agents)):
        low, high = 0.0, agents[s] / (1.0 - limit[s])
        middle = 0.5 * high
        while low < middle < high:
            if blocking(middle, agents[s]) <= limit[s]:
                low = middle
            else:
                high = middle
            middle = low + 0.5 * (high - low)
        loads[s] = low
    return loads
