"""The whole program at once, with every loss row that matters, for a solver of others.

python -m tests.bench.whole SOLVER SCENARIO SECONDS    prints what scip, highs or cbc reached, as JSON
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Any

import numpy as np
import pulp

from planner.arrays import Counts, Floats
from planner.problem import read_problem
from planner.program.build import Program, build
from planner.program.decisions import NOWHERE, QueueColumns
from planner.program.instance import Measured, QueueInstance, instance
from planner.program.tangents import Curves, Points, intercepts, nearby
from planner.solver.matrix import Rows, no_rows, stacked, with_rows
from planner.solver.mixed import Runs, Task
from planner.solver.process import Engine

GAPS = (0.01, 0.005)
SLOPES = 40  # per interval and queue: the relaxation misses the tables by less than 1e-4 of the contacts
FLATTEST = 0.05  # share of the steepest slope; flatter rows say next to nothing
PATIENCE = 1.05  # a solver is stopped a little before the deadline of its runs: not before its limit


@dataclass(frozen=True, slots=True)
class Reached:
    """What a solver reached on the whole program.

    rows, columns, nonzeros : the program's size
    seconds : {gap: seconds of the solver alone, or None where it was not there in time}
    cost, bound : at the end, None where there was none
    """

    rows: int
    columns: int
    nonzeros: int
    seconds: dict[str, float | None]
    cost: float | None
    bound: float | None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost at the end."""
        if self.cost is None or self.bound is None:
            return None
        return max(0.0, (self.cost - self.bound) / self.cost)


def loss_rows(program: Program, slopes: int = SLOPES) -> Rows:
    """(M4) for so many slopes per interval and queue, from the steepest at a floor down in equal ratios.

    Every row is lifted over the AI levels, so it holds whatever level is chosen.
    """
    found = no_rows()
    for queue, columns in zip(program.on.queues, program.decide.queues, strict=True):
        parts = zip(queue.measured, columns.counted, strict=True)
        found = reduce(
            stacked, (_rows(queue, columns, part, counted, slopes) for part, counted in parts), found
        )
    return found


def _rows(queue: QueueInstance, columns: QueueColumns, part: Measured, counted: Counts, slopes: int) -> Rows:
    """V - s n - sum_k beta_k z_k >= 0, or V - s n >= beta where there is one level."""
    intervals = np.flatnonzero(counted != NOWHERE)
    tables, scale = part.tables, queue.demand.contacts * part.unit
    curves = Curves(tables.values, tables.first, tables.offsets, tables.which, np.ascontiguousarray(scale))
    chosen = _slopes(queue, curves, intervals, slopes)
    at, flat = np.repeat(intervals, slopes), chosen.ravel()
    at, flat = at[flat < 0], flat[flat < 0]
    beta = intercepts(curves, at, flat)
    levels = columns.level.size
    places = np.column_stack([counted[at], columns.agents[at], *(np.full(at.size, z) for z in columns.level)])
    values = np.column_stack([np.ones(at.size), -flat, *(-beta[:, k] for k in range(levels))])
    kept = values != 0.0
    ends = np.concatenate([[0], np.cumsum(kept.sum(axis=1))])
    lower = np.zeros(at.size) if levels else beta[:, 0]
    return Rows((), ends, places[kept], values[kept], lower, np.full(at.size, np.inf))


def _slopes(queue: QueueInstance, curves: Curves, intervals: Counts, count: int) -> Floats:
    """(R, count) slopes of each interval; 0 where no agent helps any more."""
    steepest = np.zeros(intervals.size)
    for k in range(queue.levels):
        at_floor = nearby(curves, Points(intervals, queue.floor[intervals, k]), k, 0)[:, 0]
        steepest = np.minimum(steepest, np.nan_to_num(at_floor))
    return np.outer(steepest, np.geomspace(1.0, FLATTEST, count))


def whole(path: Path) -> tuple[Program, Rows]:
    """The program of a scenario and all its loss rows."""
    program = build(instance(read_problem(path)))
    return program, loss_rows(program)


def streamed(solver: Engine, path: Path, limit: float) -> Reached:
    """SCIP or HiGHS by itself; its own plans and bounds say when each gap was reached.

    What comes only as the solver is stopped counts for the gap at its end, not as reached in time: SCIP
    hands over what a heuristic holds when its limit interrupts it, so that moment is the limit's, not SCIP's.
    HiGHS may use as many threads as there are cores; SCIP has one.
    """
    program, rows = whole(path)
    matrix = with_rows(program.matrix, rows)
    cores = os.cpu_count() or 1
    options: dict[str, Any] = {"threads": cores, "parallel": "choose"} if solver == "highs" else {}
    seconds: dict[str, float | None] = {str(gap): None for gap in GAPS}
    cost, bound = None, None
    with Runs(time.monotonic() + PATIENCE * limit) as runs:
        runs.start(Task("whole", solver, matrix, gap=min(GAPS), options=options))
        while (event := runs.next(2 * PATIENCE * limit)) is not None:
            cost, bound = event.cost, event.bound
            for gap in GAPS:
                if seconds[str(gap)] is None and event.seconds <= limit and _near(cost, bound, gap):
                    seconds[str(gap)] = event.seconds
    return Reached(len(matrix.rows), len(matrix.cost), len(matrix.rows.values), seconds, cost, bound)


def _near(cost: float | None, bound: float | None, gap: float) -> bool:
    return cost is not None and bound is not None and cost - bound <= (gap + 1e-9) * cost


def by_cbc(path: Path, limit: float) -> Reached:
    """CBC as PuLP calls it, once per gap: PuLP tells no bounds on the way, so this is its wall time."""
    program, rows = whole(path)
    _add(program, rows)
    seconds: dict[str, float | None] = {str(gap): None for gap in GAPS}
    cost, bound = None, None
    for gap in GAPS:
        started = time.monotonic()
        proven, cost, bound = _cbc(program.written, gap, limit)
        if not proven:
            break
        seconds[str(gap)] = time.monotonic() - started
    matrix = program.matrix
    return Reached(
        len(matrix.rows) + len(rows),
        len(matrix.cost),
        len(matrix.rows.values) + len(rows.values),
        seconds,
        cost,
        bound,
    )


def _add(program: Program, rows: Rows) -> None:
    """Put the loss rows into PuLP's problem."""
    variables = program.decide.variables
    for row in range(len(rows)):
        part = slice(int(rows.starts[row]), int(rows.starts[row + 1]))
        terms = zip((variables[at] for at in rows.columns[part]), map(float, rows.values[part]), strict=True)
        expression = pulp.LpAffineExpression(list(terms))
        program.written.addConstraint(expression >= float(rows.lower[row]), f"loss_{row}")


def _cbc(problem: Any, gap: float, limit: float) -> tuple[bool, float | None, float | None]:
    """Whether CBC proved the gap, and its last cost and bound, read from its log."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        command = pulp.PULP_CBC_CMD(
            msg=False, timeLimit=limit, gapRel=gap, threads=os.cpu_count() or 1, logPath=str(log)
        )
        command.tmpDir = folder
        problem.solve(command)
        said = log.read_text(encoding="utf-8", errors="replace")
    return _proven(said), *_cost_and_bound(said)


def _proven(log: str) -> bool:
    return "Result - Optimal solution found" in log


def _cost_and_bound(log: str) -> tuple[float | None, float | None]:
    """Of the summary at the end of CBC's log; where it stopped early it says both."""
    number = r"\s*(-?[\d.]+(?:e[+-]?\d+)?)"
    cost = re.search(rf"^Objective value:{number}", log, re.MULTILINE)
    bound = re.search(rf"^Lower bound:{number}", log, re.MULTILINE)
    return (float(cost[1]) if cost else None), (float(bound[1]) if bound else None)


def main(arguments: Sequence[str]) -> None:
    """Solve as the command line says and print the outcome."""
    solver, path, limit = arguments
    ways: dict[str, Callable[[Path, float], Reached]] = {
        "scip": partial(streamed, "scip"),
        "highs": partial(streamed, "highs"),
        "cbc": by_cbc,
    }
    if solver not in ways:
        sys.exit(f"SOLVER is one of {', '.join(ways)}")
    found = ways[solver](Path(path), float(limit))
    said = {field: getattr(found, field) for field in Reached.__slots__}
    sys.stdout.write(json.dumps({**said, "gap": found.gap}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
