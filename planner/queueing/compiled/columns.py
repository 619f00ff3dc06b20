"""Tables over the number of agents, a column per system, sharing the states below between n and n + 1."""

from __future__ import annotations

import math

import numpy as np

from planner.arrays import Counts, Floats
from planner.queueing.compiled import compiled
from planner.queueing.compiled.chain import Flow, first_above, free_weight, lateness, tally

LOST, LATE, WAITED = 0, 1, 2

NOISE = 1e-12
"""Share of the first entry: a bend the wrong way that is smaller comes from rounding."""
NEAR_NOTHING = 1e-3
"""A table whose first entry is less is measured by this: rounding is no share of its last few contacts."""
NOTHING_LEFT = 1e-4
"""Share of a table's own end at which one factor's part of it ends."""


@compiled
def column(flow: Flow, measure: int, within: float, stop: float) -> Floats:
    """One measure per offered contact at `first_agents`, one more, ... until it is below `stop`."""
    if flow.rate == 0.0 or (measure == LOST and math.isinf(flow.patience)):
        return np.zeros(1)
    load = flow.rate * flow.handle_time
    agents = first_agents(flow, measure)
    free = free_weight(load, agents)
    values, size = np.empty(64 + 2 * int(load)), 0
    while True:
        found = tally(flow, agents, free)
        value = found.lost if measure == LOST else found.waited
        if measure == LATE:
            value = lateness(flow, agents, found, within)[0]
        if size == len(values):
            values = np.concatenate((values, np.empty(size)))
        values[size] = value
        size += 1
        if value < stop:
            return values[:size].copy()
        agents += 1
        free = agents / load * (1.0 + free)


@compiled
def mean_column(flow: Flow, measure: int, within: float, stop: float, nodes: tuple[Floats, Floats]) -> Floats:
    """(Q17)  One measure per contact as forecast, averaged over busyness: a column for each factor.

    `nodes` are the factors and their weights. Where a column ends, less is left than a table's noise.
    """
    factor, weight = nodes
    if len(factor) == 1 and factor[0] == 1.0:
        return column(flow, measure, within, stop)
    total, size = np.zeros(64), 1
    for j in range(len(factor)):
        share = weight[j] * factor[j]
        if share == 0.0:
            continue
        busy = Flow(factor[j] * flow.rate, flow.handle_time, flow.patience)
        part = column(busy, measure, within, stop * NOTHING_LEFT / share)
        if len(part) > len(total):
            total = np.concatenate((total, np.zeros(2 * len(part) - len(total))))
        size = max(size, len(part))
        for i in range(len(part)):
            total[i] += share * part[i]
    while size > 1 and total[size - 2] < stop:
        size -= 1
    return total[:size].copy()


@compiled
def first_agents(flow: Flow, measure: int) -> int:
    """The fewest agents that a table speaks of: in Erlang C the first above the load."""
    if flow.rate == 0.0 or measure == LOST or math.isfinite(flow.patience):
        return 0
    return first_above(flow.rate * flow.handle_time)


@compiled
def inflection(values: Floats) -> int:
    """Index of the first entry from which the table bends upward to its end, up to rounding."""
    for i in range(len(values) - 3, -1, -1):
        if values[i] - 2.0 * values[i + 1] + values[i + 2] < -NOISE:
            return i + 1
    return 0


@compiled
def deepest_bend(values: Floats) -> float:
    """The least second difference, 0 if none is negative."""
    least = 0.0
    for i in range(len(values) - 2):
        least = min(least, values[i] - 2.0 * values[i + 1] + values[i + 2])
    return least


@compiled
def straightened(values: Floats) -> Floats:
    """The lower convex hull of a table, which differs from it by no more than its deepest bends."""
    corners, size = np.empty(len(values), dtype=np.int64), 0
    for i in range(len(values)):
        while size > 1:
            a, b = corners[size - 2], corners[size - 1]
            if (values[b] - values[a]) * (i - a) < (values[i] - values[a]) * (b - a):
                break
            size -= 1
        corners[size] = i
        size += 1
    hull = values.copy()
    for k in range(size - 1):
        a, b = corners[k], corners[k + 1]
        for i in range(a + 1, b):
            hull[i] = values[a] + (values[b] - values[a]) * (i - a) / (b - a)
    return hull


@compiled
def columns(
    flows: Floats, measure: int, within: float, stop: float, busyness: tuple[Floats, Floats, Counts]
) -> tuple[Floats, Counts, Counts, Floats]:
    """All tables end to end, where each starts in agents and in the whole, and the deepest bend of each.

    `busyness` holds factors, weights and the rule of each system. Bends are measured as shares of a table's
    first entry; a table with one is straightened.
    """
    count = len(flows)
    first, offsets = np.zeros(count, dtype=np.int64), np.zeros(count + 1, dtype=np.int64)
    bends = np.zeros(count)
    values = np.empty(1024)
    for s in range(count):
        flow = Flow(flows[s, 0], flows[s, 1], flows[s, 2])
        rule = busyness[2][s]
        table = mean_column(flow, measure, within, stop, (busyness[0][rule], busyness[1][rule]))
        start = inflection(table) if measure == LATE else 0
        table = table[start:]
        least = Flow(busyness[0][rule, 0] * flow.rate, flow.handle_time, flow.patience)
        first[s] = first_agents(least, measure) + start
        bend = deepest_bend(table)
        if bend < 0.0:
            bends[s] = bend / max(table[0], NEAR_NOTHING)
            table = straightened(table)
        offsets[s + 1] = offsets[s] + len(table)
        if offsets[s + 1] > len(values):
            values = np.concatenate((values, np.empty(offsets[s + 1])))
        values[offsets[s] : offsets[s + 1]] = table
    return values[: offsets[count]].copy(), first, offsets, bends
