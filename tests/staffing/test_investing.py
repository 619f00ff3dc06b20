"""Which investments a plan takes, beside every way to decide on them looked through whole."""

from __future__ import annotations

import time
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest

from planner.errors import NoPlanExists
from planner.inputs import problem_of
from planner.investment.effects import decided, undecided
from planner.plan import Plan, Seat
from planner.problem import Problem
from planner.simulation import Effort
from planner.staffing import Run, Terms, evaluate_roster, make_certified_plan, make_plan
from tests.program.enumeration import cheapest
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.scenarios.verified import faults

MONTHS = 12 / 365
TURNOVER = {"monthly_attrition": 0.2, "recruiting_cost": 9000.0, "training_weeks": 6.0}
AI = {
    "fixed_cost_per_month": 300.0,
    "price_per_session": 0.1,
    "level_step": 0.25,
    "intents": [
        {"name": "simple", "share": 0.5, "complexity": 0.5, "containment": 0.5},
        {"name": "rest", "share": 0.5, "automatable": False},
    ],
}
MOST = 6


def weekly(amount: float) -> float:
    """Money a month that is so much over the one day of the calendar."""
    return amount / MONTHS


FASTER: dict[str, Any] = {"cost_per_month": weekly(20.0), "queues": {"calls": {"handle_time_factor": 0.75}}}
DEAR: dict[str, Any] = {"cost_per_month": weekly(200.0), "queues": {"calls": {"handle_time_factor": 0.9}}}
STAYING: dict[str, Any] = {
    "cost_per_month": weekly(15.0),
    "pools": {"own": {"attrition_factor": 0.5, "training_weeks": 1.0}},
}
CONTAINING: dict[str, Any] = {
    "cost_per_month": weekly(10.0), "queues": {"calls": {"more_contained": 0.3}},
}  # fmt: skip
SLOWER: dict[str, Any] = {
    "saves_per_month": weekly(25.0), "queues": {"calls": {"handle_time_factor": 1.15}},
}  # fmt: skip


def asked(contacts: float = 30.0, automation: Any = None, **investments: Any) -> Problem:
    calls = queue(service={"answer_rate": 0.9}, automation=automation)
    own = pool(shifts(["08:00", "10:00"], 2.0), turnover=TURNOVER)
    other = pool(shifts("09:00", 2.0), wage=35.0)
    of = scenario({"calls": calls}, {"own": own, "other": other}, investments=investments)
    return problem(of, {"calls": [contacts, 1.5 * contacts]})


CASES = {
    "one_that_pays": asked(faster=FASTER),
    "one_that_does_not": asked(dear=DEAR),
    "four": asked(faster=FASTER, dear=DEAR, staying=STAYING, slower=SLOWER),
    "more_contained": asked(automation=AI, containing=CONTAINING, faster=FASTER, staying=STAYING),
    "one_always_one_never": asked(
        faster={**FASTER, "take": "never"}, dear={**DEAR, "take": "always"}, staying=STAYING
    ),
}


def ways(of: Problem) -> list[tuple[str, ...]]:
    every = undecided(of)
    return [*chain.from_iterable(combinations(every, count) for count in range(len(every) + 1))]


def enumerated(of: Problem) -> dict[tuple[str, ...], float]:
    """Cost of the cheapest plan for every way to decide, its investments paid."""
    months = of.calendar.months
    found = {}
    for taken in ways(of):
        one = decided(of, taken)
        paid = sum(
            months * (given.cost_per_month - given.saves_per_month)
            for given in one.scenario.investments.values()
            if given.take == "always"
        )
        found[taken] = cheapest(one, MOST) + paid
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_plan_takes_what_the_cheapest_of_all_ways_takes(name: str, tmp_path: Path) -> None:
    of = CASES[name]
    costs, plan = enumerated(of), make_plan(of)
    assert plan.cost == pytest.approx(min(costs.values()), rel=1e-5)
    best = min(costs, key=lambda taken: costs[taken])
    assert {row.investment for row in plan.investments if row.taken and row.decided} == {*best}
    assert plan.bound is not None
    assert plan.bound <= plan.cost
    assert faults(plan, tmp_path) == ""


@pytest.mark.parametrize("name", CASES)
def test_no_plan_with_the_other_answer_undercuts_what_is_said_of_it(name: str) -> None:
    of = CASES[name]
    costs, plan = enumerated(of), make_plan(of)
    for row in plan.investments:
        if not row.decided:
            assert row.otherwise is None
            continue
        other = [cost for taken, cost in costs.items() if (row.investment in taken) is not row.taken]
        assert row.otherwise is not None
        assert row.otherwise <= min(other) * (1 + 1e-6)


def test_the_cost_lines_hold_what_was_bought() -> None:
    plan = make_plan(CASES["one_always_one_never"])
    (line,) = [line for line in plan.costs if line.item == "investments"]
    rows = {row.investment: row for row in plan.investments}
    assert line.amount == pytest.approx(sum(row.cost for row in rows.values() if row.taken))
    assert rows["dear"].taken
    assert not rows["faster"].taken


def test_a_plan_embeds_what_it_has_decided() -> None:
    plan = make_plan(CASES["one_that_pays"])
    again = make_plan(problem_of(plan))
    assert again.cost == pytest.approx(plan.cost)
    assert [row.taken for row in again.investments] == [row.taken for row in plan.investments]
    assert not any(row.decided for row in again.investments)


def test_a_roster_is_counted_with_what_is_always_taken_alone() -> None:
    of = CASES["one_always_one_never"]
    plan = make_plan(of)
    seats = [Seat.model_validate(seat.model_dump()) for seat in plan.seats]
    found = evaluate_roster(of, seats, {})
    (line,) = [line for line in found.costs if line.item == "investments"]
    assert line.amount == pytest.approx(200.0)


def test_without_any_plan_the_reasons_are_those_with_everything_taken() -> None:
    of = asked(contacts=4000.0, faster=FASTER)
    few = of.scenario.pools["own"].model_copy(update={"maximum_seats": 1})
    of = Problem(
        of.scenario.model_copy(update={"pools": {"own": few}}),
        of.calendar,
        of.forecast,
        of.scenario_sha256,
        of.forecast_sha256,
    )
    with pytest.raises(NoPlanExists, match="calls"):
        make_plan(of)


def test_a_certified_plan_replays_the_world_with_what_was_bought() -> None:
    of = CASES["one_that_pays"]
    effort = Effort(replications=200, seconds=10.0)
    found = make_certified_plan(of, Run(time.monotonic()), Terms(effort=effort, rounds=1))
    (row,) = found.plan.investments
    assert row.taken
    assert _handle_time(found.plan) == pytest.approx(0.75 * float(of.forecast.handle_time.max()))


def _handle_time(plan: Plan) -> float:
    return max(row.handle_time_seconds for row in plan.agents)
