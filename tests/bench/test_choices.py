"""What each idea of the search is worth: the same search with and without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.program.build import Program, build
from planner.program.first_plans import MANNERS
from planner.program.instance import instance
from planner.solver.dive import Manner
from tests.bench import choices
from tests.bench.choices import Solved
from tests.bench.record import Bench, Row, Table, at_least, leave, limit, measured, percent, ratio, seconds

LIMIT = limit("CHOICES", 20)
RELAXED_LIMIT = 3 * LIMIT
ROUNDS = {"peak": 3, "ordinary": 3, "quiet": 3}
SPLITS = {"peak": 20, "month": 6}

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]


def program_of(name: str, folder: Path) -> Program:
    return build(instance(choices.question(name, folder)))


@pytest.mark.parametrize("name", ["peak", "ten-queues"])
def test_sharing_by_sets_of_pools(name: str, benchmark: Bench, tmp_path: Path) -> None:
    on = instance(choices.question(name, tmp_path))
    both = {"without": build(on, most_sets=0), "with": build(on)}
    # (M16) is written for every set, so it would be another family on either side.
    programs = {side: choices.without_rows(made, "whole") for side, made in both.items()}
    found = measured(benchmark, lambda: relaxed_both(name, programs["without"], programs["with"]))
    sizes = zip(size(programs["without"]), size(programs["with"]), strict=True)
    counts = zip(("columns", "rows", "non-zeros"), sizes, strict=True)
    said = "; ".join(f"{what} {without:,} / {kept:,}" for what, (without, kept) in counts)
    put(benchmark, "People shared by sets of pools (M15)", name, found, said)
    assert same_bound(found)


@pytest.mark.parametrize("name", ["peak", "ordinary", "quiet"])
def test_whole_people(name: str, benchmark: Bench, tmp_path: Path) -> None:
    program = program_of(name, tmp_path)
    fewer = choices.without_rows(program, "whole")
    found = measured(benchmark, lambda: relaxed_both(name, fewer, program))
    bounds = {side: last_bound(runs) for side, runs in found.items()}
    rows = len(program.matrix.rows) - len(fewer.matrix.rows)
    said = f"bound {percent((bounds['with'] - bounds['without']) / bounds['with'], 3)} higher; {rows:,} rows"
    put(benchmark, "Whole people cover floors (M16)", name, found, said)


@pytest.mark.parametrize("name", ["peak", "ten-queues"])
def test_first_tangents(name: str, benchmark: Bench, tmp_path: Path) -> None:
    program = program_of(name, tmp_path)
    sides = {
        "without": lambda: choices.solved(program, RELAXED_LIMIT, first=choices.nine_tangents),
        "with": lambda: choices.solved(program, RELAXED_LIMIT),
    }
    found = measured(benchmark, lambda: choices.turn_about(sides, ROUNDS.get(name, 1)))
    put(benchmark, "One first tangent per interval, not nine", name, found)
    assert same_bound(found)


@pytest.mark.parametrize("name", ["peak", "month", "ten-queues"])
def test_interior_point_first(name: str, benchmark: Bench, tmp_path: Path) -> None:
    program = program_of(name, tmp_path)
    sides = {
        "without": lambda: choices.solved(program, RELAXED_LIMIT, "choose"),
        "with": lambda: choices.solved(program, RELAXED_LIMIT, "ipm"),
    }
    found = measured(benchmark, lambda: choices.turn_about(sides, ROUNDS.get(name, 1)))
    put(benchmark, "Interior point first, not simplex", name, found)
    assert same_bound(found)


@pytest.mark.parametrize("name", ["peak", "ordinary", "quiet", "quarter-hours"])
def test_manners_of_diving(name: str, benchmark: Bench, tmp_path: Path) -> None:
    program = program_of(name, tmp_path)
    found = measured(benchmark, lambda: choices.dived(program, MANNERS, LIMIT))
    base, rows = found[0].seconds, []
    for manner, one in zip(MANNERS, found, strict=True):
        said = f"{one.seconds:.1f} s; " + ("no plan" if one.gap is None else f"gap {percent(one.gap)}")
        rows.append(row(f"Dive: {words(manner)}", name, ratio(one.seconds / base), said))
    benchmark.extra_info["raw"] = [[one.seconds, one.gap] for one in found]
    leave(benchmark, Table("choices", rows))


@pytest.mark.parametrize("name", ["peak", "quiet"])
def test_days_set_free(name: str, benchmark: Bench, tmp_path: Path) -> None:
    problem = choices.question(name, tmp_path)
    sides = {
        "scip": lambda: choices.gap_after(problem, LIMIT, "scip"),
        "highs": lambda: choices.gap_after(problem, LIMIT, "highs"),
        "none": lambda: choices.gap_after(problem, LIMIT, "scip", days_free=False),
    }
    taken = measured(benchmark, lambda: choices.turn_about(sides, 1))
    found = {side: gaps[0] for side, gaps in taken.items()}
    benchmark.extra_info["raw"] = found
    asked = {"A few days set free, not the whole program alone": "none", "SCIP, not HiGHS": "highs"}
    rows = [row(idea, name, *of_gaps(found[other], found["scip"])) for idea, other in asked.items()]
    leave(benchmark, Table("choices", rows))


@pytest.mark.parametrize("name", ["peak", "month"])
def test_splits_solved_again(name: str, benchmark: Bench, tmp_path: Path) -> None:
    program = program_of(name, tmp_path)
    taken = measured(benchmark, lambda: choices.split_seconds(program, SPLITS[name]))
    anew, kept = (choices.typical(taken[side]) or 0.0 for side in ("anew", "kept"))
    said = f"{1000 * anew:.0f} ms / {1000 * kept:.0f} ms, medians of {SPLITS[name]} splits"
    benchmark.extra_info["raw"] = taken
    idea = "Exact splits solved again, not loaded anew"
    leave(benchmark, Table("choices", [row(idea, name, ratio(anew / kept), said)]))


def relaxed_both(name: str, without: Program, kept: Program) -> dict[str, list[Solved]]:
    sides = {
        "without": lambda: choices.solved(without, RELAXED_LIMIT),
        "with": lambda: choices.solved(kept, RELAXED_LIMIT),
    }
    return choices.turn_about(sides, ROUNDS.get(name, 1))


def size(program: Program) -> tuple[int, int, int]:
    return len(program.matrix.cost), len(program.matrix.rows), len(program.matrix.rows.values)


def last_bound(runs: list[Solved]) -> float:
    return next((one.bound for one in reversed(runs) if one.bound is not None), float("nan"))


def same_bound(found: dict[str, list[Solved]]) -> bool:
    """Whether every run that ended had the same bound, up to what the relaxation may leave missing."""
    bounds = [one.bound for runs in found.values() for one in runs if one.bound is not None]
    return max(bounds) - min(bounds) <= 1e-3 * max(bounds)


def put(benchmark: Bench, idea: str, name: str, found: dict[str, list[Solved]], said: str = "") -> None:
    """Leave a row about two ways to the relaxation."""
    benchmark.extra_info["raw"] = {
        side: [[one.seconds, one.bound] for one in runs] for side, runs in found.items()
    }
    without, kept = (choices.typical([one.seconds for one in found[side]]) for side in ("without", "with"))
    times = f"{seconds(without, RELAXED_LIMIT)} / {seconds(kept, RELAXED_LIMIT)}"
    factor = at_least(without, kept, RELAXED_LIMIT, RELAXED_LIMIT)
    leave(benchmark, Table("choices", [row(idea, name, factor, "; ".join(filter(None, [times, said])))]))


def row(idea: str, name: str, factor: str, figures: str) -> Row:
    return {"Idea": idea, "Question": name, "Without / with": factor, "Figures": figures}


def of_gaps(without: float | None, kept: float | None) -> tuple[str, str]:
    """The ratio of two gaps, and both."""
    said = " / ".join("no plan" if gap is None else percent(gap) for gap in (without, kept))
    factor = "–" if without is None or not kept else ratio(without / kept)
    return factor, f"gap after {LIMIT:g} s {said}"


def words(manner: Manner) -> str:
    dear = "books and desks first" if manner.held else "books and desks last"
    return f"{dear}, {100 * manner.share:g} % at once"
