"""The birth-death chain of one queue, as sums of positive terms that cannot cancel.

The number of contacts in a queue with n agents is split at state n, all agents busy and nobody waiting:
below it lies the weight of the states with a free agent, from it upward the waiting room. Both are
counted in units of the weight of state n itself, so that nothing overflows where it matters.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from planner.queueing.compiled import compiled

NEGLIGIBLE = 1e-16
CERTAIN = 82.0
"""exp(-82 / 2) < 2e-18: what is less likely than that does not change a double."""


class Flow(NamedTuple):
    """What arrives: contacts per second, seconds of handling, seconds of patience (inf for Erlang C)."""

    rate: float
    handle_time: float
    patience: float


class Room(NamedTuple):
    """The states in which an arriving contact has to wait.

    weight : their weight in units of that of state n, at least 1; inf where an agent is never free
    lost : share of those who have to wait that leave
    waited_answered : patiences per contact that has to wait, spent waiting by the answered ones
    """

    weight: float
    lost: float
    waited_answered: float


class Tally(NamedTuple):
    """Counts per offered contact with a whole number of agents; the two times in seconds.

    `room` is the weight of the waiting room, kept for `lateness`; `busy` counts agents.
    """

    lost: float
    waited: float
    waited_answered: float
    waiting: float
    busy: float
    room: float


@compiled
def free_weight(load: float, agents: int) -> float:
    """(Q2)  sum over k < n of p[k] / p[n], the weight of the states with a free agent.

    Summed from n downward and left where the rest is negligible: sqrt(load) terms in overload.
    """
    total, weight = 0.0, 1.0
    for k in range(agents, 0, -1):
        weight *= k / load
        total += weight
        if k < load and weight < 0.01 * NEGLIGIBLE * total:
            break
    return total


@compiled
def first_above(load: float) -> int:
    """The first whole number of agents above a load; not one that is above it by rounding alone."""
    return int(load + 1e-9) + 1


@compiled
def overwhelmed(c: float, x: float) -> bool:
    """Whether the chance that an agent is free is below rounding: x exceeds c by 9 standard deviations."""
    return x > c and (x - c) ** 2 > CERTAIN * x


@compiled
def log_minus_digamma(c: float, x: float) -> float:
    """log(x) - digamma(c + 1), by the recurrence up to 10 and the asymptotic series from there."""
    shift = 0.0
    while c < 10.0:
        c += 1.0
        shift += 1.0 / c
    square = 1.0 / (c * c)
    series = 0.5 / c - square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return math.log(x / c) - series + shift


@compiled
def log_overwhelmed_weight(c: float, x: float, log_x: float) -> float:
    """Logarithm of Gamma(c + 1) exp(x) / x**c, the waiting room's weight if no agent were ever free."""
    if c < 10.0:
        return math.lgamma(c + 1.0) + x - c * log_x
    u = (x - c) / c
    square = 1.0 / (c * c)
    stirling = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / c
    return c * (u - math.log1p(u)) + 0.5 * math.log(2.0 * math.pi * c) + stirling


@compiled
def waiting_room(c: float, x: float) -> Room:
    """(Q4)  The waiting room for c = n patience / handle time and x = rate patience.

    weight = sum over j >= 0 of x**j / ((c + 1) ... (c + j)): about 20 sqrt(x) positive terms. Where an
    agent is never free the sum is a whole Gamma function and its ratios have a closed form.
    """
    if overwhelmed(c, x):
        return Room(math.inf, 1.0 - c / x, c / x * log_minus_digamma(c, x))
    inverse = 1.0 / (c + 1.0)
    term, steps = inverse, inverse
    terms, queue, answered = term, term, term * steps
    j = 1.0
    while True:
        j += 1.0
        inverse = 1.0 / (c + j)
        ratio = x * inverse
        term *= ratio
        steps += inverse
        terms += term
        queue += j * term
        answered += term * steps
        if ratio < 1.0 and j * term <= NEGLIGIBLE * (1.0 - ratio) ** 2 * queue:
            break
    weight = 1.0 + x * terms
    return Room(weight, queue / weight, c * answered / weight)


@compiled
def tally(flow: Flow, agents: int, free: float) -> Tally:
    """Counts per offered contact with so many agents, given `free_weight` at that number."""
    if flow.rate == 0.0:
        return Tally(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    if math.isinf(flow.patience):
        return tally_erlang_c(flow, agents, free)
    return tally_erlang_a(flow, agents, free)


@compiled
def tally_erlang_a(flow: Flow, agents: int, free: float) -> Tally:
    """(Q5) to (Q8)."""
    if agents == 0:
        return Tally(1.0, flow.patience, 0.0, 1.0, 0.0, math.inf)
    room = waiting_room(agents * flow.patience / flow.handle_time, flow.rate * flow.patience)
    waiting = 1.0 if math.isinf(room.weight) else room.weight / (free + room.weight)
    lost = waiting * min(room.lost, 1.0)
    return Tally(
        lost,
        lost * flow.patience,
        waiting * room.waited_answered * flow.patience,
        waiting,
        min(flow.rate * flow.handle_time * (1.0 - lost), float(agents)),
        room.weight,
    )


@compiled
def tally_erlang_c(flow: Flow, agents: int, free: float) -> Tally:
    """(Q3); with no more agents than load the queue grows for ever and the wait is infinite."""
    load = flow.rate * flow.handle_time
    if agents <= load:
        return Tally(0.0, math.inf, math.inf, 1.0, float(agents), math.inf)
    spare = agents - load
    room = agents / spare
    waiting = room / (free + room)
    wait = waiting * flow.handle_time / spare
    return Tally(0.0, wait, wait, waiting, load, room)


@compiled
def lateness(flow: Flow, agents: int, found: Tally, within: float) -> tuple[float, float]:
    """(Q9), (Q10)  Shares not answered within so many seconds, and with a longer virtual wait.

    `found` is the tally at this number of agents.
    """
    if flow.rate == 0.0:
        return 0.0, 0.0
    if math.isinf(flow.patience):
        spare = agents - flow.rate * flow.handle_time
        longer = found.waiting * math.exp(-spare * within / flow.handle_time) if spare > 0.0 else 1.0
        return longer, longer
    if agents == 0:
        return 1.0, 1.0
    c, x, tau = agents * flow.patience / flow.handle_time, flow.rate * flow.patience, within / flow.patience
    kept = math.exp(-tau)
    rest = waiting_room(c, x * kept)
    longer = found.waiting * min(still_waiting(c, x, tau, found.room, rest.weight), 1.0)
    late = found.lost + longer * kept * (1.0 - rest.lost)
    return min(late, 1.0), longer


@compiled
def still_waiting(c: float, x: float, tau: float, room: float, rest: float) -> float:
    """(Q9)  Share of those who have to wait whose virtual wait exceeds tau patiences.

    `room` and `rest` are the waiting room's weights at x and at x exp(-tau).
    """
    if math.isinf(rest):
        return 1.0
    if math.isinf(room):
        return rest * math.exp(-log_overwhelmed_weight(c, x * math.exp(-tau), math.log(x) - tau))
    exponent = -x * math.expm1(-tau) - c * tau
    if tau < 1.0:
        exponent = (x - c) * tau - x * (tau + math.expm1(-tau))
    return math.exp(exponent) * rest / room
