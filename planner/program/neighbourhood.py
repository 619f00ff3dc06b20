"""A few days of a plan set free, everything else held: small programs that better a plan quickly."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from scipy import sparse

from planner.arrays import Counts, Flags
from planner.program.build import Program
from planner.program.decisions import NOWHERE

WIDTH = 2
"""Days that are free together; with one alone, shifts that end on the next day could not move."""

Window: TypeAlias = int
"""Index of the first day of a neighbourhood."""


def windows(program: Program) -> list[Window]:
    """The neighbourhoods, every other day and then those between; none on a short calendar."""
    days = len(program.on.calendar.days)
    return [*range(0, days, 2), *range(1, days, 2)] if days > 2 * WIDTH else []


def overlap(program: Program, one: Window, other: Window) -> bool:
    """Whether there is an interval that patterns of both neighbourhoods work."""
    return bool((touched_intervals(program, one) & touched_intervals(program, other)).any())


def _days(program: Program, first: Window) -> set[int]:
    days = len(program.on.calendar.days)
    return {(first + day) % days for day in range(WIDTH)}


def held_columns(program: Program, first: Window) -> Counts:
    """Columns to hold so that only the patterns of WIDTH days, and the intervals they work, are free.

    Headcount and desks stay free; AI levels are the caller's to hold.
    """
    free = _days(program, first)
    held = []
    for pool, columns in zip(program.on.pools, program.decide.pools, strict=True):
        held.append(columns.people[~np.isin(pool.patterns.day, list(free))])
    touched = touched_intervals(program, first)
    split = [places for pool in program.decide.pools for places in (pool.present, *pool.agents.values())]
    served = [places for queue in program.decide.queues for places in (queue.agents, *queue.counted)]
    vendors = program.decide.vendors
    supplied = [places for one in vendors for places in (*one.agents.values(), *one.busy.values())]
    held += [places[~touched & (places != NOWHERE)] for places in (*split, *served, *supplied)]
    return np.concatenate(held)


def touched_intervals(program: Program, first: Window) -> Flags:
    """(T,) intervals that any pattern of a neighbourhood's days works."""
    days = _days(program, first)
    touched = np.zeros(program.on.calendar.intervals, dtype=np.bool_)
    for pool in program.on.pools:
        mine = np.flatnonzero(np.isin(pool.patterns.day, list(days)))
        touched[np.unique(sparse.csc_array(pool.patterns.work)[:, mine].indices)] = True
    return touched
