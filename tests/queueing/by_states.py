"""A second method: the stationary chain summed state by state in logarithms, waits as beta variables.

Someone with j contacts ahead is answered after V, where exp(-V / patience) is a beta variable with
parameters n patience / handle and j + 1: the j + 1 departures before their turn are exponential with
rates n mu + i theta, i = 0 ... j.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betainc, digamma, logsumexp

from planner.arrays import Floats


def states(load: float, handle: float, patience: float, agents: int) -> Floats:
    """(K,) probability of k contacts in the queue and with agents."""
    top = int(agents + load * patience / handle + 40 * np.sqrt(load * patience / handle) + 200)
    k = np.arange(1, top)
    leaving = np.minimum(k, agents) + np.maximum(k - agents, 0) * handle / patience
    logs = np.concatenate(([0.0], np.cumsum(np.log(load / leaving))))
    return np.asarray(np.exp(logs - logsumexp(logs)))


def expected(load: float, handle: float, patience: float, agents: int, within: float) -> dict[str, float]:
    """Counts per offered contact, under the names of `Tallies`."""
    chance = states(load, handle, patience, agents)
    ahead = np.arange(len(chance) - agents)
    queue = chance[agents:]
    c, y = agents * patience / handle, np.exp(-within / patience)
    answered = c / (c + ahead + 1)
    spent = patience * (digamma(c + ahead + 2) - digamma(c + 1))
    lost = float(ahead @ queue) * handle / patience / load
    late = float((answered * betainc(c + 1, ahead + 1, y)) @ queue)
    return {
        "lost": lost,
        "waited": float(ahead @ queue) * handle / load,
        "waited_answered": float((answered * spent) @ queue),
        "waiting": float(queue.sum()),
        "busy": float(np.minimum(np.arange(len(chance)), agents) @ chance),
        "late": lost + late,
        "virtually_late": float(betainc(c, ahead + 1, y) @ queue),
    }
