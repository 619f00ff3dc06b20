"""A second method for overflow: the chain of own and vendor's busy agents and those who wait, state by state.

Arrivals go to an idle own agent, else to an idle one of the vendor, else they wait; whoever gets free takes
the one who waits longest. The states are (own busy, vendor busy, waiting), solved as linear equations.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from planner.arrays import Floats


def vendor_busy(load: float, own: int, vendor: int, patience: float) -> float:
    """Busy agents of the vendor; `patience` in mean handle times."""
    most = int(load * patience + 30 * np.sqrt(load * patience + 1) + 30)
    states = [(i, j, 0) for i in range(own + 1) for j in range(vendor + 1)]
    states += [(own, vendor, k) for k in range(1, most)]
    number = {state: at for at, state in enumerate(states)}
    size = len(states)
    moves = sparse.lil_array((size, size))
    for state, at in number.items():
        for to, rate in _moves(state, own, vendor, load, patience):
            if to in number:
                moves[number[to], at] += rate
                moves[at, at] -= rate
    moves[0, :] = 1.0
    right: Floats = np.zeros(size)
    right[0] = 1.0
    chance = spsolve(sparse.csc_array(moves), right)
    return float(sum(chance[at] * state[1] for state, at in number.items()))


def _moves(
    state: tuple[int, int, int], own: int, vendor: int, load: float, patience: float
) -> list[tuple[tuple[int, int, int], float]]:
    i, j, k = state
    if k:
        down = float(own + vendor) + k / patience
        return [((i, j, k - 1), down), ((i, j, k + 1), load)]
    if i < own:
        arrives = (i + 1, j, 0)
    elif j < vendor:
        arrives = (i, j + 1, 0)
    else:
        arrives = (i, j, 1)
    leaves = [((i - 1, j, 0), float(i)), ((i, j - 1, 0), float(j))]
    return [(arrives, load), *((to, rate) for to, rate in leaves if rate > 0)]
