"""The usual pipeline against one program, at the price of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner import Plan, Problem, evaluate_roster, read_problem
from tests.bench import instances, pipeline
from tests.bench.ours import watched
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
    plan, rows = measured(benchmark, lambda: beside(name, problem, path))
    leave(benchmark, Table("pipeline", rows))
    assert all(promise.met for promise in plan.service)
    assert again(problem, plan).cost == pytest.approx(plan.cost, rel=1e-9)


def again(problem: Problem, plan: Plan) -> Plan:
    """Our own roster priced as the pipeline's is."""
    return evaluate_roster(problem, plan.seats, {row.queue: row.share for row in plan.automation})


def beside(name: str, problem: Problem, path: Path) -> tuple[Plan, list[Row]]:
    """Our plan, and the pipeline's two rosters beside it."""
    ran = watched(path, (0.005,), OURS_LIMIT)
    if ran.plan is None:
        raise RuntimeError(f"no plan of ours within {OURS_LIMIT:g} s")
    plan, shares = ran.plan, {row.queue: row.share for row in ran.plan.automation}
    usual = pipeline.run(problem, shares, LEVEL) or pipeline.run(problem, shares, LEVEL, limited=False)
    same, spent = pipeline.tuned(problem, shares, pipeline.answer_rate(plan))
    if same is None:
        same, spent = pipeline.tuned(problem, shares, pipeline.answer_rate(plan), limited=False)
    rows = [
        row({"Scenario": name, "Pipeline": what}, (plan, ran.seconds), (found, seconds))
        for what, found, seconds in (
            ("80/20", usual, usual.seconds if usual else 0.0),
            ("tuned to answer as much", same, spent),
        )
    ]
    return plan, rows


def row(cells: Row, ours: tuple[Plan, float], theirs: tuple[pipeline.Outcome | None, float]) -> Row:
    (plan, seconds), (found, spent) = ours, theirs
    if found is None:
        nothing = "no roster within the limits"
        return {**cells, "Cost / ours": "–", "Time / ours": ratio(spent / seconds), "Remark": nothing}
    missed = sum(not promise.met for promise in found.plan.service)
    remarks = [f"asks {percent(found.asked, 0)} in {pipeline.WITHIN_SECONDS:g} s"]
    remarks += ["cannot be tuned lower"] if found.asked == 0 else []
    remarks += [] if found.limited else ["needs more people than the limits allow"]
    remarks += [f"misses {missed} promises"] if missed else []
    return {
        **cells,
        "Cost / ours": ratio(found.plan.cost / plan.cost),
        "Time / ours": ratio(spent / seconds),
        "Answered, its / ours": f"{percent(found.answer_rate)} / {percent(pipeline.answer_rate(plan))}",
        "Cost, its / ours": f"{found.plan.cost:,.0f} / {plan.cost:,.0f} {plan.currency}",
        "Seconds, its / ours": f"{spent:.1f} / {seconds:.1f}",
        "Gap, its / ours": f"{percent(found.gap)} / {percent(plan.gap)}",
        "Remark": "; ".join(remarks),
    }
