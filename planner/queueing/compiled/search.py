"""The least agents that keep every goal, found by galloping, halving and one linear crossing."""

from __future__ import annotations

import math

import numpy as np

from planner.arrays import Floats
from planner.queueing.compiled import compiled
from planner.queueing.compiled.chain import Flow, first_above, free_weight, lateness, tally

ANSWER_RATE, WAIT_OFFERED, WAIT_ANSWERED = 0, 1, 2
LEVEL_OFFERED, LEVEL_ANSWERED, LEVEL_VIRTUAL = 3, 4, 5
OCCUPANCY, WAITING = 6, 7

MARGIN = 1e-12
"""Share of its limit by which a fractional number of agents keeps a goal: rounding cannot miss it."""
SHORTEST_STEP = 2e-9
"""Agents. A smaller part of an agent would be rounded away when the counts are interpolated."""


@compiled
def excess(flow: Flow, agents: int, goals: Floats, exceeds: Floats) -> float:
    """(Q13)  By how much each goal is missed, into `exceeds`; returns the largest.

    Every excess is linear in the counts and in the agents, so that it too is linear between whole agents.
    `goals` is (G, 3): the kind, the limit, the seconds of a service level.
    """
    found = tally(flow, agents, free_weight(flow.rate * flow.handle_time, agents))
    answered = 1.0 - found.lost
    for g in range(len(goals)):
        kind, limit = int(goals[g, 0]), goals[g, 1]
        if kind == ANSWER_RATE:
            exceeds[g] = limit - answered if math.isfinite(flow.patience) else -1.0
        elif kind == WAIT_OFFERED:
            exceeds[g] = found.waited - limit
        elif kind == WAIT_ANSWERED:
            exceeds[g] = found.waited_answered - limit * answered
        elif kind == OCCUPANCY:
            exceeds[g] = found.busy - limit * agents
        elif kind == WAITING:
            exceeds[g] = found.waiting - limit
        else:
            late, virtually_late = lateness(flow, agents, found, goals[g, 2])
            base = answered if kind == LEVEL_ANSWERED else 1.0
            missed = virtually_late if kind == LEVEL_VIRTUAL else late
            exceeds[g] = limit * base - (1.0 - missed)
    return float(exceeds.max())


@compiled
def least_whole(flow: Flow, goals: Floats, least: int, exceeds: Floats) -> int:
    """Least whole agents, at least `least`, with no goal missed; goals are missed less with more agents."""
    load = flow.rate * flow.handle_time
    step = max(1, int(0.5 * math.sqrt(load)))
    low, high = least - 1, max(least, int(load))
    if excess(flow, high, goals, exceeds) <= 0.0:
        while high - step > low and excess(flow, high - step, goals, exceeds) <= 0.0:
            high, step = high - step, 2 * step
        low = max(low, high - step)
    else:
        low, high = high, high + step
        while excess(flow, high, goals, exceeds) > 0.0:
            low, step = high, 2 * step
            high += step
    while high - low > 1:
        middle = (low + high) // 2
        if excess(flow, middle, goals, exceeds) <= 0.0:
            high = middle
        else:
            low = middle
    return high


@compiled
def crossing(flow: Flow, goals: Floats, agents: int) -> float:
    """(Q13)  Part of the last agent that is needed: one fewer misses a goal, `agents` keep them all."""
    below, above = np.empty(len(goals)), np.empty(len(goals))
    excess(flow, agents - 1, goals, below)
    excess(flow, agents, goals, above)
    part = SHORTEST_STEP
    for g in range(len(goals)):
        scale = goals[g, 1] * (agents if int(goals[g, 0]) == OCCUPANCY else 1)
        if below[g] > 0.0:
            part = max(part, (below[g] + MARGIN * scale) / (below[g] - above[g]))
    return min(part, 1.0)


@compiled
def least_agents(flows: Floats, goals: Floats, whole: bool) -> Floats:
    """(S,) least agents for all goals; 0 where nothing arrives, at least 1 where a goal divides by agents
    or by the answered.
    """
    agents = np.zeros(len(flows))
    exceeds = np.empty(len(goals))
    ratio = False
    for g in range(len(goals)):
        kind = int(goals[g, 0])
        ratio = ratio or kind in (WAIT_ANSWERED, LEVEL_ANSWERED, OCCUPANCY)
    for s in range(len(flows)):
        flow = Flow(flows[s, 0], flows[s, 1], flows[s, 2])
        if flow.rate == 0.0:
            continue
        least = 1 if ratio else 0
        if math.isinf(flow.patience):
            least = first_above(flow.rate * flow.handle_time)
        agents[s] = least
        if len(goals) == 0:
            continue
        enough = least_whole(flow, goals, least, exceeds)
        agents[s] = enough
        if not whole and enough > least:
            agents[s] = enough - 1 + crossing(flow, goals, enough)
    return agents
