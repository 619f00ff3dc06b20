"""Small problems: the program, and the walk through it, find what trying every plan finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from planner.problem import Problem
from planner.program.candidate import decided
from planner.solver.matrix import objective
from planner.staffing import make_plan
from tests.program.enumeration import cheapest
from tests.program.optimum import solved
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

Case = Callable[[], tuple[Problem, int]]
CASES: dict[str, Case] = {}
BUSY = [14.0, 30.0, 22.0, 9.0]
MOVED = shifts(["08:00", "09:00", "10:00"], 2.0)
LONG = shifts("08:00", 4.0)
MONTHLY = {"by": "month", "wage": 3000.0}
AI = {
    "intents": [
        {"name": "parcel", "share": 0.3, "complexity": 0.6, "containment": 0.8, "wrong_containment": 0.1},
        {"name": "returns", "share": 0.2, "containment": 0.5, "saved_handle_time_seconds": 20.0},
        {"name": "complaints", "share": 0.5, "automatable": False},
    ],
    "fixed_cost_per_month": 300.0,
    "price_per_session": 0.8,
    "level_step": 0.5,
}


def case(most: int) -> Callable[[Callable[[], Problem]], Case]:
    """A problem under its function's name, whose cheapest plan has at most so many people on a pattern."""

    def kept(build: Callable[[], Problem]) -> Case:
        CASES[build.__name__] = lambda: (build(), most)
        return CASES[build.__name__]

    return kept


PRICED: dict[str, Any] = {"lost_contact_cost": 8.0, "waiting_cost_per_hour": 30.0}


def single(own: dict[str, Any], contacts: list[float] = BUSY, days: int = 1, **rules: Any) -> Problem:
    return problem(scenario({"calls": queue(**rules)}, {"own": own}, {"days": days}), {"calls": contacts})


@case(most=4)
def weekly_answer_rate() -> Problem:
    return single(pool(MOVED, LONG), service={"answer_rate": 0.93, "floor": 0.7})


@case(most=3)
def an_ai_share_that_is_held_fixed() -> Problem:
    """Between two intents' edges, where no level stands."""
    return single(pool(MOVED), automation={**AI, "fixed_share": 0.37}, service={"answer_rate": 0.9})


@case(most=4)
def service_that_is_worth_its_price() -> Problem:
    return single(pool(MOVED, LONG), service="economic", **PRICED)


@case(most=5)
def waiting_that_costs_where_nobody_leaves() -> Problem:
    return single(pool(MOVED, LONG), service="economic", patience_seconds=None, waiting_cost_per_hour=90.0)


@case(most=4)
def waiting_that_costs_beside_a_promise() -> Problem:
    return single(pool(MOVED, LONG), service={"answer_rate": 0.6, "floor": None}, waiting_cost_per_hour=60.0)


@case(most=4)
def weekly_answer_rate_and_its_floor() -> Problem:
    return single(pool(MOVED, LONG, shrinkage=0.15), service={"answer_rate": 0.85})


@case(most=5)
def answer_rate_of_every_interval() -> Problem:
    return single(pool(MOVED), service={"answer_rate": {"target": 0.9, "period": "interval"}})


@case(most=5)
def average_wait() -> Problem:
    return single(pool(MOVED), service={"average_wait_seconds": 8.0, "floor": None})


@case(most=5)
def within_twenty_seconds() -> Problem:
    level = {"target": 0.8, "within_seconds": 20.0}
    return single(pool(MOVED), service={"service_level": level})


@case(most=5)
def nobody_leaves() -> Problem:
    return single(pool(MOVED), patience_seconds=None, service={"average_wait_seconds": 40.0})


@case(most=3)
def every_day_by_itself() -> Problem:
    service = {"answer_rate": {"target": 0.85, "period": "day"}, "floor": 0.5}
    own = pool(shifts(["08:00", "10:00"], 2.0))
    return single(own, [10.0, 18.0, 4.0, 6.0, 6.0, 9.0, 14.0, 5.0], days=2, service=service)


@case(most=3)
def paid_by_the_month_with_desks() -> Problem:
    own = pool(
        MOVED,
        LONG,
        pay=MONTHLY,
        desk_cost_per_month=800.0,
        contract={"hours_per_week": 15.0},
        productivity=0.9,
    )
    return single(own, service={"answer_rate": 0.9})


@case(most=5)
def own_people_by_the_month_and_a_dear_vendor_by_the_hour() -> Problem:
    own = pool(LONG, pay={**MONTHLY, "benefits": 0.2}, contract={"hours_per_week": 20.0})
    vendor = pool(shifts(["08:00", "09:00"], 2.0), wage=31.0, desk_cost_per_month=0.0)
    of = scenario({"calls": queue(service={"answer_rate": 0.92})}, {"own": own, "vendor": vendor})
    return problem(of, {"calls": BUSY})


@case(most=5)
def few_seats() -> Problem:
    own = pool(shifts(["08:00", "10:00"], 2.0), LONG, maximum_seats=2)
    vendor = pool(LONG, wage=35.0)
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": own, "vendor": vendor})
    return problem(of, {"calls": BUSY})


@case(most=5)
def few_people_on_the_books() -> Problem:
    own = pool(shifts(["08:00", "10:00"], 2.0), maximum_headcount=3, minimum_headcount=1)
    vendor = pool(LONG, wage=35.0)
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": own, "vendor": vendor})
    return problem(of, {"calls": BUSY})


@case(most=4)
def two_patterns_at_most() -> Problem:
    return single(pool(MOVED, LONG, maximum_patterns=2), service={"answer_rate": 0.9})


@case(most=4)
def three_people_on_a_pattern_or_none() -> Problem:
    return single(
        pool(shifts(["08:00", "09:00", "10:00"], 2.0, minimum_people=3)), service={"answer_rate": 0.9}
    )


@case(most=4)
def lost_contacts_that_cost_money() -> Problem:
    return single(pool(MOVED, LONG), service={"answer_rate": 0.5, "floor": None}, lost_contact_cost=9.0)


@case(most=6)
def agents_asked_for_directly() -> Problem:
    of = scenario({"calls": queue()}, {"own": pool(MOVED, shrinkage=0.25)})
    return problem(of, {}, agents={"calls": [2.0, 3.5, 3.0, 0.0]})


@case(most=4)
def ai_level_of_one_queue() -> Problem:
    return single(pool(MOVED), service={"answer_rate": 0.9}, automation=AI)


@case(most=4)
def ai_that_keeps_every_contact() -> Problem:
    keeps = {"intents": [{"name": "all", "share": 1.0, "containment": 1.0}], "level_step": 0.5}
    return single(
        pool(MOVED), service={"answer_rate": 0.9}, automation={**keeps, "fixed_cost_per_month": 100.0}
    )


def shared(first: dict[str, Any], second: dict[str, Any], vendor_wage: float = 26.0) -> Problem:
    pools = {
        "own": pool(LONG, shifts("08:00", 2.0), queues=["calls", "mail"]),
        "vendor": pool(shifts("09:00", 2.0), queues="mail", wage=vendor_wage),
    }
    of = scenario({"calls": queue(**first), "mail": queue(**second)}, pools)
    return problem(of, {"calls": [12.0, 16.0, 10.0, 6.0], "mail": [6.0, 20.0, 12.0, 5.0]})


@case(most=5)
def two_queues_that_share_a_pool() -> Problem:
    return shared({"service": {"answer_rate": 0.9}}, {"service": {"answer_rate": 0.8, "floor": 0.6}})


@case(most=5)
def two_queues_with_promises_of_different_kinds() -> Problem:
    wait = {"patience_seconds": None, "service": {"average_wait_seconds": 120.0}}
    return shared({"service": {"answer_rate": 0.85, "floor": 0.5}}, wait)


@case(most=4)
def two_queues_whose_lost_contacts_cost_money() -> Problem:
    loose = {"answer_rate": 0.3, "floor": None}
    return shared({"service": loose, "lost_contact_cost": 12.0}, {"service": loose, "lost_contact_cost": 5.0})


@case(most=4)
def ai_on_two_queues_that_share_a_pool() -> Problem:
    return shared(
        {"service": {"answer_rate": 0.9}, "automation": AI},
        {"service": {"answer_rate": 0.8}, "automation": {**AI, "price_per_session": 2.0}},
    )


OWN_PLATFORM = {"capital": 9000.0, "hardware_share": 0.6, "life_years": 2.0, "discount_rate": 0.1}
PLATFORMS: dict[str, Any] = {
    "own": {**OWN_PLATFORM, "upkeep_share_per_year": 0.2},
    "saas": {"subscription_per_year": 1500.0, "seat_price_per_month": 160.0},
    "vendors": {"pools": "vendor", "seat_price_per_month": 20.0},
}


def with_platforms(technologies: dict[str, Any], vendor_wage: float, **vendor: Any) -> Problem:
    """Own people and a vendor's, of whom some are always absent."""
    own = pool(LONG, shifts("10:00", 2.0), wage=20.0, shrinkage={"absence": 0.1})
    other = pool(shifts(["08:00", "10:00"], 2.0), wage=vendor_wage, **vendor)
    pools = {"own": own, "vendor": other}
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, pools, technologies=technologies)
    return problem(of, {"calls": BUSY})


@case(most=5)
def platforms_of_three_kinds() -> Problem:
    return with_platforms(PLATFORMS, 26.0)


@case(most=5)
def a_vendor_that_works_with_its_own_platform_alone() -> Problem:
    return with_platforms(PLATFORMS, 21.0)


@case(most=5)
def a_vendor_that_brings_its_platform() -> Problem:
    none = {"none": {"pools": []}, "saas": {"subscription_per_year": 900.0, "seat_price_per_month": 900.0}}
    return with_platforms(none, 27.0, brings_platform=True)


@case(most=5)
def one_platform_with_seats_that_two_pools_share() -> Problem:
    return with_platforms({"saas": {"seat_price_per_month": 700.0}}, 24.0)


@case(most=4)
def platforms_beside_ai_desks_and_people_by_the_month() -> Problem:
    own = pool(MOVED, pay=MONTHLY, desk_cost_per_month=300.0, contract={"hours_per_week": 15.0})
    calls = queue(service={"answer_rate": 0.9}, automation=AI)
    seats = {"seats": {"seat_price_per_month": 600.0}, "flat": {"subscription_per_year": 18000.0}}
    return problem(scenario({"calls": calls}, {"own": own}, technologies=seats), {"calls": BUSY})


def random_platforms(seed: int) -> tuple[Problem, int]:
    """Three platforms drawn at random, one of which the vendor alone may use."""
    draw = np.random.default_rng(1000 + seed)

    def platform(**more: Any) -> dict[str, Any]:
        return {
            "capital": float(draw.choice([0.0, 5000.0])),
            "life_years": float(draw.choice([1.0, 3.0])),
            "discount_rate": float(draw.choice([0.0, 0.12])),
            "subscription_per_year": float(draw.choice([0.0, 3000.0])),
            "seat_price_per_month": float(draw.choice([0.0, 150.0, 500.0])),
            **more,
        }

    technologies = {"a": platform(), "b": platform(pools=["own"]), "c": platform(pools=["vendor"])}
    own_or_theirs = {"brings_platform": bool(draw.integers(2))}
    return with_platforms(technologies, float(draw.uniform(19, 32)), **own_or_theirs), 5


def random_problem(seed: int) -> tuple[Problem, int]:
    """One queue with promises, pay and rules drawn at random."""
    draw = np.random.default_rng(seed)
    service = [
        {"answer_rate": float(draw.uniform(0.6, 0.97)), "floor": float(draw.choice([0.3, 0.7]))},
        {"average_wait_seconds": float(draw.uniform(4, 40)), "floor": None},
        {"service_level": {"target": float(draw.uniform(0.5, 0.9)), "within_seconds": 30.0}, "floor": None},
        {"answer_rate": {"target": float(draw.uniform(0.6, 0.95)), "period": "interval"}, "floor": None},
    ][int(draw.integers(4))]
    rules: dict[str, Any] = {
        "pay": [MONTHLY, {"by": "hour", "wage": 20.0, "benefits": 0.3}][int(draw.integers(2))],
        "shrinkage": float(draw.choice([0.0, 0.2])),
        "desk_cost_per_month": float(draw.choice([0.0, 2000.0])),
        "maximum_patterns": [None, 2][int(draw.integers(2))],
        "contract": {"hours_per_week": float(draw.choice([12.0, 40.0]))},
    }
    queue_rules: dict[str, Any] = {"service": service, "lost_contact_cost": float(draw.choice([0.0, 6.0]))}
    queue_rules["waiting_cost_per_hour"] = float(draw.choice([0.0, 25.0]))
    if draw.integers(2):
        queue_rules["automation"] = AI
    contacts = draw.uniform(0, 24, size=4).round(1).tolist()
    if draw.integers(2):
        rules |= dear(draw)
    return single(pool(MOVED, **rules), contacts, **queue_rules), 5


def dear(draw: np.random.Generator) -> dict[str, Any]:
    """What labour costs beside wages and benefits, drawn at random."""
    premium = {"share": float(draw.uniform(0, 1)), "from": f"{draw.integers(24)}:17", "to": "10:31"}
    return {
        "premiums": [premium, *BETTER],
        "overlapping_premiums": ["add", "highest"][int(draw.integers(2))],
        "turnover": {**LEAVING, "monthly_attrition": float(draw.uniform(0, 0.3))},
        "person_licence_per_month": float(draw.choice([0.0, 400.0])),
        "seat_licence_per_month": float(draw.choice([0.0, 800.0])),
        "desk_rent_per_month": float(draw.choice([0.0, 1500.0])),
    }


LEAVING: dict[str, float] = {
    "monthly_attrition": 0.1,
    "recruiting_cost": 600.0,
    "training_weeks": 2.0,
    "ramp_up_weeks": 4.0,
    "ramp_up_productivity": 0.5,
}
BETTER = [{"share": 0.5, "from": "09:30", "to": "11:20"}, {"share": 0.25, "from": "11:00", "to": "09:00"}]


@case(most=5)
def hours_that_are_paid_better() -> Problem:
    return single(pool(MOVED, premiums=BETTER), service={"answer_rate": 0.9})


@case(most=5)
def hours_that_are_paid_better_by_the_highest_premium() -> Problem:
    rules: dict[str, Any] = {"premiums": BETTER, "overlapping_premiums": "highest"}
    return single(pool(MOVED, **rules), service={"answer_rate": 0.9})


@case(most=4)
def people_by_the_month_who_leave_and_earn_premiums() -> Problem:
    own = pool(
        MOVED,
        LONG,
        pay={**MONTHLY, "benefits": 0.3},
        contract={"hours_per_week": 15.0},
        premiums=BETTER,
        turnover=LEAVING,
        person_licence_per_month=300.0,
        seat_licence_per_month=200.0,
        desk_rent_per_month=500.0,
    )
    return single(own, service={"answer_rate": 0.9})


@case(most=5)
def people_by_the_hour_who_leave() -> Problem:
    rules: dict[str, Any] = {
        "turnover": LEAVING,
        "person_licence_per_month": 300.0,
        "seat_licence_per_month": 700.0,
    }
    return single(pool(MOVED, contract={"hours_per_week": 20.0}, **rules), service={"answer_rate": 0.9})


@case(most=5)
def part_timers_with_least_hours() -> Problem:
    contract = {"hours_per_week": 30.0, "least_hours_per_week": 15.0}
    rules: dict[str, Any] = {"contract": contract, "turnover": LEAVING, "person_licence_per_month": 900.0}
    own = pool(shifts(["08:00", "09:00"], 2.0), LONG, **rules)
    vendor = pool(shifts(["08:00", "10:00"], 2.0), wage=24.0)
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": own, "vendor": vendor})
    return problem(of, {"calls": BUSY})


@pytest.mark.parametrize("name", CASES)
def test_the_programs_optimum_is_the_cheapest_of_all_plans(name: str) -> None:
    of, most = CASES[name]()
    _agrees(of, most)


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 40))]
)
def test_the_programs_optimum_is_the_cheapest_of_all_plans_of_a_random_problem(seed: int) -> None:
    _agrees(*random_problem(seed))


@pytest.mark.parametrize(
    "seed", [*range(4), *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 40))]
)
def test_the_programs_optimum_is_the_cheapest_of_all_plans_with_random_platforms(seed: int) -> None:
    _agrees(*random_platforms(seed))


def _agrees(of: Problem, most: int) -> None:
    expected = cheapest(of, most)
    assert np.isfinite(expected)
    made = program(of)
    values = solved(made)
    assert objective(made.matrix, values) == pytest.approx(expected, rel=1e-5)
    people, _ = decided(made, values)
    assert max(int(x.max()) for x in people) <= most


QUICK = (
    "platforms_of_three_kinds",
    "a_vendor_that_brings_its_platform",
    "part_timers_with_least_hours",
    "people_by_the_month_who_leave_and_earn_premiums",
    "weekly_answer_rate",
    "ai_on_two_queues_that_share_a_pool",
    "paid_by_the_month_with_desks",
)
ENDS = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in CASES]


@pytest.mark.parametrize("name", ENDS)
def test_the_walk_ends_at_the_cheapest_of_all_plans(name: str) -> None:
    of, most = CASES[name]()
    expected = cheapest(of, most)
    plan = make_plan(of)
    assert plan.status == "optimal"
    assert plan.cost == pytest.approx(expected, rel=1e-5)
    assert plan.bound == pytest.approx(expected, rel=1e-5)
    assert all(promise.met for promise in plan.service)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(40) if n != 1)])
def test_the_walk_ends_at_the_cheapest_of_all_plans_with_random_platforms(seed: int) -> None:
    of, most = random_platforms(seed)
    expected = cheapest(of, most)
    plan = make_plan(of)
    assert plan.status == "optimal"
    assert plan.cost == pytest.approx(expected, rel=1e-5)
    assert plan.bound == pytest.approx(expected, rel=1e-5)


def test_where_nobody_calls_a_plan_has_nobody_and_costs_nothing() -> None:
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": pool(shifts("08:00", 2.0))})
    plan = make_plan(problem(of, {"calls": [0.0, 0.0]}))
    assert (plan.cost, plan.bound, plan.seats) == (0.0, 0.0, ())
    assert all(promise.met for promise in plan.service)
