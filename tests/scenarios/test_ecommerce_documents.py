"""What the e-commerce scenarios say: volumes, prices within the published ranges, what AI may take."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from planner.demand import levels
from planner.scenario.pools import MonthlyPay, Pool
from planner.scenario.scenario import Scenario
from scenarios.ecommerce import forecasts
from tests.labour.people import paid
from tests.scenarios.documents import SCENARIOS, SEASONS, scenario

SIZES = {"quiet": 0.7, "ordinary": 1.0, "peak": 2.2}


def forecast(season: str) -> pd.DataFrame:
    return pd.read_csv(SCENARIOS / "ecommerce" / f"{season}.csv")


def ecommerce(season: str) -> Scenario:
    return scenario(f"ecommerce/{season}")


def seat_price(pool: Pool) -> float:
    """Money a month for one person who works full time: 174 hours is 52 weeks of 40 hours / 12."""
    month = 1.0 if isinstance(pool.pay, MonthlyPay) else 52 * 40 / 12
    return paid(pool).wage * (1 + paid(pool).benefits) * month


@pytest.mark.parametrize("season", forecasts.SEASONS, ids=lambda season: season.name)
def test_committed_forecast_is_what_the_script_writes(season: forecasts.Season) -> None:
    committed = (SCENARIOS / "ecommerce" / f"{season.name}.csv").read_text(encoding="utf-8")
    assert committed.splitlines() == forecasts.rows(season)


@pytest.mark.parametrize("season", SEASONS)
def test_ordinary_day_brings_5000_calls_and_the_seasons_scale_it(season: str) -> None:
    assert forecast(season).contacts.sum() / 7 == pytest.approx(5000 * SIZES[season], rel=1e-3)


@pytest.mark.parametrize("season", SEASONS)
def test_forecast_begins_on_the_scenarios_monday(season: str) -> None:
    start = ecommerce(season).calendar.start
    assert start.weekday() == 0
    assert forecast(season).start.min() == f"{start}T00:00:00+08:00"
    assert forecast(season).start.max() == f"{start + timedelta(days=6)}T23:30:00+08:00"


def test_singles_day_is_the_largest_and_its_sale_opens_on_the_evening_before() -> None:
    start = pd.to_datetime(forecast("peak").start)
    calls = forecast("peak").groupby(start.dt.date).contacts.sum()
    assert str(calls.idxmax()) == "2026-11-11"
    evening = forecast("peak")[start.dt.hour >= 19].groupby(start.dt.date).contacts.sum() / calls
    assert str(evening.idxmax()) == "2026-11-10"


@pytest.mark.parametrize("season", SEASONS)
def test_pools_cost_what_the_source_says(season: str) -> None:
    pools = ecommerce(season).pools
    assert 8000 <= seat_price(pools["inhouse"]) <= 12000
    assert 5000 <= seat_price(pools["remote"]) <= 8000
    assert 5000 <= seat_price(pools["outsourced"]) <= 8000
    assert pools["remote"].desk_cost_per_month == pools["outsourced"].desk_cost_per_month == 0


@pytest.mark.parametrize("season", SEASONS)
def test_ai_platform_costs_what_the_source_says(season: str) -> None:
    for name in ("presales", "aftersales"):
        automation = ecommerce(season).queues[name].automation
        assert automation is not None
        assert 30_000 <= 12 * automation.fixed_cost_per_month <= 80_000


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("queue", ["presales", "aftersales"])
def test_every_automated_queue_has_at_least_13_ai_levels(season: str, queue: str) -> None:
    automation = ecommerce(season).queues[queue].automation
    assert automation is not None
    assert math.isclose(sum(intent.share for intent in automation.intents), 1.0)
    assert levels(automation).size >= 13
    assert np.all(np.diff(levels(automation)) <= 0.05 + 1e-9)


@pytest.mark.parametrize("season", SEASONS)
def test_complaints_and_difficult_aftersales_stay_with_people(season: str) -> None:
    queues = ecommerce(season).queues
    assert queues["vip"].automation is None
    assert queues["aftersales"].automation is not None
    taken = {intent.name for intent in queues["aftersales"].automation.intents if intent.automatable}
    assert taken == {"where is my parcel", "parcel is late", "how to return", "state of a return"}


@pytest.mark.parametrize("season", SEASONS)
def test_only_the_own_team_serves_vip(season: str) -> None:
    pools = ecommerce(season).pools
    assert [name for name, pool in pools.items() if "vip" in pool.queues] == ["inhouse"]


def test_seasons_differ_in_time_forecast_and_limits_alone() -> None:
    limits = {"maximum_seats", "maximum_headcount"}
    seen = [
        {
            "queues": ecommerce(season).queues,
            "pools": [pool.model_dump(exclude=limits) for pool in ecommerce(season).pools.values()],
            "interval": ecommerce(season).calendar.interval_minutes,
        }
        for season in SEASONS
    ]
    assert seen[0] == seen[1] == seen[2]


def test_minimal_scenario_is_about_twenty_lines_long() -> None:
    assert len((SCENARIOS / "minimal.yaml").read_text(encoding="utf-8").splitlines()) <= 22
