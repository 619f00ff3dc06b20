"""The year by parts is the year written out as one integer program."""

from __future__ import annotations

import pytest

from planner.year import Manner, plan_year
from tests.bench.whole_year import solved, whole_year
from tests.year.years import BUSY, QUIET, USUAL, season, year

NEAR = 2e-3
"""The whole program has some of the loss rows, so it may be a trifle cheaper."""


@pytest.mark.timeout(300)
def test_by_parts_a_year_costs_what_one_program_of_all_seasons_does() -> None:
    own = {"monthly_attrition": 0.05, "hiring_cost": 2000.0, "first_season_productivity": 0.75}
    seasons = [season(USUAL, ai=True), season(BUSY, ai=True), season(QUIET, ai=True)]
    asked = year(seasons, own, [20.0, 10.0, 22.0], cyclic=True, ai={"calls": {"setup_cost": 900.0}})
    one = solved("scip", whole_year(asked, slopes=60), limit=60.0, gap=1e-6)
    parts = plan_year(asked, manner=Manner(compare=False)).year
    assert isinstance(one["cost"], float)
    assert one["cost"] <= parts.cost * (1 + 1e-6)
    assert one["cost"] == pytest.approx(parts.cost, rel=NEAR)
    assert parts.bound <= parts.cost
