"""What can be wrong with a year file, and what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import InvalidInput
from planner.year import read_year, year_in
from tests.year.years import USUAL, season, year

ROOT = Path(__file__).resolve().parents[2]
HEAD = "name: small\ncurrency: CNY\n"
SEASONS = "seasons: [{name: all, scenario: minimal.yaml, weeks: 52}]\n"


def mistakes(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        year_in(text.encode(), "year.yaml", ROOT / "scenarios")
    return [str(mistake) for mistake in refused.value.mistakes]


def told(**given: Any) -> list[str]:
    seasons = [season(USUAL, **given.pop(place, {})) for place in ("first", "second")]
    with pytest.raises(InvalidInput) as refused:
        year(seasons, **given)
    return [str(mistake) for mistake in refused.value.mistakes]


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "year.yaml: is empty; a year names currency, seasons and pools"),
        (
            HEAD + "seasons: [{name: all, scenario: minimal.yaml}]\npools: {team: {initial_headcount: 3}}",
            "year.yaml: seasons.#1: needs weeks, or from and to, and not both",
        ),
        (
            HEAD + "seasons: [{name: all, scenario: minimal.yaml, from: 2026-05-01, to: 2026-04-01}]\n"
            "pools: {team: {initial_headcount: 3}}",
            "year.yaml: seasons.#1: must end on or after its first day (got 2026-05-01 to 2026-04-01)",
        ),
        (
            HEAD + SEASONS + "pools: {team: {initial_headcount: 3, monthly_atrition: 0.1}}",
            "year.yaml: pools.team.monthly_atrition: is no field here; write monthly_attrition",
        ),
        (
            HEAD + SEASONS + "pools: {team: {}}",
            "year.yaml: pools.team.initial_headcount: is missing: the people there before the first season; "
            "or write cyclic: true",
        ),
        (
            HEAD + SEASONS + "cyclic: true\npools: {team: {initial_headcount: 3}}",
            "year.yaml: pools.team.initial_headcount: says nothing in a cyclic year, whose last season comes "
            "before its first; leave it out",
        ),
        (
            HEAD
            + "seasons: [{name: all, scenario: maximal.yaml, weeks: 52}]\ncyclic: true\npools: {team: {}}",
            "maximal.yaml: cannot be read: No such file or directory",
        ),
    ],
)
def test_a_mistake_of_the_file_is_told_with_its_place_and_its_remedy(text: str, said: str) -> None:
    found = mistakes(text)
    assert any(one.startswith(said) for one in found), found


@pytest.mark.parametrize(
    "given, said",
    [
        (
            {"own": {"initial_headcount": 1}, "pools": {"owm": {"initial_headcount": 1}}},
            "pools.owm: is no pool of season season 1; write own",
        ),
        ({"currency": "EUR"}, "seasons.#1.scenario: must be in the year's currency EUR (got CNY)"),
        (
            {"first": {"contract": {"least_hours_per_week": 5.0}, "pay": {"by": "hour", "wage": 20.0}}},
            "pools.own: has least_hours_per_week in season season 1",
        ),
        ({"ai": {"chats": {}}}, "ai.chats: is no queue of season season 1"),
        ({"ai": {"calls": {}}}, "ai.calls: has no automation in season season 1; leave it out here"),
        (
            {"first": {"setup": 500.0}, "second": {"setup": 600.0}},
            "seasons.#2.scenario: vendors.overflow has another setup fee than in a season before",
        ),
        ({"one_platform": True}, "one_platform: needs technologies, and season season 1 names none"),
        (
            {"first": {"platforms": True}, "one_platform": True},
            "one_platform: needs technologies, and season season 2 names none",
        ),
        (
            {"own": {"initial_headcount": 1, "monthly_attrition": 1.0}},
            "pools.own.monthly_attrition: must be below 1",
        ),
        (
            {"seasons": [{"name": "a", "scenario": "x", "weeks": 9.0}] * 2},
            "seasons.#1.name: must be one of its own (got 'a' twice or more)",
        ),
    ],
)  # fmt: skip
def test_what_a_season_does_not_have_is_told(given: dict[str, Any], said: str) -> None:
    found = told(**given)
    assert any(f"year: {said}" in one for one in found), found


def test_dates_stand_for_weeks() -> None:
    text = (
        HEAD
        + "cyclic: true\nseasons: [{name: all, scenario: minimal.yaml, from: 2026-01-01, to: 2026-12-31}]\n"
        "pools: {team: {}}"
    )
    read = year_in(text.encode(), "year.yaml", ROOT / "scenarios")
    assert read.seasons[0].rules.lasts_weeks == pytest.approx(365 / 7)
    assert read.seasons[0].repeats == pytest.approx(365 / len(read.seasons[0].problem.calendar.days))
    assert read.seasons[0].months == pytest.approx(12.0)


def test_contacts_are_scaled_and_a_scenario_is_read_once() -> None:
    read = read_year(ROOT / "scenarios" / "year" / "shop.yaml")
    spring, _, autumn, _ = read.seasons
    assert autumn.problem.forecast.contacts.sum() == pytest.approx(
        1.15 * spring.problem.forecast.contacts.sum()
    )
    assert autumn.problem.calendar is spring.problem.calendar
