"""Plans that are repaired until a replay keeps them."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from planner.errors import NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.simulation import Effort
from planner.staffing import Certified, Progress, Run, Terms, make_certified_plan, make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.scenarios.verified import faults

SHORT = Effort(replications=400, workers=1)
STARTS = ["08:00", "08:30", "09:00", "09:30", "10:00", "10:30"]
CONTACTS = {"calls": [50.0, 90.0, 120.0, 140.0, 130.0, 110.0, 90.0, 60.0]}


def absent(**rules: Any) -> Problem:
    """A day on which three in ten are away by chance, so that formulas promise more than comes true."""
    calls = queue("08:00-12:00", service={"answer_rate": 0.95})
    own = pool(shifts(STARTS, [1.5, 2.0]), shrinkage={"absence": 0.3}, **rules)
    return problem(scenario({"calls": calls}, {"own": own}, {"interval_minutes": 30}), CONTACTS, 240.0)


def shared() -> Problem:
    """Two queues that everybody serves: each has the other's people to help out."""
    rules = {"answer_rate": 0.9}
    queues = {name: queue("08:00-12:00", service=rules) for name in ("calls", "mail")}
    own = pool(shifts(STARTS, [1.5, 2.0]), queues=[*queues])
    calendar = {"interval_minutes": 30}
    return problem(scenario(queues, {"own": own}, calendar), dict.fromkeys(queues, CONTACTS["calls"]), 240.0)


def certified(of: Problem, run: Run | None = None, **terms: Any) -> Certified:
    limits = of.scenario.solver.model_copy(update={"gap": 0.002, "reproducible": True})
    asked = Run(time.monotonic(), limits) if run is None else replace(run, limits=limits)
    return make_certified_plan(of, asked, Terms(effort=SHORT, **terms))


@cache
def repaired() -> Certified:
    return certified(absent())


@cache
def credited() -> Certified:
    return certified(shared(), credit=True)


def timeless(plan: Plan) -> Plan:
    rounds = [one.model_copy(update={"seconds": 0.0}) for one in plan.repair.rounds] if plan.repair else []
    repair = plan.repair.model_copy(update={"rounds": tuple(rounds)}) if plan.repair else None
    return plan.model_copy(update={"seconds": 0.0, "repair": repair})


def test_a_plan_that_its_replay_breaks_is_repaired_and_certified() -> None:
    made = repaired()
    assert made.plan.repair is not None
    rounds = made.plan.repair.rounds
    assert not rounds[0].held
    assert rounds[-1].held
    assert len(rounds) <= 5
    assert made.certificate.verdict == "kept"
    assert {row.verdict for row in made.certificate.promises} == {"kept"}


def test_every_round_says_what_was_asked_and_what_came_of_it() -> None:
    made = repaired().plan.repair
    assert made is not None
    first, *_, last = made.rounds
    asked = {(row.measure, row.period): row.asked for row in first.promises}
    assert asked == {(row.measure, row.period): row.target for row in first.promises}
    week = next(row for row in last.promises if row.period == "week")
    assert week.asked > week.target
    assert week.predicted is not None
    assert week.predicted >= week.asked - 1e-6
    assert (
        next(row for row in first.promises if row.period == "week").simulated < week.target <= week.simulated
    )


def test_the_gap_is_measured_against_the_bound_of_what_was_promised() -> None:
    plan = repaired().plan
    uncalibrated = make_plan(absent(), Run(time.monotonic()))
    assert plan.repair is not None
    assert uncalibrated.bound is not None
    assert plan.bound == plan.repair.uncalibrated_bound == pytest.approx(uncalibrated.bound, rel=0.002)
    assert plan.gap == pytest.approx((plan.cost - plan.bound) / plan.cost)
    assert plan.repair.difference == pytest.approx(plan.gap)
    assert plan.cost > uncalibrated.cost


@pytest.mark.parametrize("made", [repaired, credited])
def test_the_check_of_others_finds_no_fault(made: Any, tmp_path: Any) -> None:
    assert faults(made().plan, tmp_path) == ""


def test_people_who_help_out_make_a_certified_plan_cheaper_than_its_bound() -> None:
    made, plain = credited(), certified(shared())
    assert made.certificate.verdict == plain.certificate.verdict == "kept"
    assert made.plan.repair is not None
    assert made.plan.cost < plain.plan.cost
    assert made.plan.repair.difference < 0 <= made.plan.gap  # type: ignore[operator]  # a gap there is
    assert any("asked for less" in note for note in made.plan.notes)
    assert not any("asked for less" in note for note in plain.plan.notes)


def test_a_plan_that_holds_at_once_is_that_of_make_plan() -> None:
    made, plan = certified(shared()), make_plan(shared(), Run(time.monotonic()))
    assert made.plan.repair is not None
    assert len(made.plan.repair.rounds) == 1
    assert made.plan.cost == pytest.approx(plan.cost, rel=0.002)


def test_the_same_question_gives_the_same_plan_and_certificate() -> None:
    again = certified(absent())
    assert timeless(again.plan) == timeless(repaired().plan)
    assert again.certificate.promises == repaired().certificate.promises


def test_what_has_no_plan_has_none_with_a_certificate_either() -> None:
    with pytest.raises(NoPlanExists):
        certified(absent(maximum_seats=3))


def test_where_more_cannot_be_had_the_plan_there_is_says_so() -> None:
    made = next(made for most in range(10, 40) if (made := _unless_none(most)) is not None)
    assert made.plan.repair is not None
    assert made.plan.repair.ended == "no plan"
    assert made.certificate.verdict != "kept"


def _unless_none(seats: int) -> Certified | None:
    try:
        return certified(absent(maximum_seats=seats))
    except NoPlanExists:
        return None


def test_rounds_may_be_limited() -> None:
    made = certified(absent(), rounds=1)
    assert made.plan.repair is not None
    assert (len(made.plan.repair.rounds), made.plan.repair.ended) == (1, "rounds")
    assert made.certificate.verdict == "broken"


def test_progress_tells_of_plans_and_of_replays() -> None:
    told: list[Progress] = []
    certified(shared(), Run(time.monotonic(), watch=told.append))
    assert any(one.doing == "plan" for one in told)
    assert any(one.doing.startswith("replaying ") for one in told)


def test_ctrl_c_in_the_first_replay_certifies_the_plan_there_is() -> None:
    told: list[Progress] = []

    def stopped() -> bool:
        return any(one.doing.startswith("replaying") for one in told)

    made = certified(absent(), Run(time.monotonic(), watch=told.append, stopped=stopped))
    assert made.plan.repair is not None
    assert (len(made.plan.repair.rounds), made.plan.repair.ended) == (1, "Ctrl-C")
    assert made.certificate.replay.ended == "Ctrl-C"
