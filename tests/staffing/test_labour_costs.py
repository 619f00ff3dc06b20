"""The cost of labour in whole plans: item by item by hand, and what must hold whatever the prices are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plan import Plan
from planner.problem import Problem
from planner.report.figures import labour_share
from planner.solver.matrix import objective
from planner.staffing import evaluate_roster, make_plan
from tests.program.optimum import solved
from tests.program.small_problems import Part, pool, problem, program, queue, scenario, shifts
from tests.shared_data import shared

BUSY = [14.0, 30.0, 22.0, 9.0]
MONTH = 12 / 365
"""A calendar of one day, in months."""
LEAVING = {
    "monthly_attrition": 0.04,
    "recruiting_cost": 2000.0,
    "training_weeks": 3.0,
    "ramp_up_weeks": 4.0,
    "ramp_up_productivity": 0.75,
}
DEAR: Part = {
    "pay": {"by": "month", "wage": 5200.0, "benefits": 0.25},
    "premiums": [{"share": 0.5, "from": "09:30", "to": "11:30"}],
    "turnover": LEAVING,
    "desk_cost_per_month": 400.0,
    "desk_rent_per_month": 700.0,
    "person_licence_per_month": 50.0,
    "seat_licence_per_month": 120.0,
}


def asked_for_two(**rules: Any) -> Problem:
    """A morning that needs two agents throughout, and one shift that fits."""
    of = scenario({"calls": queue()}, {"own": pool(shifts("08:00", 4.0), **rules)})
    return problem(of, {}, agents={"calls": [2.0, 2.0, 2.0, 2.0]})


def amounts(plan: Plan) -> dict[str, float]:
    return {line.item: line.amount for line in plan.costs}


def test_two_people_by_the_month_cost_what_they_cost_by_hand() -> None:
    # 5,200 a month of 173 1/3 hours are 30 an hour; a week's pay with benefits is 1,500.
    plan = make_plan(asked_for_two(**DEAR))
    assert amounts(plan) == pytest.approx(
        {
            "wages": 2 * 5200 * MONTH,
            "benefits": 2 * 1300 * MONTH,
            "premiums": 2 * 2 * 0.5 * 30,
            "recruiting": 2 * 0.04 * 2000 * MONTH,
            "training": 2 * 0.04 * 3 * 1500 * MONTH,
            "ramp_up": 2 * 0.04 * 1 * 1500 * MONTH,
            "desks": 2 * 400 * MONTH,
            "rent": 2 * 700 * MONTH,
            "licences": 2 * (50 + 120) * MONTH,
        }
    )
    assert plan.cost == pytest.approx(sum(amounts(plan).values()), rel=1e-12)
    assert plan.bound == pytest.approx(plan.cost)


def test_two_people_by_the_hour_are_charged_for_the_part_of_a_month_they_work() -> None:
    plan = make_plan(asked_for_two(**DEAR | {"pay": {"by": "hour", "wage": 30.0, "benefits": 0.25}}))
    months = 2 * 4 / (520 / 3)
    found = amounts(plan)
    assert found["premiums"] == pytest.approx(2 * 2 * 0.5 * 30)
    assert found["training"] == pytest.approx(0.04 * 3 * 1500 * months)
    assert found["licences"] == pytest.approx(50 * months + 2 * 120 * MONTH)


def test_labours_share_leaves_out_desks_rent_and_licences() -> None:
    plan = make_plan(asked_for_two(**DEAR))
    beside = 2 * (400 + 700 + 170) * MONTH
    assert labour_share(plan) == pytest.approx(1 - beside / plan.cost)


def test_a_roster_is_charged_like_the_plan_it_is() -> None:
    of = asked_for_two(**DEAR)
    plan = make_plan(of)
    assert amounts(evaluate_roster(of, plan.seats, {})) == pytest.approx(amounts(plan))


def test_a_premium_moves_work_to_hours_without_it() -> None:
    # One agent is asked for from 09:00 to 10:00, which either shift covers.
    def plan(*premiums: Part) -> list[str]:
        own = pool(shifts(["08:00", "09:00"], 2.0), premiums=premiums)
        of = scenario({"calls": queue()}, {"own": own})
        return [seat.pattern for seat in make_plan(problem(of, {}, agents={"calls": [0, 1, 0, 0]})).seats]

    assert plan({"share": 0.5, "from": "08:00", "to": "09:00"}) == ["09:00-11:00"]
    assert plan({"share": 0.5, "from": "10:00", "to": "11:00"}) == ["08:00-10:00"]


@pytest.mark.parametrize(
    ("least", "pattern", "cost"), [(0.0, "08:00-10:00", 40.0), (20.0, "08:00-12:00", 80.0)]
)
def test_a_part_timer_with_least_hours_works_a_longer_shift_than_is_needed(
    least: float, pattern: str, cost: float
) -> None:
    # Twenty hours on five days are four a day. Two are asked for, and two shifts of two need two people.
    own = pool(
        shifts(["08:00", "10:00"], 2.0), shifts("08:00", 4.0), contract={"least_hours_per_week": least}
    )
    of = scenario({"calls": queue()}, {"own": own})
    plan = make_plan(problem(of, {}, agents={"calls": [1.0, 1.0, 0.0, 0.0]}))
    assert [(seat.pattern, seat.people) for seat in plan.seats] == [(pattern, 1)]
    assert plan.cost == pytest.approx(cost)


PRICES = st.fixed_dictionaries(
    {
        "wage": st.floats(10, 60),
        "benefits": st.floats(0, 1),
        "share": st.floats(0, 2),
        "monthly_attrition": st.floats(0, 0.2),
        "recruiting_cost": st.floats(0, 5000),
        "training_weeks": st.floats(0, 8),
        "ramp_up_weeks": st.floats(0, 12),
        "desk_cost_per_month": st.floats(0, 2000),
        "desk_rent_per_month": st.floats(0, 2000),
        "person_licence_per_month": st.floats(0, 500),
        "seat_licence_per_month": st.floats(0, 500),
    }
)
TURNOVER = ("monthly_attrition", "recruiting_cost", "training_weeks", "ramp_up_weeks")
PLAIN = ("desk_cost_per_month", "desk_rent_per_month", "person_licence_per_month", "seat_licence_per_month")


def busy(prices: dict[str, float], by: str) -> Problem:
    """A busy morning whose people cost these prices, with a premium from 09:20 to 10:50."""
    wage = prices["wage"] * (520 / 3 if by == "month" else 1)
    rules: Part = {
        "pay": {"by": by, "wage": wage, "benefits": prices["benefits"]},
        "premiums": [{"share": prices["share"], "from": "09:20", "to": "10:50"}],
        "turnover": {**{name: prices[name] for name in TURNOVER}, "ramp_up_productivity": 0.5},
        **{name: prices[name] for name in PLAIN},
    }
    own = pool(shifts(["08:00", "09:00", "10:00"], 2.0), shifts("08:00", 4.0), **rules)
    return problem(scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": own}), {"calls": BUSY})


def optimum(of: Problem) -> float:
    made = program(of)
    return objective(made.matrix, solved(made))


@pytest.mark.parametrize("by", ["hour", "month"])
@given(prices=PRICES, raised=st.sampled_from(["wage", "share", "benefits", *TURNOVER, *PLAIN]))
@settings(max_examples=20)
def test_a_higher_price_never_makes_the_cheapest_plan_cheaper(
    by: str, prices: dict[str, float], raised: str
) -> None:
    low, high = optimum(busy(prices, by)), optimum(busy({**prices, raised: 1.3 * prices[raised]}, by))
    assert high >= low - 1e-6 * low


@pytest.mark.parametrize("by", ["hour", "month"])
@given(prices=PRICES)
@settings(max_examples=10)
def test_a_premium_of_nothing_changes_nothing(by: str, prices: dict[str, float]) -> None:
    free = program(busy({**prices, "share": 0.0}, by))
    of = busy(prices, by)
    own = of.scenario.pools["own"].model_copy(update={"premiums": ()})
    without = of.scenario.model_copy(update={"pools": {"own": own}})
    bare = program(Problem(without, of.calendar, of.forecast, "", ""))
    assert np.array_equal(free.matrix.cost, bare.matrix.cost)
    assert free.matrix.column_names == bare.matrix.column_names


@pytest.mark.parametrize("by", ["hour", "month"])
@given(prices=PRICES)
@settings(max_examples=6)
def test_the_items_of_a_plan_add_up_to_its_cost(
    by: str, prices: dict[str, float], tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = make_plan(busy(prices, by))
    assert sum(line.amount for line in plan.costs) == pytest.approx(plan.cost, rel=1e-12)
    assert check_of_others(plan, tmp_path_factory.mktemp("plan") / "plan.json") == "every check holds\n"


def check_of_others(plan: Plan, file: Path) -> str:
    file.write_text(plan.to_json(), encoding="utf-8")
    check = [sys.executable, str(shared("checks/verify_plan.py")), str(file)]
    return subprocess.run(check, capture_output=True, encoding="utf-8", check=False).stdout
