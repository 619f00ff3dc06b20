"""Plans of queues with repeats, against every plan of a small problem at the contacts it attracts itself.

What a plan attracts is found here by going round: contacts, who answers them, who comes again, contacts. Only
the queueing formulas are the planner's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import pytest

from planner.arrays import Floats
from planner.problem import Problem
from planner.queueing import Systems, measures
from planner.staffing import evaluate_roster, make_plan
from tests.program.small_problems import Part, pool, problem, queue, scenario, shifts

CONTACTS, HANDLE_TIME, PATIENCE, HOUR = [14.0, 30.0, 22.0, 9.0], 180.0, 120.0, 3600.0
TARGET, FLOOR, MOST = 0.93, 0.7, 3
WAGES = {"own": 20.0, "vendor": 15.0}
STARTS = ("08:00", "10:00")
AGAIN = {
    "first_contact_resolution": 0.75,
    "calls_back": 0.6,
    "redials": 0.5,
    "baseline": {"answer_rate": 0.9, "first_contact_resolution": 0.7},
}


def shop(vendor_solves: float, **changes: Any) -> Problem:
    """Two pools of two shifts each; the vendor's people are cheaper and solve less."""
    again = {**AGAIN, **changes}
    calls = queue(service={"answer_rate": TARGET, "floor": FLOOR}, repeats=again)
    rules: dict[str, Part] = {"own": {}, "vendor": {"first_contact_resolution": {"calls": vendor_solves}}}
    pools = {
        name: pool(shifts(list(STARTS), 2.0), wage=WAGES[name], maximum_seats=MOST, **rules[name])
        for name in WAGES
    }
    limits = {"gap": 1e-3, "time_limit_seconds": 6.0}
    return problem(scenario({"calls": calls}, pools, solver=limits), {"calls": CONTACTS}, HANDLE_TIME)


def attracts(agents: Floats, solves: Floats, again: dict[str, Any]) -> float | None:
    """Contacts / contacts of the forecast under (P, T) agents; None where a promise is then missed."""
    before = again["baseline"]
    lost_before = 1 - before["answer_rate"]
    unsolved = (1 - before["first_contact_resolution"]) * again["calls_back"]
    first = 1 - (1 - lost_before) * unsolved - lost_before * again["redials"]
    forecast, volume = np.array(CONTACTS), 1.0
    everyone = agents.sum(axis=0)
    contacts = answered = rate = forecast
    for _ in range(60):
        contacts = forecast * volume
        each = np.ones(forecast.size)
        systems = Systems(contacts / HOUR, each * HANDLE_TIME, each * PATIENCE)
        rate = measures(systems, everyone, 0.0).answer_rate
        answered = contacts * rate
        by_pool = (answered / np.maximum(everyone, 1e-12) * agents).sum(axis=1)
        back = float(by_pool @ (1 - solves)) * again["calls_back"]
        back += float((contacts - answered).sum()) * again["redials"]
        volume = first + back / forecast.sum()
    kept = answered.sum() >= TARGET * contacts.sum() and (rate >= FLOOR).all()
    return volume if kept else None


def rosters() -> Iterator[tuple[Floats, float]]:
    """(P, T) agents of every way to put people on the shifts, and what they cost."""
    for people in product(range(MOST + 1), repeat=4):
        counts = np.array(people, dtype=np.float64).reshape(2, 2)
        cost = float(counts.sum(axis=1) @ np.array(list(WAGES.values()))) * 2.0
        yield np.repeat(counts, 2, axis=1), cost


def cheapest(solves: Floats, again: dict[str, Any]) -> float:
    kept = (cost for agents, cost in rosters() if attracts(agents, solves, again) is not None)
    return min(kept, default=float("inf"))


@pytest.mark.parametrize("redials", [0.0, 0.5])
@pytest.mark.parametrize("vendor_solves", [0.75, 0.7, 0.5, 0.9])
def test_the_bound_lies_below_every_plan_and_the_plan_near_the_cheapest(
    vendor_solves: float, redials: float
) -> None:
    best = cheapest(np.array([0.75, vendor_solves]), {**AGAIN, "redials": redials})
    assert np.isfinite(best)
    plan = make_plan(shop(vendor_solves, redials=redials))
    assert plan.bound is not None
    assert plan.bound <= best + 1e-6
    assert plan.cost >= best - 1e-6
    # a plan is made for the most contacts of a volume level: at most one person too many here
    assert plan.cost <= best + 2 * max(WAGES.values()) + 1e-6


@pytest.mark.parametrize("vendor_solves", [0.75, 0.5])
def test_a_plan_attracts_no_more_than_it_is_made_for(vendor_solves: float) -> None:
    (row,) = make_plan(shop(vendor_solves)).attempts
    assert row.first + row.returning <= row.planned * (1 + 1e-9)
    assert row.first == pytest.approx(row.forecast * (1 - 0.9 * 0.3 * 0.6 - 0.1 * 0.5))
    assert row.lost_customers == pytest.approx(row.lost_contacts * 0.5)
    answered = row.reaching_people - row.lost_contacts
    assert row.resolved == pytest.approx(answered * row.first_contact_resolution)
    back = answered * (1 - row.first_contact_resolution) * 0.6 + row.lost_contacts * 0.5
    assert row.returning == pytest.approx(back)


@pytest.mark.parametrize("vendor_solves", [0.75, 0.5])
def test_a_roster_is_judged_at_the_contacts_that_it_attracts(vendor_solves: float) -> None:
    of = shop(vendor_solves)
    plan = make_plan(of)
    evaluated = evaluate_roster(of, plan.seats, {})
    (row,) = evaluated.attempts
    agents = np.zeros((2, len(CONTACTS)))
    for number, name in enumerate(WAGES):
        for place, start in enumerate(STARTS):
            mine = [s.people for s in plan.seats if s.pool == name and f"T{start}" in s.start]
            agents[number, 2 * place : 2 * place + 2] += sum(mine)
    volume = attracts(agents, np.array([0.75, vendor_solves]), AGAIN)
    assert volume is not None
    assert row.planned / row.forecast == pytest.approx(volume, rel=2e-4)
    assert evaluated.cost <= plan.cost + 1e-6
