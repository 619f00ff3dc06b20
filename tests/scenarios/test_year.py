"""The shop's year: what its files say, and what it is planned to."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planner.staffing import Run
from planner.year import Delivered, plan_year, read_year
from tests.scenarios.documents import SCENARIOS
from tests.scenarios.verified import faults


@pytest.mark.parametrize("name, seasons", [("shop", 4), ("months", 12)])
def test_a_year_has_its_seasons_and_its_weeks(name: str, seasons: int) -> None:
    read = read_year(SCENARIOS / "year" / f"{name}.yaml")
    assert len(read.seasons) == seasons
    assert sum(season.rules.lasts_weeks for season in read.seasons) == pytest.approx(52, abs=0.5)
    assert sum(season.months for season in read.seasons) == pytest.approx(12, abs=0.1)
    for season in read.seasons:
        assert (len(season.problem.scenario.queues), len(season.problem.scenario.pools)) == (3, 3)
        assert season.problem.calendar.interval == 1800


@pytest.fixture(scope="module")
def made() -> Delivered:
    return plan_year(read_year(SCENARIOS / "year" / "shop.yaml"), Run(time.monotonic()))


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_four_seasons_are_proven_to_one_percent(made: Delivered) -> None:
    assert made.year.gap <= 0.01
    assert made.year.seconds <= 180


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_as_one_problem_the_shop_pays_less_than_season_by_season_and_with_one_team(made: Delivered) -> None:
    joint, *others = made.year.ways
    assert joint.cost is not None
    for way in others:
        assert way.cost is not None
        assert joint.cost < way.cost


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_check_of_others_finds_no_fault_in_any_season(made: Delivered, tmp_path: Path) -> None:
    assert [faults(plan, tmp_path) for plan in made.plans] == [""] * 4
