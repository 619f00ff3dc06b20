"""The joint optimum of small years is what trying every headcount in every season finds."""

from __future__ import annotations

from typing import Any

import pytest

from planner.year import Year, plan_year
from tests.year.enumeration import cheapest_year
from tests.year.years import BUSY, QUIET, USUAL, own_only, season, year

COSTS = {"hiring_cost": 2000.0, "training_cost": 900.0, "severance_cost": 3000.0}


def three(own: dict[str, Any], **rules: Any) -> Year:
    return year([season(USUAL), season(BUSY), season(QUIET)], own, **rules)


YEARS = {
    "given headcount": lambda: three({"initial_headcount": 3, "monthly_attrition": 0.05, **COSTS}),
    "one season ahead": lambda: three(
        {"initial_headcount": 3, "monthly_attrition": 0.05, "lead_seasons": 1, **COSTS}
    ),
    "learning": lambda: three(
        {"initial_headcount": 2, "monthly_attrition": 0.1, "first_season_productivity": 0.5, **COSTS}
    ),
    "few hires": lambda: three({"initial_headcount": 1, "maximum_hires": 2, **COSTS}),
    "cyclic": lambda: three({"monthly_attrition": 0.04, **COSTS}, cyclic=True),
    "weeks differ": lambda: three(
        {"monthly_attrition": 0.04, **COSTS}, weeks=[20.0, 4.0, 28.0], cyclic=True
    ),
    "own people only": lambda: year(
        [own_only(QUIET), own_only(BUSY), own_only(USUAL)],
        {"monthly_attrition": 0.04, "first_season_productivity": 0.8, **COSTS},
        cyclic=True,
    ),
    "AI for the year": lambda: year(
        [season(QUIET, ai=True), season(BUSY, ai=True)],
        {"monthly_attrition": 0.04, **COSTS},
        cyclic=True,
        ai={"calls": {"setup_cost": 4000.0}},
    ),
    "AI too dear": lambda: year(
        [season(QUIET, ai=True), season(USUAL, ai=True)],
        {"monthly_attrition": 0.04, **COSTS},
        cyclic=True,
        ai={"calls": {"setup_cost": 400000.0}},
    ),
    "one platform": lambda: year(
        [season(QUIET, platforms=True), season(BUSY, platforms=True), season(USUAL, platforms=True)],
        {"monthly_attrition": 0.04, **COSTS},
        cyclic=True,
        one_platform=True,
    ),
}  # fmt: skip
QUICK = ("one season ahead", "learning", "AI too dear")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow) for kind in YEARS]
)
def test_the_joint_plan_costs_what_trying_every_headcount_finds(kind: str) -> None:
    asked = YEARS[kind]()
    made = plan_year(asked).year
    found = cheapest_year(asked, most=9)
    assert made.cost == pytest.approx(found, rel=1e-5)
    assert made.bound <= found * (1 + 1e-6)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["given headcount", "cyclic", "own people only"])
def test_one_team_costs_what_trying_every_size_finds(kind: str) -> None:
    asked = YEARS[kind]()
    (row,) = (row for row in plan_year(asked).year.ways if row.way == "one team")
    assert row.bound is not None
    found = cheapest_year(asked, most=9, same=True)
    assert row.bound <= found * (1 + 1e-6)
    assert row.cost is not None
    assert row.cost >= found * (1 - 1e-6)
