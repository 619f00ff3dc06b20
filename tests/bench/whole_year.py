"""A whole year written out as one integer program, for a solver of others.

python -m tests.bench.whole_year SOLVER YEAR SECONDS    prints what scip or highs reached, as JSON
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from planner.arrays import Counts
from planner.solver.matrix import Matrix, Rows, stacked, with_bounds, with_rows
from planner.solver.mixed import Runs, Task
from planner.solver.process import Engine
from planner.year import Year, read_year
from planner.year.figures import ai_fees, teams_of
from planner.year.groups import groups_of
from planner.year.known import Known
from planner.year.master import Question, Solving, people_of
from planner.year.question import setups
from planner.year.sheet import Sheet
from tests.bench.whole import loss_rows

FEW_SLOPES = 12
"""Per interval and queue: as few as keep the program small enough to be handed over."""
PATIENCE = 1.05


def whole_year(year: Year, slopes: int = FEW_SLOPES) -> Matrix:
    """Every season's program with all its loss rows, its people joined by (Y2) to (Y4)."""
    with groups_of(year, Solving(time.monotonic() + 600)) as groups:
        teams = teams_of(year, groups.pay, groups.useful)
        fees = np.concatenate([ai_fees(year), [*setups(year).values()], np.zeros(len(year.linked.platforms))])
        known = tuple(Known() for _ in year.seasons)
        asked = Question(teams, year.repeats, fees, known, platforms=len(year.linked.platforms))
        sheet = Sheet()
        columns = people_of(sheet, asked)
        whole = sheet.matrix()
        for s, group in enumerate(groups.of):
            relaxation = group.relaxation
            matrix = with_rows(relaxation.limited, loss_rows(relaxation.program, slopes))
            first = len(relaxation.program.matrix.rows)
            limits = np.arange(first, first + year.linked.size)
            whole = _beside(whole, _without_dear(matrix, relaxation.program.matrix), float(asked.repeats[s]))
            whole = _linked(whole, matrix, limits, [*columns.shifts[:, s], *columns.bought])
    return whole


def _without_dear(matrix: Matrix, own: Matrix) -> Matrix:
    """The program without people beyond its limits."""
    dear = np.arange(len(own.cost), len(matrix.cost))
    return with_bounds(matrix, dear, np.zeros(dear.size), np.zeros(dear.size))


def _beside(whole: Matrix, season: Matrix, repeats: float) -> Matrix:
    """Both programs, the season's after what there is, its money as often as it comes."""
    rows = replace(season.rows, columns=season.rows.columns + len(whole.cost), names=())
    return Matrix(
        (*whole.column_names, *(f"{name}_{len(whole.cost)}" for name in season.column_names)),
        np.concatenate([whole.cost, repeats * season.cost]),
        whole.offset + repeats * season.offset,
        np.concatenate([whole.lower, season.lower]),
        np.concatenate([whole.upper, season.upper]),
        np.concatenate([whole.integer, season.integer]),
        stacked(replace(whole.rows, names=()), rows),
    )


def _linked(whole: Matrix, season: Matrix, limits: Counts, columns: Sequence[int]) -> Matrix:
    """The season's rows of limits, each with the year's own column in place of a number."""
    begin = len(whole.cost) - len(season.cost)
    places, values, ends = [], [], [0]
    for row, column in zip(limits, columns, strict=True):
        part = slice(int(season.rows.starts[row]), int(season.rows.starts[row + 1]))
        places += [*(season.rows.columns[part] + begin).tolist(), int(column)]
        values += [*season.rows.values[part].tolist(), -1.0]
        ends.append(len(places))
    count = len(ends) - 1
    rows = Rows(
        (), np.array(ends), np.array(places), np.array(values), np.full(count, -np.inf), np.zeros(count)
    )
    return with_rows(whole, rows)


def solved(solver: Engine, matrix: Matrix, limit: float, gap: float = 0.005) -> dict[str, object]:
    """What a solver reaches by itself: cost, bound and when it was within 1 %."""
    options: dict[str, float | int | str | bool] = {}
    if solver == "highs":
        options = {"threads": os.cpu_count() or 1, "parallel": "choose"}
    cost, bound, first, near = None, None, None, None
    with Runs(time.monotonic() + PATIENCE * limit) as runs:
        runs.start(Task("whole", solver, matrix, gap=gap, options=options))
        while (event := runs.next(2 * PATIENCE * limit)) is not None:
            cost, bound = event.cost, event.bound
            if cost is not None and first is None:
                first = event.seconds
            within = cost is not None and bound is not None and cost - bound <= 0.01 * abs(cost)
            if within and near is None and event.seconds <= limit:
                near = event.seconds
    end = None if cost is None or bound is None else (cost - bound) / abs(cost)
    size = {"rows": len(matrix.rows), "columns": len(matrix.cost), "nonzeros": len(matrix.rows.values)}
    return {**size, "cost": cost, "bound": bound, "gap": end, "first_seconds": first, "near_seconds": near}


def main(arguments: Sequence[str]) -> None:
    """Solve as the command line says and print the outcome."""
    solver, path, limit = arguments
    if solver == "scip":
        found = solved("scip", whole_year(read_year(Path(path))), float(limit))
    elif solver == "highs":
        found = solved("highs", whole_year(read_year(Path(path))), float(limit))
    else:
        sys.exit("SOLVER is one of scip, highs")
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
