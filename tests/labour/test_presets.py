"""Presets: what is assumed adds up to what the article says, and a pool may say otherwise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from planner.labour import hourly_wage, month_hours, replacing
from planner.scenario.pools import Pool
from planner.scenario.presets import PRESETS, TOTALS
from tests.labour.people import paid
from tests.scenario.samples import changed, mistakes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "labour.md"
SHIFTS = {"starts": "08:00", "lengths_hours": 4.0}
# An April 2025 article: yuan a month with wages, benefits and training.
ARTICLE = {"in_house_tier_1": (8000, 12000), "in_house_tier_2": (5000, 8000), "remote": (5000, 8000)}


def preset(name: str, **rules: Any) -> Pool:
    return Pool.model_validate({"preset": name, "queues": "calls", "shifts": SHIFTS, **rules})


def full_time(of: Pool) -> dict[str, float]:
    """Money a month by item for 40 hours a week, which take two people of 20."""
    people = 40.0 / of.contract.hours_per_week
    wages = hourly_wage(of) * month_hours(of) * people
    leavers = replacing(of)
    return {
        "wages": wages,
        "benefits": wages * paid(of).benefits,
        "recruiting": leavers.recruiting * people,
        "training": leavers.training * people,
        "ramp_up": leavers.ramp_up * people,
    }


@pytest.mark.parametrize("name", PRESETS)
def test_the_parts_of_a_preset_sum_to_the_articles_figure(name: str) -> None:
    low, high = ARTICLE[name]
    assert sum(full_time(preset(name)).values()) == pytest.approx((low + high) / 2, abs=0.005)
    assert TOTALS[name] == (low + high) / 2


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_has_neither_desk_nor_technology(name: str) -> None:
    of = preset(name)
    assert of.desk_cost_per_month == of.desk_rent_per_month == 0
    assert of.person_licence_per_month == of.seat_licence_per_month == 0


@pytest.mark.parametrize("column", range(3))
def test_the_page_shows_the_parts_of_every_preset(column: int) -> None:
    names = ["in_house_tier_1", "in_house_tier_2", "remote"]
    rows = dict(
        re.findall(r"^\| (\w+) \| ([\d,.]+ \| [\d,.]+ \| [\d,.]+) \|$", PAGE.read_text(), re.MULTILINE)
    )
    shown = {item: figures.split(" | ")[column] for item, figures in rows.items()}
    parts = full_time(preset(names[column]))
    wanted = {**parts, "together": sum(parts.values())}
    assert shown == {item: f"{part:,.2f}" for item, part in wanted.items()}


def test_what_a_pool_writes_goes_over_its_preset_field_by_field() -> None:
    of = preset("in_house_tier_1", pay={"by": "month", "wage": 9000.0}, turnover={"training_weeks": 1.0})
    assert (paid(of).wage, paid(of).benefits) == (9000.0, 0.3)
    assert (of.turnover.training_weeks, of.turnover.ramp_up_weeks) == (1.0, 4.0)
    assert of.kind == "in_house"


def test_pay_by_another_measure_replaces_the_presets_whole() -> None:
    of = preset("in_house_tier_1", pay={"by": "hour", "wage": 40.0})
    assert (of.pay.by, paid(of).wage, paid(of).benefits) == ("hour", 40.0, 0.0)


def test_a_pool_written_down_whole_is_read_back_the_same() -> None:
    of = preset("remote", pay={"by": "hour", "wage": 30.0, "benefits": 0.0})
    assert Pool.model_validate(of.model_dump(mode="json", by_alias=True)) == of


def test_an_unknown_preset_is_said_to_be_one() -> None:
    (said,) = mistakes(changed("pools/own/preset", "tier_1"))
    known = "'in_house_tier_1', 'in_house_tier_2' or 'remote'"
    assert said.startswith(f"scenario: pools.own.preset: must be {known} (got 'tier_1'")


def test_without_a_preset_kind_and_pay_are_needed() -> None:
    assert mistakes(changed("pools/own/kind", None)) == ["scenario: pools.own.kind: is missing"]
