"""A year as one problem, beside the whole program of all its seasons in the hands of SCIP and HiGHS."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.year import YearPlan
from tests.bench.footprint import footprint, module
from tests.bench.record import Bench, Row, Table, leave, limit, measured, percent, ratio
from tests.scenarios.documents import SCENARIOS

LIMIT = limit("YEAR", 400)
OURS = {"shop": (0.01, 180.0), "months": (0.015, 600.0)}
"""Gap and seconds of each year."""
SAME = 2e-3
"""Share of the cost by which a bound on the whole program may lie above a cost of ours: it has fewer rows."""
_PROGRESS = re.compile(r"^\s*([\d.]+) s  doing .*, gap ([\d.]+) %$", re.MULTILINE)

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


@dataclass(frozen=True, slots=True)
class Ours:
    """A run of `planner year`; near: seconds until the gap was first proven, None where it never was."""

    year: YearPlan
    near: float | None
    seconds: float
    peak_bytes: int


@pytest.mark.parametrize("name", OURS)
def test_a_year_as_one_problem(name: str, benchmark: Bench) -> None:
    path = SCENARIOS / "year" / f"{name}.yaml"
    ours = measured(benchmark, lambda: planned(path, *OURS[name]))
    rows = [_row(name, "`planner year`", _figures(ours), ours.peak_bytes)]
    if name == "shop":
        for solver, label in (("scip", "SCIP"), ("highs", "HiGHS")):
            ran = footprint(module("tests.bench.whole_year", solver, str(path), str(LIMIT)))
            found = json.loads(ran.output)
            rows.append(_row(name, f"whole, {label}", _theirs(found, ours.year), ran.peak_bytes))
            assert found["bound"] is None or found["bound"] <= ours.year.cost * (1 + SAME)
            assert found["cost"] is None or ours.year.bound <= found["cost"] * (1 + SAME)
    leave(benchmark, Table("year", rows, list(_notes(name, ours))))
    costs = [way.cost for way in ours.year.ways if way.cost is not None]
    assert ours.year.cost <= min(costs) * (1 + 1e-6)


def planned(path: Path, gap: float, seconds: float) -> Ours:
    """The year to a gap, the other ways too."""
    options = ["--gap", str(gap), "--time-limit", str(seconds), "--json", "--verbose"]
    ran = footprint(module("planner.cli", "year", str(path), *options))
    told = [(float(at), float(share) / 100) for at, share in _PROGRESS.findall(ran.errors)]
    near = next((at for at, share in told if share <= gap), None)
    return Ours(YearPlan.model_validate_json(ran.output), near, ran.seconds, ran.peak_bytes)


def _figures(ours: Ours) -> Row:
    near = "not reached" if ours.near is None else f"{ours.near:.0f} s"
    return {
        "Gap": percent(ours.year.gap),
        "Cost / ours": "1",
        "Seconds until the gap": near,
        "Seconds in all": f"{ours.seconds:.0f} s",
    }


def _theirs(found: dict[str, float | None], ours: YearPlan) -> Row:
    cost, near = found["cost"], found["near_seconds"]
    size = f"{found['rows']:,} rows, {found['columns']:,} columns"
    return {
        "Gap": "no plan" if cost is None else percent(found["gap"]),
        "Cost / ours": "–" if cost is None else f"{cost / ours.cost:.4f}",
        "Seconds until the gap": f"> {LIMIT:.0f} s" if near is None else f"{near:.0f} s",
        "Seconds in all": f"{LIMIT:.0f} s at most",
        "Bound / ours": "–" if found["bound"] is None else ratio(found["bound"] / ours.bound),
        "Size": size,
    }


def _row(name: str, who: str, figures: Row, peak: int) -> Row:
    return {"Year": name, "Who": who, **figures, "Peak memory": f"{peak / 1e6:,.0f} MB"}


def _notes(name: str, ours: Ours) -> list[str]:
    dearer = [
        f"{way.way} {percent(way.dearer / way.cost)} dearer"
        for way in ours.year.ways
        if way.dearer is not None and way.cost is not None and way.way != "joint"
    ]
    return [f"{name}: {', '.join(dearer)}"] if dearer else []
