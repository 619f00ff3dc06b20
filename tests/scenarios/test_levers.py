"""The article's levers: what each saves against a stated baseline."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner import read_problem
from planner.staffing import make_plan
from tests.scenarios.levers import LEVERS, Saving, automation, hybrid, labour, resolution
from tests.scenarios.verified import faults


def test_ai_for_the_routine_three_tenths_lowers_labour_by_about_a_quarter() -> None:
    without, with_ai = automation()
    assert [row.contained for row in with_ai.automation] == [pytest.approx(0.3)]
    # the work falls by 25.1 %; fewer people need more spare time each, so people fall by a little less
    assert 1 - labour(with_ai) / labour(without) == pytest.approx(0.25, abs=0.025)
    assert with_ai.cost < without.cost


def test_what_is_left_for_people_takes_seven_percent_longer() -> None:
    _, with_ai = automation()
    asked = [row.handle_time_seconds for row in with_ai.agents if row.contacts > 0]
    assert asked == pytest.approx([1.07 * 270] * len(asked), rel=2e-3)


def test_a_vendor_for_the_sale_saves_by_flexibility_what_it_costs_more_by_price() -> None:
    saving: Saving = hybrid()
    assert saving.price < 0, "the vendor is dearer by the hour than people in full use"
    assert saving.flexibility > -3 * saving.price
    assert 0.2 < saving.share < 0.35


def test_more_solved_the_first_time_takes_three_thousand_repeat_calls_and_twenty_thousand_away() -> None:
    before, after = resolution()
    monthly = 365 / 7 / 12
    assert before.attempts[0].planned == pytest.approx(before.attempts[0].forecast, rel=2e-3)
    fewer = (before.attempts[0].returning - after.attempts[0].returning) * monthly
    assert fewer == pytest.approx(3000, rel=0.02)
    assert before.bound is not None
    assert (before.bound - after.cost) * monthly > 20_000
    each = [plan.cost / plan.attempts[0].resolved for plan in (before, after)]
    assert each[1] < 0.9 * each[0], "a resolved contact becomes cheaper than the plan does"


@pytest.mark.parametrize("name", ["automation", "hybrid", "resolution"])
def test_check_of_others_finds_no_fault(name: str, tmp_path: Path) -> None:
    assert faults(make_plan(read_problem(LEVERS / f"{name}.yaml")), tmp_path) == ""
