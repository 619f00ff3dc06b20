"""The seasons that the pages compare: pictures from one run, and the same again from the scenarios."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from planner import read_problem
from planner.scenario.scenario import SolverLimits
from planner.seasons import Difference, Differences, Given, Way, compare
from planner.staffing.several import Batch
from scenarios.seasons import forecasts, picture
from tests.scenarios.documents import SCENARIOS, SEASONS
from tests.scenarios.verified import faults, planned
from tests.shared_data import shared

FOUND = SCENARIOS / "seasons" / "found"
DOCS = SCENARIOS.parent / "docs"
COUNTS = "data/bank_calls_30min_2003_mar_aug.csv"


def found(name: str) -> Differences:
    return picture.read(str(FOUND / f"{name}.json"))


@pytest.mark.parametrize("name", ["seasons-people.svg", "seasons-causes.svg", "bank-causes.svg"])
def test_committed_picture_is_what_the_script_draws(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == picture.pictures()[name]


@pytest.mark.parametrize("name", ["seasons-causes.svg", "bank-causes.svg"])
def test_no_word_of_a_picture_runs_out_of_it(name: str) -> None:
    """At seven units a letter, which is more than the letters of 12 points take."""
    for x, anchor, words in re.findall(
        r'<text x="([\d.]+)".*?anchor="(\w+)"[^>]*>([^<]*)<', (DOCS / name).read_text()
    ):
        wide = 7 * len(words) * (anchor != "start" or float(x) > 100)
        assert float(x) + (wide if anchor == "start" else 0) <= picture.WIDTH
        assert float(x) - (wide if anchor == "end" else 0) >= 0


@pytest.mark.parametrize("name", ["shop-peak", "shop-peak-shapley", "bank", "bank-shapley"])
def test_parts_of_the_run_add_up_to_the_cent(name: str) -> None:
    each = found(name)
    assert each.difference is not None
    assert sum(part.change for part in each.difference.parts) == each.difference.change
    costs = [round(100 * plan.cost) for plan in each.plans]
    assert 100 * each.difference.change == costs[1] - costs[0]


def test_typical_week_is_the_mean_of_its_days() -> None:
    """Two Mondays and a Tuesday by hand; what lies outside the season does not count."""
    spring = forecasts.SEASONS[0]
    rows = [
        (datetime(2003, 4, 7, 9), 10.0),  # noqa: DTZ001 - local, like the data
        (datetime(2003, 4, 14, 9), 13.0),  # noqa: DTZ001 - local
        (datetime(2003, 4, 8, 9, 30), 4.0),  # noqa: DTZ001 - local
        (datetime(2003, 6, 2, 9), 99.0),  # noqa: DTZ001 - local
    ]
    assert forecasts.typical_week(spring, rows) == [
        ("2003-05-12T09:00:00", "11.50"),
        ("2003-05-13T09:30:00", "4.00"),
    ]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> list[Given]:
    """Both seasons of the bank, with forecasts made from the counts beside the project."""
    counts, folder = list(forecasts.counted(shared(COUNTS))), tmp_path_factory.mktemp("bank")
    for season in forecasts.SEASONS:
        rows = [forecasts.HEADER, *forecasts.typical_week(season, counts)]
        (folder / f"{season.name}.csv").write_text("\n".join(",".join(row) for row in rows))
        text = (SCENARIOS / "seasons" / f"{season.name}.yaml").read_text(encoding="utf-8")
        (folder / f"{season.name}.yaml").write_text(text, encoding="utf-8")
    return [Given(name, read_problem(folder / f"{name}.yaml")) for name in ("spring", "summer")]


def test_a_banks_summer_is_a_twentieth_busier_than_its_spring(bank: list[Given]) -> None:
    spring, summer = (each.problem.forecast.contacts.sum() for each in bank)
    assert summer / spring == pytest.approx(1.0557, abs=1e-4)
    assert bank[0].problem.scenario.pools == bank[1].problem.scenario.pools
    assert bank[0].problem.scenario.queues == bank[1].problem.scenario.queues


def overlap(one: Difference, other: Difference) -> None:
    """Two runs tell the same: no part lies wholly outside the range of the other run."""
    ranges = {part.causes: (part.low, part.high) for part in one.parts}
    assert set(ranges) == {part.causes for part in other.parts}
    for part in other.parts:
        low, high = ranges[part.causes]
        assert part.low <= high
        assert low <= part.high


def again(given: list[Given], way: Way, name: str, seconds: float) -> Differences:
    batch = Batch(limits=SolverLimits(gap=0.005, time_limit_seconds=seconds))
    made = compare(given, way, batch)
    kept = found(name).difference
    assert made.difference is not None
    assert kept is not None
    overlap(kept, made.difference)
    return made


def test_a_banks_seasons_differ_by_their_volume(bank: list[Given]) -> None:
    made = again(bank, "order", "bank", 60.0)
    assert made.difference is not None
    volume, profile = made.difference.parts
    assert (volume.causes, profile.causes) == (("volume",), ("profile",))
    assert volume.low > 0.9 * float(made.difference.change)
    assert profile.low < 0.02 * float(made.difference.change) < volume.low, "the gaps leave room for none"


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("way", ["order", "shapley"])
def test_a_shops_peak_is_explained_as_on_the_page(way: Way, tmp_path: Path) -> None:
    given = []
    for season in SEASONS[1:]:
        problem = read_problem(SCENARIOS / "ecommerce" / f"{season}.yaml")
        plan = planned(problem, gap=0.005)
        assert faults(plan, tmp_path) == ""
        given.append(Given(season, problem, plan))
    again(given, way, "shop-peak" if way == "order" else "shop-peak-shapley", 60.0)
