"""The same program handed whole to other solvers, and our walk from the scenario to the plan."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import median
from typing import Any

import pulp
import pytest

from planner import Plan
from tests.bench import instances
from tests.bench.footprint import Footprint, footprint, module
from tests.bench.ours import Watched, watched
from tests.bench.record import Bench, Row, Table, at_least, leave, limit, measured, percent, ratio, seconds
from tests.bench.whole import GAPS

SOLVERS = ("scip", "highs", "cbc")
LIMIT = limit("WHOLE", 300)
OURS_LIMIT = limit("OURS", 120)
SAME = 1e-3  # share of the cost by which a bound on the whole program may lie above a cost of ours

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


@pytest.mark.parametrize("name", ["peak", "peak-hourly"])
def test_whole_program_by_other_solvers(name: str, benchmark: Bench, tmp_path: Path) -> None:
    scenario = instances.write(name, tmp_path)
    ours, theirs = measured(benchmark, lambda: turn_about(scenario))
    rows = [row(name, solver, ours, found) for solver, found in theirs.items()]
    benchmark.extra_info["raw"] = raw(ours, theirs)
    leave(benchmark, Table("whole", rows, left_out()), Table("memory", memory(name, ours, theirs)))
    for found, _ in theirs.values():
        assert all(agree(found, one.plan) for one in ours if one.plan is not None)


def agree(found: dict[str, Any], plan: Plan) -> bool:
    """Whether neither bound lies above the other's cost."""
    below = found["bound"] is None or found["bound"] <= plan.cost * (1 + SAME)
    return below and (found["cost"] is None or plan.bound is None or plan.bound <= found["cost"] * (1 + SAME))


def raw(ours: list[Watched], theirs: dict[str, tuple[dict[str, Any], Footprint]]) -> dict[str, object]:
    """Every run's own figures, so that a ratio can be traced to what it was made from."""
    return {"ours": [_raw(one) for one in ours]} | {
        solver: {**found, "peak_bytes": ran.peak_bytes} for solver, (found, ran) in theirs.items()
    }


def _raw(one: Watched) -> dict[str, object]:
    figures: dict[str, object] = {str(gap): one.gap_seconds[gap] for gap in GAPS}
    return figures | {
        "peak_bytes": one.peak_bytes,
        "bound_seconds": one.bound_seconds,
        "seconds": one.seconds,
    }


def solvers() -> list[str]:
    return [solver for solver in SOLVERS if solver != "cbc" or hasattr(pulp, "PULP_CBC_CMD")]


def left_out() -> list[str]:
    return [] if "cbc" in solvers() else ["CBC was left out: PuLP 4 does not bring it."]


def turn_about(scenario: Path) -> tuple[list[Watched], dict[str, tuple[dict[str, Any], Footprint]]]:
    """One solver after the other, ours before each."""
    ours, theirs = [], {}
    for solver in solvers():
        ours.append(watched(scenario, GAPS, OURS_LIMIT))
        ran = footprint(module("tests.bench.whole", solver, str(scenario), str(LIMIT)))
        theirs[solver] = (json.loads(ran.output), ran)
    return ours, theirs


def typical(ours: list[Watched], gap: float) -> float | None:
    """Median time to a gap; None where most runs did not get there."""
    reached = sorted(one.gap_seconds[gap] or float("inf") for one in ours)
    middle = reached[len(reached) // 2]
    return None if middle == float("inf") else middle


def row(name: str, solver: str, ours: list[Watched], theirs: tuple[dict[str, Any], Footprint]) -> Row:
    found, _ = theirs
    cells: Row = {"Scenario": name, "Solver": {"scip": "SCIP", "highs": "HiGHS", "cbc": "CBC"}[solver]}
    for gap in GAPS:
        its, mine = found["seconds"][str(gap)], typical(ours, gap)
        cells[f"Time to {100 * gap:g} % / ours"] = at_least(its, mine, LIMIT, OURS_LIMIT)
    cells["Gap at its end"] = percent(found["gap"]) if found["cost"] is not None else "no plan"
    pairs = [(found["seconds"][str(gap)], typical(ours, gap)) for gap in GAPS]
    cells["Seconds, its / ours"] = "; ".join(
        f"{seconds(its, LIMIT)} / {seconds(mine, OURS_LIMIT)}" for its, mine in pairs
    )
    cells["Rows, non-zeros"] = f"{found['rows']:,}, {found['nonzeros']:,}"
    return cells


def memory(name: str, ours: list[Watched], theirs: dict[str, tuple[dict[str, Any], Footprint]]) -> list[Row]:
    mine = median(one.peak_bytes for one in ours)
    labels = {"scip": "SCIP", "highs": "HiGHS", "cbc": "PuLP and CBC"}
    rows = [{"Scenario": name, "Who": "`planner plan`", "Peak / ours": "1", "Peak": f"{mine / 1e6:,.0f} MB"}]
    for solver, (_, ran) in theirs.items():
        peak = ran.peak_bytes
        rows.append(
            {
                "Scenario": name,
                "Who": labels[solver],
                "Peak / ours": ratio(peak / mine),
                "Peak": f"{peak / 1e6:,.0f} MB",
            }
        )
    return rows
