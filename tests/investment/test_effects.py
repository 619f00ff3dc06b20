"""What investments change in a problem, and what they cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.demand import demand, first_attempts
from planner.investment.effects import bought, cost_per_month, decided, undecided
from planner.problem import Problem
from planner.scenario.investments import Investment
from planner.technology import annuity
from tests.program.small_problems import pool, problem, queue, scenario, shifts

AI = {
    "intents": [
        {
            "name": "simple",
            "share": 0.4,
            "complexity": 0.5,
            "containment": 0.6,
            "saved_handle_time_seconds": 20,
        },
        {"name": "rest", "share": 0.6, "automatable": False},
    ]
}
AGAIN = {"first_contact_resolution": 0.7, "calls_back": 0.5, "baseline": {"ai_share": 0.3}}
TURNOVER = {"monthly_attrition": 0.1, "recruiting_cost": 500.0, "training_weeks": 4.0}
BASE: dict[str, Any] = {
    "queues": {"calls": {"handle_time_factor": 0.9, "more_resolved": 0.1, "more_contained": 0.2}},
    "pools": {"own": {"training_weeks": 1.0, "attrition_factor": 0.5}},
}
ROUTING: dict[str, Any] = {
    "queues": {"calls": {"handle_time_factor": 0.8, "more_resolved": 0.05}},
    "pools": {"own": {"training_weeks": 2.0, "attrition_factor": 0.8}},
}


def small(**investments: Any) -> Problem:
    calls = queue(automation=AI, repeats=AGAIN)
    own = pool(shifts(["08:00", "10:00"], 2.0), turnover=TURNOVER, first_contact_resolution={"calls": 0.75})
    return problem(scenario({"calls": calls}, {"own": own}, investments=investments), {"calls": [40.0]})


def test_an_investment_costs_its_annuity_and_what_it_costs_less_what_it_saves() -> None:
    """(F6)"""
    of = Investment(
        capital=1200.0, life_years=2, discount_rate=0.05, cost_per_month=30.0, saves_per_month=70.0
    )
    assert cost_per_month(of) == pytest.approx(annuity(1200.0, 2, 0.05) - 40.0)
    assert cost_per_month(Investment(capital=1200.0, life_years=2)) == pytest.approx(50.0)
    taken = {"a": of, "b": of.model_copy(update={"take": "always"})}
    assert bought(taken, 3.0) == pytest.approx(3 * cost_per_month(of))


def test_factors_multiply_shares_add_and_the_fewest_weeks_count() -> None:
    """(F7), (F8), (F9)"""
    before = small(base=BASE, routing=ROUTING)
    after = decided(before, ["base", "routing"])
    now, own = after.scenario.queues["calls"], after.scenario.pools["own"]
    assert after.forecast.handle_time == pytest.approx(before.forecast.handle_time * 0.72)
    assert now.repeats is not None
    assert now.automation is not None
    simple, rest = now.automation.intents
    assert simple.containment == pytest.approx(0.8)
    assert simple.saved_handle_time_seconds == pytest.approx(14.4)
    assert rest.containment == 0.0
    assert now.repeats.first_contact_resolution == pytest.approx(0.85)
    assert own.first_contact_resolution["calls"] == pytest.approx(0.9)
    assert own.turnover.training_weeks == 1.0
    assert own.turnover.monthly_attrition == pytest.approx(0.04)
    assert own.turnover.recruiting_cost == 500.0


def test_the_forecast_stays_as_it_was_served() -> None:
    """First attempts are those of before: what an investment resolves and contains now, nobody did then."""
    before = small(base=BASE)
    after = decided(before, ["base"])
    assert first_attempts(after.scenario.queues["calls"]) == pytest.approx(
        first_attempts(before.scenario.queues["calls"]), abs=1e-12
    )


def test_more_containment_leaves_fewer_contacts_to_people() -> None:
    (before,) = demand(small().scenario.queues, small().forecast)
    after = decided(small(base=BASE), ["base"])
    (now,) = demand(after.scenario.queues, after.forecast)
    assert now.share == pytest.approx(before.share)
    assert (now.contacts.sum(axis=0)[1:] < before.contacts.sum(axis=0)[1:]).all()
    assert np.allclose(now.contacts[:, 0], before.contacts[:, 0])


def test_what_is_decided_stays_as_it_is() -> None:
    once = decided(small(base=BASE, routing={**ROUTING, "take": "always"}), [])
    assert undecided(once) == ()
    assert once.scenario.investments["routing"].take == "always"
    assert not once.scenario.investments["routing"].changes_something
    assert once.scenario.investments["base"].take == "never"
    again = decided(once, [])
    assert again.scenario == once.scenario
    assert again.forecast.handle_time == pytest.approx(once.forecast.handle_time)


def test_one_that_is_never_taken_changes_nothing() -> None:
    given = small(base={**BASE, "take": "never"})
    assert undecided(given) == ()
    assert decided(given, []).scenario.queues == given.scenario.queues
