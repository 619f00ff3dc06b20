"""What is said about technologies that are wrong, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.samples import changed, mistakes

OWN = {"capital": 1000.0, "life_years": 5}
CASES: list[tuple[dict[str, Any], str]] = [
    ({"capital": 1000.0}, "life_years: is needed with capital; write such as life_years: 5"),
    (
        {"upkeep_share_per_year": 0.2},
        "upkeep_share_per_year: is a share of the hardware, and there is none; write capital, or "
        "subscription_per_year",
    ),
    ({"pools": "won"}, "pools: names no pool (got 'won'; write own)"),
    (
        {"pools": []},
        "pools: lets nobody work: no pool brings a platform; name a pool, or write brings_platform: true "
        "at one",
    ),
    ({**OWN, "hardware_share": 50}, "hardware_share: must be at most 1 (got 50; write 0.5)"),
    ({**OWN, "life_years": 0}, "life_years: must be above 0 (got 0)"),
]


@pytest.mark.parametrize("given, said", CASES)
def test_a_wrong_technology_is_told_with_its_place(given: dict[str, Any], said: str) -> None:
    assert mistakes(changed("technologies/saas", given)) == [f"scenario: technologies.saas.{said}"]


@pytest.mark.parametrize("given", [OWN, {}, {"pools": "own"}, {"pools": None}])
def test_right_technologies_are_taken(given: dict[str, Any]) -> None:
    assert mistakes(changed("technologies/saas", given)) == []


def test_mistakes_of_technologies_come_with_those_of_other_parts() -> None:
    document = changed("technologies/saas", {"pools": "won"})
    document["currency"] = "yuan"
    assert len(mistakes(document)) == 2
