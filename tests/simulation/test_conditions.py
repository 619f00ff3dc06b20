"""The world that a scenario describes, and the one that plans without more ado are replayed in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.arrays import Floats
from planner.plan import Plan, Seat
from planner.simulation import (
    Conditions,
    Customers,
    Effort,
    Exponential,
    Facts,
    Lognormal,
    conditions_of,
    replay,
    simulate,
)
from planner.staffing import evaluate_roster
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.simulation.centres import centre, hours

EFFORT = Effort(seed=3, replications=20)


def plan(uncertainty: dict[str, Any] | None = None, **vip: Any) -> Plan:
    """Two queues that share eight people for four hours."""
    queues = {"calls": queue(), "vip": queue(**vip)}
    of = scenario(
        queues, {"own": pool(shifts("08:00", 4.0), queues=[*queues])}, uncertainty=uncertainty or {}
    )
    seat = Seat(
        pool="own", pattern="day", start="2026-03-02T08:00+00:00", end="2026-03-02T12:00+00:00", people=8
    )
    return evaluate_roster(problem(of, {"calls": [100.0] * 4, "vip": [30.0] * 4}), (seat,), {})


def same(one: Facts, other: Facts) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("offered", "waited", "busy")
    )


def test_a_scenario_that_says_nothing_is_replayed_as_the_formulas_have_it() -> None:
    found = conditions_of(scenario({"calls": queue()}, {"own": pool(shifts("08:00", 4.0))}))
    assert found == Conditions(queues={"calls": Customers()}, priority={"calls": 5})
    assert same(replay(plan(), effort=EFFORT), replay(plan(), Conditions(), EFFORT))


def test_conditions_are_what_the_scenario_says() -> None:
    said = {"day_cv": 0.1, "interval_cv": 0.2, "handle_time_cv": 0.7, "patience_cv": 1.4}
    queues = {"calls": queue(), "vip": queue(priority=1, reserve=3, customers=said)}
    rules = pool(shifts("08:00", 4.0), queues=[*queues])
    found = conditions_of(scenario(queues, {"own": rules}, uncertainty={"day_cv": 0.3}))
    assert (found.priority, found.reserve, found.day_cv) == ({"calls": 5, "vip": 1}, {"vip": 3}, 0.3)
    assert found.of("calls") == Customers(handle_time=Exponential(), patience=Exponential())
    assert found.of("vip") == Customers(
        handle_time=Lognormal(0.7), patience=Lognormal(1.4), day_cv=0.1, interval_cv=0.2
    )


@pytest.mark.parametrize(
    "vip, conditions",
    [
        ({"priority": 1}, Conditions(priority={"vip": 1})),
        ({"priority": 1, "reserve": 2}, Conditions(priority={"vip": 1}, reserve={"vip": 2})),
        ({"customers": {"day_cv": 0.4}}, Conditions(queues={"vip": Customers(day_cv=0.4)})),
        ({"uncertainty": {"day_cv": 0.4}}, Conditions(day_cv=0.4)),
    ],
)
def test_a_plan_is_replayed_in_the_world_of_its_scenario(vip: dict[str, Any], conditions: Conditions) -> None:
    facts = replay(plan(**vip), effort=EFFORT)
    assert same(facts, replay(plan(), conditions, EFFORT))
    assert not same(facts, replay(plan(), Conditions(), EFFORT))


def by_day(conditions: Conditions) -> Floats:
    """(R, Q) contacts."""
    on = centre(np.column_stack((hours(24, 100.0), hours(24, 100.0))), [])
    found: Floats = simulate(on, conditions, Effort(seed=5, replications=400)).offered.sum(axis=1)
    return found


def correlation(found: Floats) -> float:
    return float(np.asarray(np.corrcoef(found.T))[0, 1])


def test_a_shared_busy_day_is_busy_for_every_queue() -> None:
    shared, own = by_day(Conditions(day_cv=0.3)), by_day(Conditions(customers=Customers(day_cv=0.3)))
    for found in (shared, own):
        assert found.mean() == pytest.approx(2400.0, rel=0.04)
        assert found.std(axis=0) / 2400.0 == pytest.approx(np.full(2, 0.3), rel=0.15)
    assert correlation(shared) > 0.95
    assert abs(correlation(own)) < 0.15


def test_a_shared_factor_multiplies_those_of_single_queues() -> None:
    both = by_day(Conditions(day_cv=0.3, customers=Customers(day_cv=0.2)))
    spread = np.sqrt((1 + 0.3**2) * (1 + 0.2**2) - 1)
    assert both.std(axis=0) / 2400.0 == pytest.approx(np.full(2, spread), rel=0.15)
    assert correlation(both) == pytest.approx(0.3**2 / spread**2, abs=0.1)


@pytest.mark.parametrize("wrong", [{"day_cv": -0.1}, {"reserve": {"queue 0": -1}}])
def test_variation_and_reserves_are_not_negative(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"variation|reserve"):
        Conditions(**wrong)
