"""The usual pipeline against one program, at the price of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner import Plan, Problem, evaluate_roster, read_problem
from tests.bench import instances, pipeline
from tests.bench.ours import Watched, watched
from tests.bench.peer import peers_at_hand
from tests.bench.record import Bench, Row, Table, leave, limit, measured, percent, ratio
from tests.scenarios.documents import SCENARIOS
from tests.shared_data import shared

OURS_LIMIT = limit("OURS", 120)
LEVEL = 0.8

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]


def scenario(name: str, folder: Path) -> Path:
    if name != "bank":
        return instances.write(name, folder)
    shared("data/bank_calls_30min_2003_mar_aug.csv")
    return SCENARIOS / "bank" / "week.yaml"


@pytest.mark.parametrize("name", ["peak", "peak-hourly", "bank"])
def test_pipeline_of_erlang_c_and_set_covering(name: str, benchmark: Bench, tmp_path: Path) -> None:
    peers_at_hand()
    path = scenario(name, tmp_path)
    problem = read_problem(path)
    ours, rows = measured(benchmark, lambda: beside(name, problem, path))
    leave(benchmark, Table("pipeline", rows))
    assert all(promise.met for promise in ours.plan.service)
    assert again(problem, ours.plan).cost == pytest.approx(ours.plan.cost, rel=1e-9)


def again(problem: Problem, plan: Plan) -> Plan:
    """Our own roster priced as the pipeline's is."""
    return evaluate_roster(problem, plan.seats, {row.queue: row.share for row in plan.automation})


def beside(name: str, problem: Problem, path: Path) -> tuple[Watched, list[Row]]:
    ours = watched(path, (0.005,), OURS_LIMIT)
    shares = {row.queue: row.share for row in ours.plan.automation}
    usual = pipeline.run(problem, shares, LEVEL) or pipeline.run(problem, shares, LEVEL, limited=False)
    same, spent = pipeline.tuned(problem, shares, pipeline.answer_rate(ours.plan))
    rows = [row(name, "80/20", ours, usual, usual.seconds if usual else 0.0)]
    rows.append(row(name, "tuned to answer as much", ours, same, spent))
    return ours, rows


def row(name: str, what: str, ours: Watched, found: pipeline.Outcome | None, spent: float) -> Row:
    cells: Row = {"Scenario": name, "Pipeline": what}
    if found is None:
        nothing = "no roster within the limits"
        return {**cells, "Cost / ours": "–", "Time / ours": ratio(spent / ours.seconds), "Remark": nothing}
    missed = sum(not promise.met for promise in found.plan.service)
    remarks = [f"asks {percent(found.asked, 0)} in {pipeline.WITHIN_SECONDS:g} s"]
    remarks += [] if found.limited else ["needs more people than the limits allow"]
    remarks += [f"misses {missed} promises"] if missed else []
    return {
        **cells,
        "Cost / ours": ratio(found.plan.cost / ours.plan.cost),
        "Time / ours": ratio(spent / ours.seconds),
        "Answered, its / ours": f"{percent(found.answer_rate)} / {percent(pipeline.answer_rate(ours.plan))}",
        "Cost, its / ours": f"{found.plan.cost:,.0f} / {ours.plan.cost:,.0f} {ours.plan.currency}",
        "Seconds, its / ours": f"{spent:.1f} / {ours.seconds:.1f}",
        "Gap, its / ours": f"{percent(found.gap)} / {percent(ours.plan.gap)}",
        "Remark": "; ".join(remarks),
    }
