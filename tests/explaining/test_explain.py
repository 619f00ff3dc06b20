"""Why an interval is as it is: figures beside closed forms, plans made again, and limits that are reached."""

from __future__ import annotations

import io
import json
import time
from functools import cache
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InvalidInput
from planner.explaining import explain
from planner.plan import Plan
from planner.problem import Problem
from planner.report.explanation_text import print_explanation
from planner.staffing import Run, make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts

LONG, SHORT = shifts("08:00", 4.0), shifts(["08:00", "10:00"], 2.0)
SIMPLE = {"name": "simple", "share": 0.4, "complexity": 1.0, "containment": 0.9}
REST = {"name": "rest", "share": 0.6, "complexity": 1.0, "automatable": False}
AI = {"intents": [SIMPLE, REST], "price_per_session": 0.8, "level_step": 0.1}


def asked(pools: dict[str, Any] | None = None, **rules: Any) -> Problem:
    calls = queue(**{"service": {"answer_rate": 0.9}, **rules})
    of = scenario({"calls": calls}, pools or {"own": pool(LONG, SHORT, shrinkage=0.2)})
    return problem(of, {"calls": [14.0, 40.0, 30.0, 9.0]})


@cache
def planned(name: str) -> Plan:
    return make_plan(
        {
            "usual": asked(),
            "patient": asked(service={"average_wait_seconds": 60.0}, patience_seconds=None),
            "full": asked({"own": pool(LONG, wage=20.0, maximum_seats=3), "home": pool(SHORT, wage=30.0)}),
            "automated": asked(automation=AI),
        }[name]
    )


def test_where_nobody_leaves_idle_agents_are_those_there_less_the_load() -> None:
    plan = planned("patient")
    found = explain(plan, "calls", "09:00", seconds=0.0)
    assert found.load == pytest.approx(40 * 180 / 3600)
    assert found.idle_agents == pytest.approx(found.planned - found.load)
    (own,) = found.pools
    assert own.hour_price == pytest.approx(20.0 / 0.8)
    assert found.idle_cost == pytest.approx((found.planned - found.load) * 20.0 / 0.8)


def test_the_largest_need_is_the_floor_of_the_interval() -> None:
    found = explain(planned("usual"), "calls", "2026-03-02T09:00", seconds=0.0)
    assert found.needs[0].agents == pytest.approx(found.needed)
    assert found.needs[0].promise == "answer rate: 0.8"


def test_one_agent_fewer_loses_more_and_one_more_loses_less() -> None:
    fewer, now, more = explain(planned("usual"), seconds=0.0).serving
    assert fewer.lost_contacts > now.lost_contacts > more.lost_contacts
    assert (now.agents - fewer.agents, more.agents - now.agents) == (1.0, 1.0)


def test_formulas_come_with_their_numbers() -> None:
    found = explain(planned("usual"), "calls", "09:00", seconds=0.0)
    by_number = {one.number: one for one in found.formulas}
    assert by_number["(E6)"].text == "40 contacts × 180 s / 3600 s = 2 erlang"
    lost = next(one for one in found.serving if one.agents == found.planned).lost_contacts / 40.0
    assert by_number["(Q5)"].value == pytest.approx(lost)
    assert by_number["(Q6)"].value == pytest.approx(120.0 * lost)
    assert by_number["(Q8)"].value == pytest.approx(2.0 * (1.0 - lost))


def test_a_limit_that_is_reached_is_named_and_the_dearer_pool_comes_second() -> None:
    own, home = explain(planned("full"), "calls", "09:00", seconds=0.0).pools
    assert (own.pool, own.hour_price, home.next_hour_price) == ("own", 20.0, 30.0)
    assert [limit.field for limit in own.limits] == ["pools.own.maximum_seats"]
    assert home.limits == ()


def test_plans_with_the_shares_beside_the_chosen_one_cost_what_they_cost_when_asked_for() -> None:
    plan = planned("automated")
    found = explain(plan, "calls", seconds=60.0)
    assert [row.share for row in found.shares if row.chosen] == [plan.automation[0].share]
    for row in found.shares:
        held = make_plan(asked(automation={**AI, "fixed_share": row.share}))
        assert row.cost == pytest.approx(held.cost, rel=1e-5)
        assert row.cost is not None
        assert row.cost >= plan.cost - 1e-6
    assert {row.how for row in found.shares} == {"this plan", "re-solved"}


def test_a_share_for_which_there_is_no_time_is_bounded_and_says_so() -> None:
    plan = planned("automated")
    inputs = json.loads(plan.inputs.model_dump_json())
    inputs["scenario"]["solver"]["time_limit_seconds"] = 0.05
    hurried = plan.model_copy(update={"inputs": plan.inputs.model_validate(inputs)})
    others = [row for row in explain(hurried, "calls", seconds=30.0).shares if not row.chosen]
    assert {row.how for row in others} <= {"bounded", "re-solved"}
    for row in others:
        held = make_plan(asked(automation={**AI, "fixed_share": row.share}))
        assert row.bound is not None
        assert row.bound <= held.cost + 1e-6


def test_a_promise_over_the_week_that_is_just_kept_is_what_holds() -> None:
    of = asked(service={"answer_rate": 0.9, "floor": None})
    rate = next(row.planned for row in make_plan(of).service)
    assert rate is not None
    just = make_plan(asked(service={"answer_rate": round(rate - 1e-4, 6), "floor": None}))
    assert any(one.kind == "promise" for one in explain(just, seconds=0.0).holds)


@pytest.mark.parametrize("queue_, at", [("mail", None), ("calls", "09:10"), ("calls", "2027-01-01T09:00")])
def test_a_queue_or_time_that_is_not_there_is_told(queue_: str, at: str | None) -> None:
    with pytest.raises(InvalidInput, match=r"(calls|interval)"):
        explain(planned("usual"), queue_, at, seconds=0.0)


def test_the_command_prints_tables_or_one_object(tmp_path: Any) -> None:
    (tmp_path / "plan.json").write_text(planned("automated").to_json())
    words = ["explain", str(tmp_path), "--queue", "calls", "--at", "09:00", "--seconds", "0"]
    as_text, as_json = CliRunner().invoke(app, words), CliRunner().invoke(app, [*words, "--json"])
    assert (as_text.exit_code, as_json.exit_code) == (0, 0)
    assert "What holds here" in as_text.stdout or "Pools" in as_text.stdout
    assert json.loads(as_json.stdout)["schema"] == "planner.explanation/1"


def test_shares_are_printed_with_how_they_were_found() -> None:
    shown = io.StringIO()
    print_explanation(explain(planned("automated"), seconds=30.0), Console(file=shown, width=80))
    assert "re-solved" in shown.getvalue()
    assert "this plan" in shown.getvalue()


def test_nothing_is_made_again_where_there_is_no_automation() -> None:
    started = time.monotonic()
    assert explain(planned("usual"), seconds=60.0).shares == ()
    assert Run(started).seconds < 10.0
