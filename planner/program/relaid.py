"""Rows on demand of one program laid anew for another with the same columns: their slopes are kept.

A tangent holds at any slope, with the intercept that the other program's tables give it. So the rows that
bound one problem are a good beginning for the next, and a basis goes with them.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from planner.arrays import Counts
from planner.program.build import Program
from planner.program.decisions import NOWHERE
from planner.program.overflow import overflowing, planes
from planner.program.separate import tangent_parts, tangents
from planner.solver.matrix import Rows, coefficients, no_rows, selected, stacked

_FAR = np.iinfo(np.int64).max


def relaid(program: Program, rows: Rows) -> Rows:
    """(M4), (M18)  The same rows on demand by their slopes, in the same order.

    Parameters
    ----------
    rows : of a program with the same columns
    """
    told, found, order = _Told(program, rows), [], []
    for number, part in enumerate(tangent_parts(program)):
        mine = np.flatnonzero(told.tangent_of == number)
        order.append(mine)
        found.append(tangents(part, told.at[mine], told.slopes[mine, 1]))
    for number, overflow in enumerate(overflowing(program.on, program.decide)):
        mine = np.flatnonzero(told.plane_of == number)
        order.append(mine)
        found.append(planes(overflow, told.at[mine], told.slopes[mine]))
    place = np.concatenate([np.zeros(0, dtype=np.int64), *order])
    return selected(reduce(stacked, found, no_rows()), np.argsort(place))


class _Told:
    """What rows are made of, told from their columns: a plane is the one that holds busy agents of vendors.

    tangent_of, plane_of : (R,) number of its part, in their order
    at : (R,) interval
    slopes : (R, 3) r, s and d of (M18); s alone of (M4)
    """

    def __init__(self, program: Program, rows: Rows) -> None:
        count = len(program.matrix.cost)
        entries = coefficients(rows, count).tocoo()
        row, column, value = entries.row.astype(np.int64), entries.col, entries.data
        counted, busy, own, agents = (np.full(count, _FAR) for _ in range(4))
        when = np.zeros(count, dtype=np.int64)
        for number, part in enumerate(tangent_parts(program)):
            _mark(counted, when, part.counted, number)
            _mark(agents, when, part.agents, number)
        for number, overflow in enumerate(overflowing(program.on, program.decide)):
            vendor = overflow.vendors[0]  # of several numbers the least is that of the widest part
            _mark(busy, when, vendor.busy[overflow.number], number)
            _mark(own, when, vendor.agents[overflow.number], number)
            _mark(agents, when, overflow.agents, number)
        self.plane_of = _least(row, busy[column], len(rows))
        whole = (value == 1.0) & (self.plane_of[row] == _FAR)
        self.tangent_of = _least(row[whole], counted[column[whole]], len(rows))
        named = (busy[column] < _FAR) | (counted[column] < _FAR)
        self.at = np.zeros(len(rows), dtype=np.int64)
        self.at[row[named]] = when[column[named]]
        self.slopes = np.zeros((len(rows), 3))
        r, n, d = own[column] < _FAR, agents[column] < _FAR, counted[column] < _FAR
        self.slopes[row[r], 0] = value[r]
        self.slopes[row[n], 1] = -value[n]
        self.slopes[row[d], 2] = -value[d]
        self.slopes[:, 1] -= self.slopes[:, 0]


def _mark(numbers: Counts, when: Counts, places: Counts, number: int) -> None:
    """Give the columns of a family, one per interval, a number and their interval."""
    at = np.flatnonzero(places != NOWHERE) if places.size else np.zeros(0, dtype=np.int64)
    numbers[places[at]], when[places[at]] = np.minimum(numbers[places[at]], number), at


def _least(row: Counts, numbers: Counts, count: int) -> Counts:
    """(R,) the least number among a row's columns; the largest there is where it has none."""
    found = np.full(count, _FAR)
    np.minimum.at(found, row, numbers)
    return found
