"""A better bound where a fee is not convex: the relaxation once for every piece that may be the one.

Relaxed, a fee lies on the lowest straight lines below its curve. Fixed to one piece it is exact, and a plan
is on one piece of every fee: the least bound over the pieces holds. The fee that is underpriced most is taken
apart first, always where the bound is least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Floats
from planner.program.build import Program
from planner.program.piecewise import PiecewiseFee, piecewise_fees
from planner.solver.linear import LinearSession, checked_bound
from planner.solver.matrix import Matrix, Rows, relaxed, with_bounds, with_rows

MOST_PROGRAMS = 16
"""Linear programs; each takes about as long as a round of the relaxation."""
_EXACT = 2e-5
"""Share of the cost; a fee that is underpriced by less is left as it is."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The relaxation with some fees on one piece each.

    bound : money no plan on these pieces can undercut
    chosen : {fee: piece}, fees in the order of piecewise_fees, -1 for a contract that is off
    values : (C,) its point
    """

    bound: float
    chosen: Mapping[int, int]
    values: Floats


def branched(program: Program, rows: Rows, session: LinearSession, over: Callable[[], bool]) -> Branch | None:
    """The branch with the least bound once it is exact, or once enough was tried; None if nothing holds.

    Parameters
    ----------
    rows : rows on demand of the relaxation
    session : the program is loaded into it, and left there with its own bounds
    over : asked before every linear program; true ends it
    """
    matrix = with_rows(relaxed(program.matrix), rows)
    session.load(matrix)
    first = _solved(program, matrix, session, {})
    leaves, tried = [first] if first is not None else [], 1
    while leaves:
        leaves.sort(key=lambda leaf: leaf.bound)
        worst = _underpriced(program, leaves[0])
        if worst is None or tried >= MOST_PROGRAMS or over():
            break
        parent = leaves.pop(0)
        for piece in _pieces(piecewise_fees(program)[worst]):
            found = _solved(program, matrix, session, {**parent.chosen, worst: piece})
            tried += 1
            if found is not None:
                leaves.append(found)
    places = _piece_columns(program)
    session.change_bounds(places, program.matrix.lower[places], program.matrix.upper[places])
    return leaves[0] if leaves else None


def _pieces(one: PiecewiseFee) -> Iterator[int]:
    if not one.signed:
        yield -1
    yield from range(one.piece.size)


def _piece_columns(program: Program) -> Counts:
    return np.concatenate([np.zeros(0, dtype=np.int64), *(one.piece for one in piecewise_fees(program))])


def _solved(
    program: Program, matrix: Matrix, session: LinearSession, chosen: Mapping[int, int]
) -> Branch | None:
    places, fees = _piece_columns(program), piecewise_fees(program)
    lower, upper = matrix.lower.copy(), matrix.upper.copy()
    for number, piece in chosen.items():
        mine = fees[number].piece
        lower[mine] = upper[mine] = (np.arange(mine.size) == piece).astype(float)
    session.change_bounds(places, lower[places], upper[places])
    solution = session.solve()
    if solution.status != "optimal":
        return None if solution.status == "infeasible" else Branch(-np.inf, chosen, matrix.lower)
    bounded = with_bounds(matrix, places, lower[places], upper[places])
    bound = min(checked_bound(bounded, solution.row_duals), solution.cost)
    return Branch(bound, chosen, solution.values)


def _underpriced(program: Program, leaf: Branch) -> int | None:
    """The fee that is furthest below its curve; None where all are near it."""
    least = _EXACT * max(1.0, abs(leaf.bound))
    missing = {
        number: _missing(one, leaf)
        for number, one in enumerate(piecewise_fees(program))
        if number not in leaf.chosen
    }
    worst = max(missing, key=lambda number: missing[number], default=None)
    return None if worst is None or missing[worst] < least else worst


def _missing(one: PiecewiseFee, leaf: Branch) -> float:
    curve, pieces, billed = one.curve, leaf.values[one.piece], leaf.values[one.volume]
    paid = float((curve.fee - curve.slope * curve.lower) @ pieces + curve.slope @ billed)
    total = min(float(billed.sum()), curve.most)
    if total < _EXACT and not one.signed:
        return 0.0
    return float(curve.at(max(total, 0.0))) - paid
