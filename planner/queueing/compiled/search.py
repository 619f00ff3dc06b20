"""The least agents that keep every goal, found by galloping, halving and one linear crossing."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from planner.arrays import Counts, Floats
from planner.queueing.compiled import compiled
from planner.queueing.compiled.chain import Flow, first_above, free_weight, lateness, tally

ANSWER_RATE, WAIT_OFFERED, WAIT_ANSWERED = 0, 1, 2
LEVEL_OFFERED, LEVEL_ANSWERED, LEVEL_VIRTUAL = 3, 4, 5
OCCUPANCY, WAITING = 6, 7

MARGIN = 1e-12
"""Share of its limit by which a fractional number of agents keeps a goal: rounding cannot miss it."""
SHORTEST_STEP = 2e-9
"""Agents. A smaller part of an agent would be rounded away when the counts are interpolated."""


class Days(NamedTuple):
    """What arrives in an interval on days of every kind: as forecast, times a factor of each weight."""

    rate: float
    handle_time: float
    patience: float
    factor: Floats
    weight: Floats


@compiled
def excess(days: Days, agents: int, goals: Floats, exceeds: Floats) -> float:
    """(Q13), (Q17)  By how much each goal is missed on average, into `exceeds`; returns the largest.

    Every excess is linear in the counts and in the agents, so that it too is linear between whole agents,
    and so is its mean over busyness. `goals` is (G, 3): the kind, the limit, the seconds of a service level.
    """
    exceeds[:] = 0.0
    for j in range(len(days.factor)):
        if days.weight[j] > 0.0:
            flow = Flow(days.factor[j] * days.rate, days.handle_time, days.patience)
            add_excess(flow, agents, goals, (days.weight[j], days.weight[j] * days.factor[j]), exceeds)
    return float(exceeds.max())


@compiled
def add_excess(flow: Flow, agents: int, goals: Floats, weights: tuple[float, float], exceeds: Floats) -> None:
    """(Q13)  The excesses of days that are so busy; `weights` are their share of days and of contacts."""
    found = tally(flow, agents, free_weight(flow.rate * flow.handle_time, agents))
    answered = 1.0 - found.lost
    of_days, of_contacts = weights
    for g in range(len(goals)):
        kind, limit = int(goals[g, 0]), goals[g, 1]
        if kind == ANSWER_RATE:
            missed = limit - answered if math.isfinite(flow.patience) else -1.0
        elif kind == WAIT_OFFERED:
            missed = found.waited - limit
        elif kind == WAIT_ANSWERED:
            missed = found.waited_answered - limit * answered
        elif kind == OCCUPANCY:
            missed = found.busy - limit * agents
        elif kind == WAITING:
            missed = found.waiting - limit
        else:
            late, virtually_late = lateness(flow, agents, found, goals[g, 2])
            base = answered if kind == LEVEL_ANSWERED else 1.0
            missed = limit * base - (1.0 - (virtually_late if kind == LEVEL_VIRTUAL else late))
        exceeds[g] += (of_days if kind == OCCUPANCY else of_contacts) * missed


@compiled
def least_whole(days: Days, goals: Floats, least: int, exceeds: Floats) -> int:
    """Least whole agents, at least `least`, with no goal missed; goals are missed less with more agents."""
    load = days.rate * days.handle_time
    step = max(1, int(0.5 * math.sqrt(load)))
    low, high = least - 1, max(least, int(load))
    if excess(days, high, goals, exceeds) <= 0.0:
        while high - step > low and excess(days, high - step, goals, exceeds) <= 0.0:
            high, step = high - step, 2 * step
        low = max(low, high - step)
    else:
        low, high = high, high + step
        while excess(days, high, goals, exceeds) > 0.0:
            low, step = high, 2 * step
            high += step
    while high - low > 1:
        middle = (low + high) // 2
        if excess(days, middle, goals, exceeds) <= 0.0:
            high = middle
        else:
            low = middle
    return high


@compiled
def crossing(days: Days, goals: Floats, agents: int) -> float:
    """(Q13)  Part of the last agent that is needed: one fewer misses a goal, `agents` keep them all."""
    below, above = np.empty(len(goals)), np.empty(len(goals))
    excess(days, agents - 1, goals, below)
    excess(days, agents, goals, above)
    part = SHORTEST_STEP
    for g in range(len(goals)):
        scale = goals[g, 1] * (agents if int(goals[g, 0]) == OCCUPANCY else 1)
        if below[g] > 0.0:
            part = max(part, (below[g] + MARGIN * scale) / (below[g] - above[g]))
    return min(part, 1.0)


@compiled
def least_agents(
    flows: Floats, goals: Floats, whole: bool, busyness: tuple[Floats, Floats, Counts]
) -> Floats:
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
        rule = busyness[2][s]
        days = Days(flows[s, 0], flows[s, 1], flows[s, 2], busyness[0][rule], busyness[1][rule])
        if days.rate == 0.0:
            continue
        least = 1 if ratio else 0
        if math.isinf(days.patience):
            least = first_above(days.factor[0] * days.rate * days.handle_time)
        agents[s] = least
        if len(goals) == 0:
            continue
        enough = least_whole(days, goals, least, exceeds)
        agents[s] = enough
        if not whole and enough > least:
            agents[s] = enough - 1 + crossing(days, goals, enough)
    return agents
