"""The least shortfall there is: floors and promises may be missed, and as little of them as possible is.

(W5) of docs/explanation/why.md. First the shortfall is made least, then, at that shortfall, the cost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Floats, frozen_counts
from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.program.assignment import Splits
from planner.program.build import Program, build
from planner.program.candidate import Candidate, candidate, decided, seen
from planner.program.instance import Instance
from planner.program.separate import first_rows, violated_losses
from planner.program.shortfall import Soft, softened
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows, stacked, with_rows
from planner.solver.mixed import Event, Runs, Task
from planner.solver.process import Engine
from planner.solver.relaxation import NoPointHolds, relaxation

_TOLERANCE, _CONTENT = 1e-5, 1e-4
_MOST_ROUNDS = 30
_SLACK = 1e-6
_FIRST_SHARE = 0.5
"""Of the time, for the least shortfall; the rest is for the least cost at it."""
_SPLIT_SECONDS = 20.0
_TICK = 0.2


@dataclass(frozen=True, slots=True)
class Least:
    """The plan with the least shortfall.

    missing : agents below floors, and shares of what promises allow
    missing_bound : no plan is short of less
    cost_bound : no plan that is short of no more can cost less; -inf if nothing was proven
    proven : whether both searches ended by themselves
    """

    made: Candidate
    missing: float
    missing_bound: float
    cost_bound: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a search may take, in time.monotonic terms, and how it is stopped."""

    limits: SolverLimits
    deadline: float
    stopped: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class _Solved:
    """The best point of an integer program, its value and bound, and the rows that were added on the way."""

    values: Floats
    value: float
    bound: float
    rows: Rows
    proven: bool


def least_shortfall(on: Instance, effort: Effort) -> Least:
    """The plan with the least shortfall, and of those the cheapest, both as far as time allows.

    Raises
    ------
    NoPlanExists
        If rules that are no promises leave no plan at all.
    OutOfTime, Interrupted
        If the run ended before the first plan.
    """
    program = build(on)
    soft = softened(program.matrix)
    weights = _weights(program, soft)
    now = time.monotonic()
    until = now + _FIRST_SHARE * (effort.deadline - now)
    short = replace(soft.matrix, cost=weights, offset=0.0)
    first = _solved(program, soft, (short, first_rows(program)), replace(effort, deadline=until))
    most = _at_most(weights, first.value)
    cheap = replace(
        soft.matrix, cost=_padded(program.matrix.cost, weights.size), offset=program.matrix.offset
    )
    try:
        second = _solved(program, soft, (with_rows(cheap, most), first.rows), effort)
    except (OutOfTime, NoPlanExists):
        second = replace(first, bound=-np.inf, proven=False)
    with LinearSession(max(effort.deadline, time.monotonic()) + _SPLIT_SECONDS) as session:
        people, level = decided(program, second.values[: soft.first])
        made = candidate(on, people, level, Splits(on, session), seen(program, second.values[: soft.first]))
    return Least(made, first.value, max(0.0, first.bound), second.bound, first.proven and second.proven)


def _weights(program: Program, soft: Soft) -> Floats:
    """(W5)  An agent short counts 1, a promise what is beyond it / what it allows."""
    allowed = {
        f"promise_{budget.name}_{q}": budget.limit * queue.demand.contacts[budget.intervals].sum(axis=0).max()
        for q, queue in enumerate(program.below.queues)
        for part in queue.measured
        for budget in part.budgets
    }
    names = [program.matrix.rows.names[row] for row in soft.rows]
    each = [1.0 / max(allowed[name], 1e-9) if name in allowed else 1.0 for name in names]
    return np.concatenate([np.zeros(soft.first), np.array(each)])


def _padded(cost: Floats, size: int) -> Floats:
    return np.concatenate([cost, np.zeros(size - cost.size)])


def _at_most(weights: Floats, value: float) -> Rows:
    """One row: the shortfall is no larger than this."""
    columns = np.flatnonzero(weights)
    return Rows(
        ("least_shortfall",),
        frozen_counts([0, columns.size]),
        frozen_counts(columns),
        weights[columns],
        np.array([-np.inf]),
        np.array([value * (1 + _SLACK) + _SLACK]),
    )


def _solved(program: Program, soft: Soft, asked: tuple[Matrix, Rows], effort: Effort) -> _Solved:
    """The integer program, rows added on demand until its best point lies below none."""
    matrix, rows = asked
    rows, bound = _relaxed(program, soft, (matrix, rows), effort)
    whole = np.concatenate([program.matrix.integer, np.zeros(matrix.cost.size - soft.first, dtype=np.bool_)])
    best: Event | None = None
    for _ in range(_MOST_ROUNDS):
        event = _run(with_rows(replace(matrix, integer=whole), rows), effort)
        if event.status == "infeasible":
            raise NoPlanExists(["rules that are no promises contradict each other"])
        if event.values is None:
            break
        best = event
        bound = max(bound, event.bound if event.bound is not None else -np.inf)
        missing = violated_losses(program, event.values[: soft.first], _TOLERANCE)
        if not len(missing.rows) or missing.violation < _CONTENT or event.status != "optimal":
            break
        rows = stacked(rows, missing.rows)
    if best is None or best.values is None or best.cost is None:
        raise (
            Interrupted("stopped before the first plan") if effort.stopped() else OutOfTime("no plan in time")
        )
    return _Solved(best.values, best.cost, bound, rows, best.status == "optimal")


def _relaxed(program: Program, soft: Soft, asked: tuple[Matrix, Rows], effort: Effort) -> tuple[Rows, float]:
    """Rows on demand of the relaxation, and its bound."""

    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated_losses(program, values[: soft.first], _TOLERANCE)
        return missing.rows, missing.violation < _CONTENT or effort.stopped()

    with LinearSession(effort.deadline, stopped=effort.stopped) as session:
        try:
            done = relaxation(asked, separate, session, lambda bound: None)
        except NoPointHolds as failure:
            raise NoPlanExists(["rules that are no promises contradict each other"]) from failure
    return stacked(asked[1], done.rows), done.bound


def _run(matrix: Matrix, effort: Effort) -> Event:
    """One integer program, to its end or the deadline."""
    engine: Engine = "highs" if effort.limits.solver == "highs" else "scip"
    with Runs(effort.deadline) as runs:
        runs.start(Task("short", engine, matrix, gap=min(effort.limits.gap, 1e-3), seed=effort.limits.seed))
        last: Event | None = None
        while runs.running:
            event = runs.next(_TICK)
            last = event or last
            if effort.stopped():
                break
    if last is None:
        raise OutOfTime("no plan in time")
    return last
