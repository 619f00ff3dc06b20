"""The plan with the least shortfall, beside one that was found by trying every roster."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from planner.arrays import Floats
from planner.diagnosis import best_effort
from planner.diagnosis.rounding import rounded
from planner.errors import NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.program.instance import instance
from planner.report.text import print_plan
from planner.staffing import Run
from tests.diagnosis.planted import PLANTED
from tests.program.enumeration import levels_of, staff_of
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.scenarios import verified

SHORT = shifts(["08:00", "10:00"], 2.0)
LONG = shifts("08:00", 4.0)


def made(of: Problem) -> Plan:
    return best_effort(of, Run(time.monotonic(), of.scenario.solver), time.monotonic() + 20.0)


def few(service: Any, pools: dict[str, Any], **given: Any) -> Problem:
    of = scenario({"calls": queue(service=service)}, pools)
    return problem(of, given.get("contacts", {}), agents=given.get("agents"))


NONE = {"floor": None}
ASKING = {
    "seats": few(NONE, {"own": pool(LONG, SHORT, maximum_seats=2)}, agents={"calls": [2.0, 4.0, 3.0, 1.0]}),
    "books": few(
        NONE, {"own": pool(LONG, SHORT, maximum_headcount=3)}, agents={"calls": [2.5, 4.0, 3.0, 1.0]}
    ),
    "patterns": few(NONE, {"own": pool(SHORT, maximum_patterns=1)}, agents={"calls": [2.0, 1.0, 3.0, 3.0]}),
    "least people": few(
        NONE,
        {"own": pool(LONG, {**SHORT, "minimum_people": 2}, maximum_seats=3)},
        agents={"calls": [1.0, 4.0, 1.0, 4.0]},
    ),
}


@pytest.mark.parametrize("name", ASKING)
def test_no_roster_is_short_of_fewer_agents_and_none_as_short_costs_less(name: str) -> None:
    of = ASKING[name]
    assert of.forecast.agents is not None
    needed = of.forecast.agents[:, 0]
    tried = [
        (float(np.maximum(needed - staff.agents, 0.0).sum()), staff.cost)
        for staff in staff_of(of, "own", of.scenario.pools["own"], 4)
    ]
    least = min(short for short, _ in tried)
    plan = made(of)
    assert sum(row.agents_short or 0.0 for row in plan.shortfall) == pytest.approx(least, abs=1e-4)
    assert plan.cost == pytest.approx(min(cost for short, cost in tried if short <= least + 1e-6), rel=1e-3)


@pytest.mark.parametrize("name", ["seats", "books"])
def test_a_large_program_that_begins_with_rounded_people_ends_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = made(ASKING[name])
    monkeypatch.setattr("planner.diagnosis.least.LARGE_ENTRIES", 0)
    begun = made(ASKING[name])
    assert begun.cost == pytest.approx(exact.cost, rel=1e-3)
    assert sum(row.agents_short or 0.0 for row in begun.shortfall) == pytest.approx(
        sum(row.agents_short or 0.0 for row in exact.shortfall), abs=1e-3
    )


def test_rounded_people_keep_within_the_limits_of_their_pool() -> None:
    on = instance(ASKING["books"])
    (own,) = on.pools
    for people in ([0.5, 1.4, 1.1], [2.9, 0.0, 0.05], [0.34, 0.33, 0.33]):
        whole = rounded(own, on.calendar, np.array(people))
        assert np.all(whole == np.round(whole))
        assert whole.sum() <= 3
        assert np.all(np.abs(whole - people) <= 1.0)


def test_no_roster_loses_fewer_contacts_beyond_a_promise_over_the_week() -> None:
    of = few(
        {"answer_rate": 0.9, "floor": None},
        {"own": pool(LONG, SHORT, maximum_headcount=2)},
        contacts={"calls": [9.0, 40.0, 30.0, 4.0]},
    )
    (asked,) = levels_of(of, 0)
    (limit,) = asked.limits

    def lost(agents: Floats) -> float:
        rows = np.arange(agents.size)
        busy = np.floor(agents + 1e-9).astype(int)
        part = agents - busy
        below, above = limit.tables[rows, busy], limit.tables[rows, busy + 1]
        return float(((1 - part) * below + part * above)[limit.intervals].sum())

    tried = [(lost(one.agents), one.cost) for one in staff_of(of, "own", of.scenario.pools["own"], 3)]
    least = min(beyond for beyond, _ in tried)
    plan = made(of)
    (missed,) = plan.shortfall
    assert plan.service[0].planned == pytest.approx(1 - least / 83.0, abs=1e-6)
    assert missed.promise == f"answer rate, week: {1 - least / 83.0:.4g}, promised at least 0.9"
    assert plan.cost == pytest.approx(min(cost for beyond, cost in tried if beyond <= least + 1e-6))


def test_everything_that_is_missed_is_told_and_the_figures_hold(tmp_path: Path) -> None:
    for case in PLANTED:
        if case.name in {"the floor", "two pools with limits", "occupancy", "a vendor with few lines"}:
            plan = made(case.problem())
            assert verified.faults(plan, tmp_path) == ""
            assert plan.status == "best_effort"
            told = {row.queue for row in plan.shortfall}
            assert told == {row.queue for row in plan.service if not row.met}
            assert any("no plan keeps every rule" in note for note in plan.notes)


def test_the_shortfall_is_the_first_table_that_is_printed() -> None:
    plan = made(ASKING["seats"])
    shown = io.StringIO()
    print_plan(plan, Console(file=shown, width=80))
    lines = shown.getvalue().splitlines()
    assert any(line.startswith("Short of") for line in lines[:4])
    assert any("Mon 2026-03-02 09:00 to 10:00" in line and "up to 2.0 agents" in line for line in lines)


def test_rules_that_contradict_each_other_without_any_promise_leave_no_plan_at_all() -> None:
    (case,) = (one for one in PLANTED if one.name == "least hours for more people than there is work")
    with pytest.raises(NoPlanExists, match="no promises"):
        made(case.problem())
