"""The least shortfall there is: floors and promises may be missed, and as little of them as possible is.

(E5) of docs/explanation/why.md. First the shortfall is made least, then, at that shortfall, the cost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Flags, Floats, frozen_counts
from planner.diagnosis.rounding import rounded
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
from planner.solver.relaxation import NoPointHolds, Relaxation, relaxation

_TOLERANCE, _CONTENT = 1e-5, 1e-4
_MOST_ROUNDS = 30
_SLACK, _LITTLE_MORE = 1e-6, 1e-4
"""By which the least cost may miss more than the least shortfall: rows on demand differ between the two."""
_FIRST_SHARE = 0.5
"""Of the time, for the least shortfall; the rest is for the least cost at it."""
_SPLIT_SECONDS = 20.0
_TICK = 0.2
LARGE_ENTRIES = 20_000
_MOST_GAP = 1e-3
_NO_PROMISES = "rules that are no promises contradict each other"


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
class _Asked:
    """The program that may miss floors and promises, and where it is solved.

    weights : of the slack columns, by (E5); 0 of all others
    """

    program: Program
    soft: Soft
    weights: Floats
    session: LinearSession
    effort: Effort

    @property
    def shortest(self) -> Matrix:
        """What costs is the shortfall."""
        return replace(self.soft.matrix, cost=self.weights, offset=0.0)

    def cheapest(self, most: float) -> Matrix:
        """What costs is money; the shortfall is no larger than this."""
        cost = np.concatenate([self.program.matrix.cost, np.zeros(self.weights.size - self.soft.first)])
        matrix = replace(self.soft.matrix, cost=cost, offset=self.program.matrix.offset)
        return with_rows(matrix, _at_most(self.weights, most))

    def own(self, values: Floats) -> Floats:
        """The columns of the program as written."""
        return values[: self.soft.first]

    def whole(self, size: int) -> Flags:
        """Which of so many columns are whole numbers: slack never is."""
        own = self.program.matrix.integer
        return np.concatenate([own, np.zeros(size - own.size, dtype=np.bool_)])


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

    A large program begins with the people of its relaxation, rounded.

    Raises
    ------
    NoPlanExists
        If rules that are no promises leave no plan at all.
    OutOfTime, Interrupted
        If the run ended before the first plan.
    """
    program = build(on)
    soft = softened(program.matrix)
    with LinearSession(effort.deadline + _SPLIT_SECONDS, stopped=effort.stopped) as session:
        asked = _Asked(program, soft, _weights(program, soft), session, effort)
        relaxed = _relaxed(asked, asked.shortest, first_rows(program))
        large = len(program.matrix.rows.values) > LARGE_ENTRIES
        return _searched(asked, relaxed, _begun(asked, relaxed) if large else None)


def _searched(asked: _Asked, relaxed: Relaxation, start: Floats | None) -> Least:
    """Two integer programs: the least shortfall, and the least cost at it."""
    effort, now = asked.effort, time.monotonic()
    half = replace(effort, deadline=now + _FIRST_SHARE * (effort.deadline - now))
    first = _solved(asked, (asked.shortest, relaxed, start), half)
    second = _cheapest(asked, first)
    made = _counted(asked, second.values)
    return Least(made, first.value, max(0.0, first.bound), second.bound, first.proven and second.proven)


def _cheapest(asked: _Asked, first: _Solved) -> _Solved:
    """The least cost with a shortfall no larger than this; the same plan where no other is found in time."""
    cheap, bound = asked.cheapest(first.value), -np.inf
    try:
        relaxed = _relaxed(asked, cheap, first.rows)
        bound = relaxed.bound
        whole = with_rows(replace(cheap, integer=asked.whole(cheap.cost.size)), relaxed.rows)
        start = _again(whole, first.values, asked.effort)
        return _solved(asked, (cheap, relaxed, start), asked.effort)
    except (OutOfTime, NoPlanExists):
        return replace(first, bound=bound, proven=False)


def _counted(asked: _Asked, values: Floats) -> Candidate:
    """The plan of a point, split and counted exactly with what was promised."""
    on, own = asked.program.on, asked.own(values)
    people, level = decided(asked.program, own)
    return candidate(on, people, level, Splits(on, asked.session), seen(asked.program, own))


def _begun(asked: _Asked, relaxed: Relaxation) -> Floats | None:
    """Where a large program begins: the relaxation's people rounded, what else is whole solved for them.

    None where rules on patterns leave rounding little sense.
    """
    on, own = asked.program.on, asked.own(relaxed.values)
    if any(
        pool.rules.maximum_patterns is not None or (pool.patterns.minimum_people > 1).any()
        for pool in on.pools
    ):
        return None
    lower, upper = np.array(asked.soft.matrix.lower), np.array(asked.soft.matrix.upper)
    for pool, columns in zip(on.pools, asked.program.decide.pools, strict=True):
        lower[columns.people] = upper[columns.people] = rounded(pool, on.calendar, own[columns.people])
    _, level = decided(asked.program, own)
    for queue, k in zip(asked.program.decide.queues, level, strict=True):
        if queue.level.size:
            lower[queue.level] = upper[queue.level] = np.arange(queue.level.size) == k
    fixed = replace(asked.shortest, lower=lower, upper=upper, integer=asked.whole(asked.weights.size))
    event = _run(with_rows(fixed, relaxed.rows), asked.effort)
    return event.values


def _weights(program: Program, soft: Soft) -> Floats:
    """(E5)  An agent short counts 1, a promise what is beyond it / what it allows."""
    allowed = {
        f"promise_{budget.name}_{q}": budget.limit * queue.demand.contacts[budget.intervals].sum(axis=0).max()
        for q, queue in enumerate(program.below.queues)
        for part in queue.measured
        for budget in part.budgets
    }
    names = [program.matrix.rows.names[row] for row in soft.rows]
    each = [1.0 / max(allowed[name], 1e-9) if name in allowed else 1.0 for name in names]
    return np.concatenate([np.zeros(soft.first), np.array(each)])


def _at_most(weights: Floats, value: float) -> Rows:
    """One row: the shortfall is no larger than this."""
    columns = np.flatnonzero(weights)
    return Rows(
        ("least_shortfall",),
        frozen_counts([0, columns.size]),
        frozen_counts(columns),
        weights[columns],
        np.array([-np.inf]),
        np.array([value * (1 + _LITTLE_MORE) + _SLACK]),
    )


def _solved(asked: _Asked, to: tuple[Matrix, Relaxation, Floats | None], effort: Effort) -> _Solved:
    """The integer program, rows added on demand until its best point lies below none.

    to : the program, its relaxation, and a point to begin with
    """
    matrix, relaxed, start = to
    rows, bound = relaxed.rows, relaxed.bound
    whole = replace(matrix, integer=asked.whole(matrix.cost.size))
    best: Event | None = None
    for _ in range(_MOST_ROUNDS):
        event = _run(with_rows(whole, rows), effort, start)
        if event.status == "infeasible":
            raise NoPlanExists([_NO_PROMISES])
        if event.values is None:
            break
        best = event
        bound = max(bound, event.bound if event.bound is not None else -np.inf)
        missing = violated_losses(asked.program, asked.own(event.values), _TOLERANCE)
        if not len(missing.rows) or missing.violation < _CONTENT or event.status != "optimal":
            break
        rows = stacked(rows, missing.rows)
        start = _again(with_rows(whole, rows), event.values, effort)
    if best is None or best.values is None or best.cost is None:
        raise Interrupted("stopped before a plan") if effort.stopped() else OutOfTime("no plan in time")
    return _Solved(best.values, best.cost, bound, rows, best.status == "optimal")


def _again(whole: Matrix, values: Floats, effort: Effort) -> Floats | None:
    """The same whole numbers where rows were added: all else solved for them again."""
    fixed = np.round(values)
    lower = np.where(whole.integer, fixed, whole.lower)
    upper = np.where(whole.integer, fixed, whole.upper)
    return _run(replace(whole, lower=lower, upper=upper), effort).values


def _relaxed(asked: _Asked, matrix: Matrix, rows: Rows) -> Relaxation:
    """The relaxation; its rows are those given and those added on demand."""

    def separate(values: Floats) -> tuple[Rows, bool]:
        missing = violated_losses(asked.program, asked.own(values), _TOLERANCE)
        return missing.rows, missing.violation < _CONTENT or asked.effort.stopped()

    try:
        done = relaxation((matrix, rows), separate, asked.session, lambda bound: None)
    except NoPointHolds as failure:
        raise NoPlanExists([_NO_PROMISES]) from failure
    return replace(done, rows=stacked(rows, done.rows))


def _run(matrix: Matrix, effort: Effort, start: Floats | None = None) -> Event:
    """One integer program, to its end or the deadline."""
    gap = min(effort.limits.gap, _MOST_GAP)
    engine: Engine = "highs" if effort.limits.solver == "highs" else "scip"
    with Runs(effort.deadline) as runs:
        runs.start(Task("short", engine, matrix, gap, effort.limits.seed, start))
        last: Event | None = None
        while runs.running:
            event = runs.next(_TICK)
            last = event or last
            if effort.stopped():
                break
    if last is None:
        raise OutOfTime("no plan in time")
    return last
