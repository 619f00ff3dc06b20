"""Curves of problems small enough to be looked through whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InvalidInput
from planner.problem import Problem
from planner.scenario.scenario import Scenario
from planner.sweep import Result, ai_curve, frontier, tornado
from planner.sweep import walk as sweep_walk
from planner.sweep.planned import Task
from planner.sweep.promise_curve import USUAL, cheapest_from, highest_bounds, strictness
from planner.sweep.sensitivity import usual_fields
from planner.sweep.share_curve import spread
from tests.program.enumeration import cheapest
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.sweep.desk import CONTACTS, RATE, WAGE, desk, here

COSTS = st.lists(st.one_of(st.none(), st.floats(1, 1e6)), min_size=1, max_size=12)
AI = {
    "intents": [
        {"name": "simple", "share": 0.3, "complexity": 0.7, "containment": 0.9},
        {"name": "hard", "share": 0.3, "containment": 0.2},
        {"name": "people", "share": 0.4, "automatable": False},
    ],
    "price_per_session": 1.2,
    "level_step": 0.15,
}


def with_ai(**more: Any) -> Problem:
    """A queue whose simple contacts AI ends, and whose hard ones it mostly hands over at the same price."""
    rules = queue(service={"answer_rate": 0.9}, automation={**AI, **more})
    people = pool(shifts(["08:00", "09:00", "10:00"], 2.0))
    return problem(scenario({"calls": rules}, {"team": people}), CONTACTS)


def changed(of: Problem, **rules: Any) -> Problem:
    written = of.scenario.model_dump(mode="json", by_alias=True)
    written["queues"]["calls"] |= rules
    return replace(of, scenario=Scenario.model_validate(written))


def made_up(
    monkeypatch: pytest.MonkeyPatch, figures: dict[float | None, tuple[float | None, float | None]]
) -> None:
    """Answers at once, by what the one change of a task is; None: the scenario as it is."""

    def at_once(task: Task) -> Result:
        to = task.point[0].to if task.point else None
        assert to is None or isinstance(to, float)
        cost, bound = figures[to]
        status = "infeasible" if cost is None else "plan"
        return Result.model_validate({"key": task.key, "status": status, "cost": cost, "bound": bound})

    monkeypatch.setattr(sweep_walk, "planned", at_once)


def test_every_point_of_a_frontier_is_the_cheapest_of_all_plans() -> None:
    of = desk()
    with here() as terms:
        found = frontier(of, RATE, [0.95, 0.82], terms)
    assert [point.target for point in found.points] == [0.82, 0.95]
    for point in found.points:
        expected = cheapest(changed(of, service={"answer_rate": point.target}), 6)
        assert point.cost == pytest.approx(expected, rel=1e-6)
        assert point.bound == pytest.approx(expected, rel=1e-5)
    costs = [point.cost or 0.0 for point in found.points]
    assert [point.dearer_for_sure for point in found.points[1:]] == list(np.diff(costs) > 1e-3)
    assert found.points[0].dearer_for_sure is None


def test_a_wait_is_stricter_the_smaller_it_is() -> None:
    path = "queues.calls.service.average_wait_seconds"
    of = desk()
    with here() as terms:
        found = frontier(of, path, [5.0, 20.0], terms)
    assert [point.target for point in found.points] == [20.0, 5.0]
    for point in found.points:
        asked = changed(of, service={"answer_rate": 0.9, "average_wait_seconds": point.target})
        assert point.cost == pytest.approx(cheapest(asked, 6), rel=1e-6)


@given(COSTS)
def test_shared_costs_and_bounds_rise_with_the_target_and_never_get_worse(costs: list[float | None]) -> None:
    taken = [None if j is None else costs[j] for j in cheapest_from(costs)]
    known = [np.inf if cost is None else cost for cost in costs]
    expected = np.minimum.accumulate(np.array(known)[::-1])[::-1]
    assert [np.inf if cost is None else cost for cost in taken] == expected.tolist()

    highest = [-np.inf if bound is None else bound for bound in highest_bounds(costs)]
    given_bounds = np.array([-np.inf if bound is None else bound for bound in costs])
    assert highest == np.maximum.accumulate(given_bounds).tolist()


def test_a_stricter_points_cheaper_plan_is_taken_and_a_looser_ones_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made_up(monkeypatch, {0.8: (100.0, 90.0), 0.9: (120.0, 85.0), 0.95: (110.0, 105.0), 0.99: (None, None)})
    with here() as terms:
        found = frontier(desk(), RATE, [0.8, 0.9, 0.95, 0.99], terms)
    assert [(p.cost, p.bound, p.plan_of, p.dearer_for_sure) for p in found.points] == [
        (100.0, 90.0, 0.8, None),
        (110.0, 90.0, 0.95, False),
        (110.0, 105.0, 0.95, False),
        (None, 105.0, None, False),
    ]
    assert [point.status for point in found.points] == ["plan", "plan", "plan", "infeasible"]
    assert found.points[1].gap == pytest.approx(20 / 110)


def test_with_a_confidence_nothing_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bounds are then about the limits that were asked for, not about the promise."""
    made_up(monkeypatch, {0.8: (100.0, 90.0), 0.9: (95.0, 85.0)})
    of = desk()
    unsure = of.scenario.uncertainty.model_copy(update={"confidence": 0.9, "day_cv": 0.1})
    sure = replace(of, scenario=of.scenario.model_copy(update={"uncertainty": unsure}))
    with here() as terms:
        found = frontier(sure, RATE, [0.8, 0.9], terms)
    assert [(point.cost, point.bound) for point in found.points] == [(100.0, 90.0), (95.0, 85.0)]


@pytest.mark.parametrize(
    "promise, targets, said",
    [
        (WAGE, [1.0], "--promise: must end with a promise: answer_rate, average_wait_seconds, floor"),
        ("queues.cals.service.answer_rate", [0.9], "queues has no cals; write calls"),
        (RATE, [95.0], "must be below 1 (got 95.0; write 0.95)"),
    ],
)
def test_what_is_no_promise_is_told(promise: str, targets: list[float], said: str) -> None:
    with here() as terms, pytest.raises(InvalidInput) as refused:
        frontier(desk(), promise, targets, terms)
    assert said in str(refused.value)


def test_the_usual_promise_is_one() -> None:
    assert strictness(USUAL) == 1
    assert strictness("queues.calls.service.average_wait_seconds") == -1


def test_every_share_of_a_u_curve_is_the_cheapest_of_all_plans_that_hold_it() -> None:
    of = with_ai()
    with here() as terms:
        found = ai_curve(of, "calls", [0.2, 0.6], terms)
    for point in found.points:
        expected = cheapest(changed(of, automation={**AI, "fixed_share": point.share}), 5)
        assert point.cost == pytest.approx(expected, rel=1e-6)


def test_a_u_curve_has_its_least_where_the_free_plan_is() -> None:
    """Its shares are the levels of the free plan, so that neither can do better than the other."""
    with here() as terms:
        found = ai_curve(with_ai(), "calls", [0.0, 0.15, 0.3, 0.45, 0.6], terms)
    costs = {point.share: point.cost or 0.0 for point in found.points}
    assert min(costs.values()) == pytest.approx(found.chosen_cost, rel=1e-6)
    least = min(costs, key=lambda share: costs[share])
    assert found.chosen_share == pytest.approx(least)
    assert 0 < least < 0.6, "a U: neither nothing nor all"
    assert [point.share for point in found.points if point.maybe_best] == [least]


def test_shares_are_spread_up_to_all_that_may_be_automated() -> None:
    assert spread(0.6, 4) == [0.0, 0.2, 0.4, 0.6]
    assert max(spread(0.1 + 0.2, 7)) <= 0.1 + 0.2


@pytest.mark.parametrize(
    "of, queue, said",
    [
        (desk, "calls", "--ai: calls has no automation"),
        (with_ai, "cals", "names no queue (got 'cals'; write calls)"),
    ],
)
def test_a_queue_without_ai_is_told(of: Any, queue: str, said: str) -> None:
    with here() as terms, pytest.raises(InvalidInput) as refused:
        ai_curve(of(), queue, [0.0], terms)
    assert said in str(refused.value)


def test_where_all_cost_is_wages_a_wage_moves_it_one_to_one() -> None:
    with here() as terms:
        found = tornado(desk(), [WAGE, "forecast.contacts"], 0.1, terms)
    assert found.cost is not None
    wage = next(bar for bar in found.bars if bar.path == WAGE)
    assert wage.swing == pytest.approx(0.2 * found.cost, rel=1e-6)
    assert (wage.low.to, wage.high.to, wage.sure) == (0.9, 1.1, True)
    assert wage.low.cost == pytest.approx(0.9 * found.cost, rel=1e-6)


def test_bars_stand_by_their_swing_and_those_whose_gaps_meet_are_not_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures = {
        (WAGE, 0.5): (100.0, 95.0), (WAGE, 1.5): (104.0, 99.0),
        ("forecast.contacts", 0.5): (60.0, 59.0), ("forecast.contacts", 1.5): (150.0, 140.0),
        (RATE, 0.5): (130.0, 120.0), (RATE, 1.5): (None, None),
    }  # fmt: skip

    def at_once(task: Task) -> Result:
        path, to = (task.point[0].path, task.point[0].to) if task.point else ("", None)
        cost, bound = figures[path, float(to)] if to is not None else (101.0, 97.0)
        return Result(key=task.key, status="plan" if cost else "invalid", cost=cost, bound=bound)

    monkeypatch.setattr(sweep_walk, "planned", at_once)
    monkeypatch.setattr("planner.sweep.sensitivity.check", lambda *given: None)
    with here() as terms:
        found = tornado(desk(), [WAGE, RATE, "forecast.contacts"], 0.5, terms)
    assert [(bar.path, bar.swing, bar.sure) for bar in found.bars] == [
        ("forecast.contacts", 90.0, True),
        (WAGE, 4.0, False),
        (RATE, None, False),
    ]
    assert (found.cost, found.bound) == (101.0, 97.0)


def test_usual_fields_are_those_that_the_scenario_has() -> None:
    found = usual_fields(desk())
    assert "pools.*.pay.wage" in found
    assert "queues.*.patience_seconds" in found
    assert not {"vendors.*.contract.tiers.*.price", "pools.*.desk_cost_per_month"} & set(found)
    assert "queues.*.automation.price_per_session" in usual_fields(with_ai())


def test_a_field_that_cannot_be_moved_is_told() -> None:
    with here() as terms, pytest.raises(InvalidInput, match="--field: one_at_a_time"):
        tornado(desk(), ["pools.team.kind"], 0.1, terms)


def test_a_curve_that_is_stopped_says_how_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up(monkeypatch, {None: (1.0, 1.0)})
    with here(stopped=lambda: True) as terms:
        assert frontier(desk(), RATE, [0.8, 0.9], terms).unfinished == 2
        assert tornado(desk(), [WAGE], 0.1, terms).unfinished == 3
        assert ai_curve(with_ai(), "calls", [0.0, 0.1], terms).unfinished == 3
