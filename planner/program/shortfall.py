"""Where the labour there is falls short: the relaxation, with floors and promises that may be missed.

Planes of overflow are left away: they hold above the floor alone, and what minutes cost is no matter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from planner.arrays import Floats
from planner.program.build import Program
from planner.program.separate import first_rows, violated_losses
from planner.solver.linear import LinearSession, LinearSolution
from planner.solver.matrix import Matrix, Rows, relaxed, with_rows

_LITTLE = 1e-6
_MOST_ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Soft:
    """The program with a slack column behind each floor and promise row; missing them is all that costs.

    matrix : whole numbers relaxed; the slack columns come last
    rows : the rows with slack, in the order of their columns
    first : the first slack column
    """

    matrix: Matrix
    rows: np.ndarray
    first: int


@dataclass(frozen=True, slots=True)
class Short:
    """A run of intervals in which a queue's floor is missed; epochs of its beginning and end.

    most : agents short in the worst of them
    """

    queue: str
    start: int
    end: int
    most: float
    line: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A promise over a day or week that is missed, by so many contacts or minutes.

    start, end : epochs of its first interval's beginning and its last one's end
    """

    queue: str
    budget: str
    start: int
    end: int
    beyond: float
    unit: str
    line: str


def shortfalls(program: Program, session: LinearSession) -> list[str]:
    """Lines that say where agents or answered contacts are missing, the worst first; empty if none are."""
    return [one.line for one in missing_where(program, session)]


def missing_where(program: Program, session: LinearSession) -> list[Short | Missed]:
    """Where agents or answered contacts are missing, the worst first of every queue; empty if none are."""
    found = _least_missing(program, session)
    if found is None:
        return []
    soft, solution = found
    slack = solution.values[soft.first :]
    names = [program.matrix.rows.names[row] for row in soft.rows]
    short = {name: float(value) for name, value in zip(names, slack, strict=True) if value > _LITTLE}
    return [*_floors(program, short), *_promises(program, short)]


def blamed(program: Program, session: LinearSession) -> frozenset[str]:
    """Names of the rows and columns whose bounds prove by their duals that something is missing."""
    found = _least_missing(program, session)
    if found is None:
        return frozenset()
    soft, solution = found
    rows = program.matrix.rows.names
    duals = solution.row_duals[: len(rows)]
    columns = program.matrix.column_names
    pulled = np.flatnonzero(solution.reduced_costs[: soft.first] < -_LITTLE)
    return frozenset(
        [rows[r] for r in np.flatnonzero(np.abs(duals) > _LITTLE)] + [columns[c] for c in pulled]
    )


def _least_missing(program: Program, session: LinearSession) -> tuple[Soft, LinearSolution] | None:
    """The relaxation that misses least, rows on demand added; None where no point keeps the other rules."""
    soft = softened(program.matrix)
    session.load(with_rows(soft.matrix, first_rows(program)))
    solution = session.solve()
    for _ in range(_MOST_ROUNDS):
        if solution.status != "optimal":
            return None
        missing = violated_losses(program, solution.values[: soft.first], 1e-4)
        if not len(missing.rows):
            break
        session.add_rows(missing.rows)
        solution = session.solve()
    return (soft, solution) if solution.status == "optimal" else None


def softened(matrix: Matrix) -> Soft:
    """The program in which floors and promises may be missed, at the price of 1 for each agent or contact."""
    rows = np.array(
        [r for r, name in enumerate(matrix.rows.names) if name.startswith(("floor_", "promise_"))],
        dtype=np.int64,
    )
    sign = np.array([1.0 if matrix.rows.names[r].startswith("floor_") else -1.0 for r in rows])
    first, every = matrix.cost.size, matrix.rows
    counted = np.array([name.startswith("V_") for name in matrix.column_names])  # more, below a floor
    implied = np.array([name.startswith("whole_") for name in every.names])  # by floors, which may be missed
    starts, columns, values = every.starts.copy(), every.columns, every.values
    ends = every.starts[rows + 1]
    softened = Rows(
        every.names,
        starts + np.searchsorted(rows, np.arange(starts.size), side="left"),
        np.insert(columns, ends, first + np.arange(rows.size)),
        np.insert(values, ends, sign),
        np.where(implied, -np.inf, every.lower),
        every.upper,
    )
    soft = replace(
        relaxed(matrix),
        column_names=(*matrix.column_names, *(f"missing_{r}" for r in rows)),
        cost=np.concatenate([np.zeros(first), np.ones(rows.size)]),
        offset=0.0,
        lower=np.concatenate([matrix.lower, np.zeros(rows.size)]),
        upper=np.concatenate([np.where(counted, np.inf, matrix.upper), np.full(rows.size, np.inf)]),
        integer=np.zeros(first + rows.size, dtype=np.bool_),
        rows=softened,
    )
    return Soft(soft, rows, first)


def _floors(program: Program, short: dict[str, float]) -> Iterator[Short]:
    """Runs of intervals in which a queue's floor is missed."""
    calendar = program.below.calendar
    for q, queue in enumerate(program.below.queues):
        missing = {t: short[f"floor_{q}_{t}"] for t in range(calendar.intervals) if f"floor_{q}_{t}" in short}
        runs = groupby(enumerate(sorted(missing)), key=lambda pair: pair[1] - pair[0])
        found = [[t for _, t in run] for _, run in runs]
        for run in sorted(found, key=lambda run: -max(missing[t] for t in run)):
            first, last = int(calendar.epoch[run[0]]), int(calendar.epoch[run[-1]]) + calendar.interval
            begin, end = calendar.local(first), calendar.local(last)
            most = max(missing[t] for t in run)
            line = f"{queue.name}: {begin:%a %Y-%m-%d %H:%M}-{end:%H:%M}: up to {most:.1f} agents short"
            yield Short(queue.name, first, last, most, line)


def _promises(program: Program, short: dict[str, float]) -> Iterator[Missed]:
    calendar = program.below.calendar
    unit = {
        "lost": "contacts too many lost",
        "late": "contacts too many answered late",
        "waited": "minutes too long waited",
    }
    for q, queue in enumerate(program.below.queues):
        for part in queue.measured:
            for budget in part.budgets:
                beyond: Floats | float = short.get(f"promise_{budget.name}_{q}", 0.0)
                if beyond:
                    kind = budget.name.replace("_", " ")
                    line = f"{queue.name}: {kind}: {beyond:.1f} {unit[part.kind]}"
                    first, last = (int(calendar.epoch[budget.intervals[end]]) for end in (0, -1))
                    end = last + calendar.interval
                    yield Missed(queue.name, kind, first, end, float(beyond), unit[part.kind], line)
