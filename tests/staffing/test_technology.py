"""Platforms in a finished plan: what is told of each, and what a roster may not do."""

from __future__ import annotations

from typing import Any

import pytest

from planner.errors import InvalidInput
from planner.plan import Plan, Seat
from planner.problem import Problem
from planner.report.files import write_results
from planner.staffing import evaluate_roster, make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts

MONTHS = 12 / 365
PLATFORMS: dict[str, Any] = {
    "saas": {"subscription_per_year": 1200.0, "seat_price_per_month": 50.0},
    "flat": {"subscription_per_year": 6000.0},
    "theirs": {"pools": "vendor"},
}


def two_pools(technologies: dict[str, Any] = PLATFORMS, **vendor: Any) -> Problem:
    own = pool(shifts("08:00", 4.0), wage=20.0)
    other = pool(shifts(["08:00", "10:00"], 2.0), wage=26.0, **vendor)
    pools = {"own": own, "vendor": other}
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, pools, technologies=technologies)
    return problem(of, {"calls": [14.0, 30.0, 22.0, 9.0]})


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(two_pools())


def seat(pool: str, begin: int, end: int, people: int) -> Seat:
    day = "2026-03-02T"
    return Seat(
        pool=pool,
        pattern=f"{begin:02d}:00-{end:02d}:00",
        start=f"{day}{begin:02d}:00:00+00:00",
        end=f"{day}{end:02d}:00:00+00:00",
        people=people,
    )


def test_a_plan_prices_every_platform_at_its_own_seats(plan: Plan) -> None:
    rows = {row.option: row for row in plan.technology}
    seats = rows["saas"].seats
    assert rows["saas"].monthly_cost == pytest.approx(100.0 + 50.0 * seats)
    assert rows["flat"].cost == pytest.approx(500.0 * MONTHS)
    assert [row.option for row in plan.technology if row.chosen] == ["saas"]
    assert not rows["theirs"].possible


def test_the_lines_of_technology_are_what_the_chosen_platform_costs(plan: Plan) -> None:
    lines = {line.item: line.amount for line in plan.costs if line.item.startswith("technology")}
    (chosen,) = [row for row in plan.technology if row.chosen]
    assert lines == {
        "technology_fixed": pytest.approx(100.0 * MONTHS),
        "technology_seats": pytest.approx(50.0 * chosen.seats * MONTHS),
    }
    assert sum(line.amount for line in plan.costs) == pytest.approx(plan.cost)


def test_seats_are_the_most_at_work_at_once_over_all_pools() -> None:
    roster = [seat("own", 8, 12, 2), seat("vendor", 8, 10, 1), seat("vendor", 10, 12, 3)]
    made = evaluate_roster(two_pools(), roster, {})
    assert {row.seats for row in made.technology} == {5}


def test_a_vendor_that_brings_its_platform_takes_no_seat() -> None:
    roster = [seat("own", 8, 12, 2), seat("vendor", 10, 12, 3)]
    made = evaluate_roster(two_pools(brings_platform=True), roster, {})
    assert {row.seats for row in made.technology} == {2}


def test_a_roster_takes_the_cheapest_platform_that_lets_it_work() -> None:
    alone = evaluate_roster(two_pools(), [seat("vendor", 8, 10, 3)], {})
    both = evaluate_roster(two_pools(), [seat("own", 8, 12, 9)], {})
    assert [row.option for row in alone.technology if row.chosen] == ["theirs"]
    assert [row.option for row in both.technology if row.chosen] == ["flat"]


def test_a_roster_that_no_platform_lets_work_is_refused() -> None:
    apart = {"a": {"pools": "own"}, "b": {"pools": "vendor"}}
    roster = [seat("own", 8, 12, 2), seat("vendor", 10, 12, 3)]
    with pytest.raises(InvalidInput, match="no technology lets these pools work together: own, vendor"):
        evaluate_roster(two_pools(apart), roster, {})


def test_without_technologies_nothing_is_said_of_them() -> None:
    plan = make_plan(two_pools({}))
    assert plan.technology == ()
    assert not any(line.item.startswith("technology") for line in plan.costs)


def test_one_technology_adds_what_it_costs_and_changes_nothing_else() -> None:
    without = make_plan(two_pools({}))
    flat = make_plan(two_pools({"flat": PLATFORMS["flat"]}))
    assert flat.cost == pytest.approx(without.cost + 500.0 * MONTHS)
    assert flat.seats == without.seats


def test_a_further_technology_never_costs_more(plan: Plan) -> None:
    more = make_plan(two_pools({**PLATFORMS, "gift": {}}))
    assert more.cost <= plan.cost
    assert [row.option for row in more.technology if row.chosen] == ["gift"]


def test_the_workbook_has_a_sheet_of_them(plan: Plan, tmp_path: Any) -> None:
    from python_calamine import CalamineWorkbook

    write_results(plan, tmp_path)
    book = CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx"))
    rows = book.get_sheet_by_name("Technology").to_python()
    assert [row[0] for row in rows[1:]] == ["saas", "flat", "theirs"]
    assert rows[1][1] == "chosen"
