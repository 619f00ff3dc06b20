"""What must hold of every planned year, whatever its seasons and prices."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import NoPlanExists, OutOfTime
from planner.scenario.scenario import SolverLimits
from planner.staffing import Progress, Run
from planner.year import Delivered, Manner, Year, plan_year
from tests.shared_data import shared
from tests.year.years import BUSY, QUIET, USUAL, own_only, season, year

FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOGETHER = 1e-6
MOVING: dict[str, Any] = {
    "monthly_attrition": 0.06,
    "hiring_cost": 1500.0,
    "training_cost": 700.0,
    "severance_cost": 2500.0,
    "first_season_productivity": 0.75,
}


@st.composite
def small_years(draw: st.DrawFn) -> Year:
    contacts = draw(st.lists(st.sampled_from([QUIET, USUAL, BUSY]), min_size=2, max_size=3))
    cyclic = draw(st.booleans())
    own: dict[str, Any] = {
        "monthly_attrition": draw(st.sampled_from([0.0, 0.03, 0.1])),
        "hiring_cost": draw(st.sampled_from([0.0, 800.0, 6000.0])),
        "severance_cost": draw(st.sampled_from([0.0, 4000.0])),
        "first_season_productivity": draw(st.sampled_from([0.6, 1.0])),
    }
    if not cyclic:
        own["initial_headcount"] = draw(st.integers(0, 5))
        own["lead_seasons"] = draw(st.integers(0, 2))
    agency = draw(st.sampled_from([70.0, 110.0, 150.0]))
    weeks = draw(st.lists(st.sampled_from([4.0, 9.0, 17.0]), min_size=len(contacts), max_size=len(contacts)))
    solver = {"gap": 1e-4, "time_limit_seconds": 60.0}
    return year([season(each, agency) for each in contacts], own, weeks, cyclic=cyclic, solver=solver)


@FEW
@given(small_years())
@pytest.mark.timeout(300)
def test_as_one_problem_a_year_never_costs_more_than_season_by_season_or_with_one_team(asked: Year) -> None:
    made = plan_year(asked).year
    others = [row for row in made.ways if row.way != "joint"]
    assert [row.way for row in others] == ["season by season", "one team"]
    for row in others:
        if row.cost is not None:
            assert made.cost <= row.cost * (1 + TOGETHER)
        if row.bound is not None:
            assert made.bound <= row.bound * (1 + 1e-4)
    assert made.bound <= made.cost
    assert made.gap <= 1e-4 + TOGETHER


@pytest.fixture(scope="module")
def made() -> Delivered:
    asked = year([season(USUAL), season(BUSY), season(QUIET)], {"initial_headcount": 2, **MOVING})
    return plan_year(asked)


def test_costs_add_up_item_by_item(made: Delivered) -> None:
    assert sum(line.amount for line in made.year.costs) == pytest.approx(made.year.cost)
    seasons = sum(row.cost for row in made.year.seasons)
    beside = [line.amount for line in made.year.costs if line.item in {"hiring", "severance", "learning"}]
    training = [line.amount for line in made.year.costs if line.item == "training"]
    assert seasons + sum(beside) + sum(training) == pytest.approx(made.year.cost)


def test_people_go_on_from_season_to_season(made: Delivered) -> None:
    rows, before = made.year.teams, 2.0
    for row in rows:
        assert row.people == pytest.approx(before + row.joining - row.leaving)
        assert row.on_shifts <= row.people - 0.25 * row.joining + 1e-6
        assert row.needed <= row.on_shifts
        before = row.people - row.left


def test_a_season_is_paid_for_the_people_who_are_on_its_shifts(made: Delivered) -> None:
    for row, plan in zip(made.year.teams, made.plans, strict=True):
        assert [each.people for each in plan.headcount if each.pool == "own"] == [row.on_shifts]


def test_every_promise_of_every_season_is_kept(made: Delivered) -> None:
    assert all(row.met for plan in made.plans for row in plan.service)
    assert all(row.met for row in made.year.seasons)


def test_an_independent_check_holds_for_every_season(made: Delivered, tmp_path: Path) -> None:
    check = shared("checks/verify_plan.py")
    for number, plan in enumerate(made.plans):
        file = tmp_path / f"{number}.json"
        file.write_text(plan.to_json(), encoding="utf-8")
        said = subprocess.run(
            [sys.executable, str(check), str(file)], capture_output=True, encoding="utf-8", check=False
        )
        assert said.returncode == 0, said.stdout


def test_turnover_of_the_scenario_is_paid_once() -> None:
    leaving = {"monthly_attrition": 0.06, "recruiting_cost": 1500.0, "training_weeks": 1.0}
    asked = year([season(USUAL, turnover=leaving), season(USUAL, turnover=leaving)], {}, 26.0, cyclic=True)
    made = plan_year(asked, manner=Manner(compare=False)).year
    amounts = {line.item: line.amount for line in made.costs if line.pool == "own"}
    assert "recruiting" not in amounts
    (people,) = {row.people for row in made.teams}
    # half a year each: those who leave are replaced, at 1,500 and a week's pay of 5,200 x 12 / 52 each
    months = 7 * 26 * 12 / 365
    replaced = 2 * people * (1 - 0.94**months)
    assert amounts["hiring"] == pytest.approx(replaced * 1500)
    assert amounts["training"] == pytest.approx(replaced * 1200)


def test_seasons_that_are_alike_share_their_plans() -> None:
    usual = season(USUAL)
    made = plan_year(year([usual, usual, usual], {}, cyclic=True), manner=Manner(compare=False))
    assert made.plans[0] is made.plans[1] is made.plans[2]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_certified_year_has_a_certificate_for_every_season() -> None:
    asked = year([season(USUAL), season(BUSY)], {}, cyclic=True, solver={"gap": 0.01})
    made = plan_year(asked, manner=Manner(compare=False, certify=True))
    assert len(made.certificates) == 2
    assert [row.certified for row in made.year.seasons] == [
        each.verdict == "kept" for each in made.certificates
    ]
    assert sum(line.amount for line in made.year.costs) == pytest.approx(made.year.cost)


def test_a_vendor_is_set_up_once_in_the_year() -> None:
    asked = year([season(USUAL, setup=700.0), season(BUSY, setup=700.0)], {}, cyclic=True)
    made = plan_year(asked, manner=Manner(compare=False))
    assert [line.amount for line in made.year.costs if line.item == "vendor_setup"] == [700.0]
    for plan in made.plans:
        (row,) = plan.contracts
        assert row.on
        assert row.due_at_once == 0.0
    assert made.year.cost == pytest.approx(sum(line.amount for line in made.year.costs))


def test_a_vendor_whose_setup_is_dear_is_left_out_all_year() -> None:
    asked = year([season(USUAL, setup=9e6), season(BUSY, setup=9e6)], {}, cyclic=True)
    made = plan_year(asked, manner=Manner(compare=False))
    assert not [line for line in made.year.costs if line.item == "vendor_setup"]
    assert not [row for plan in made.plans for row in plan.contracts if row.on]


def test_a_time_limit_before_the_first_year_is_told() -> None:
    run = Run(time.monotonic() - 10.0, SolverLimits(time_limit_seconds=1.0))
    with pytest.raises(OutOfTime):
        plan_year(year([season(USUAL)], {}, cyclic=True), run)


def test_ctrl_c_leaves_the_best_year_so_far() -> None:
    seen: list[float] = []

    def watch(progress: Progress) -> None:
        if progress.cost is not None:
            seen.append(progress.cost)

    run = Run(time.monotonic(), None, watch, lambda: bool(seen))
    made = plan_year(year([season(USUAL), season(BUSY)], {"initial_headcount": 2, **MOVING}), run)
    assert made.year.stopped == "Ctrl-C"
    assert made.year.bound <= made.year.cost <= seen[0] * (1 + TOGETHER)
    assert {row.why for row in made.year.ways if row.way != "joint"} == {"no time was left"}


def test_a_year_that_no_headcount_can_serve_says_what_to_look_at() -> None:
    few = year([season(USUAL, minimum_headcount=9)], {"initial_headcount": 1, "maximum_hires": 2})
    with pytest.raises(NoPlanExists, match="maximum_hires"):
        plan_year(few)


def test_a_season_that_cannot_be_planned_alone_says_why() -> None:
    asked = year([own_only(BUSY), own_only(USUAL)], {"initial_headcount": 8, "lead_seasons": 1, **MOVING})
    (row,) = (row for row in plan_year(asked).year.ways if row.way == "season by season")
    assert row.cost is None or row.cost >= 0
