"""What is said about alternatives that are wrong, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.samples import changed, mistakes

RIGHT = {"pools": "own"}


def with_sourcing(given: dict[str, Any]) -> dict[str, Any]:
    document = changed("sourcing", {"a": RIGHT, "b": given})
    document["technologies"] = {"saas": {}, "vendors": {"pools": "vendor"}}
    document["queues"]["mail"] = document["queues"]["presales"]
    own = document["pools"]["own"]
    document["pools"]["own"] = {**own, "queues": ["presales", "mail"]}
    document["pools"]["vendor"] = own
    contract = {"by": "minute", "tiers": {"price": 1.0}}
    document["vendors"] = {"minutes": {"queues": "presales", "contract": contract}}
    return document


CASES: list[tuple[dict[str, Any], str]] = [
    ({"pools": "won"}, "pools: names no pool (got 'won'; write own)"),
    ({"pools": "vendor"}, "serves no queue 'mail'; add a pool or vendor that does"),
    ({"vendors": "minutes"}, "serves no queue 'mail'; add a pool or vendor that does"),
    ({"vendors": "minuets"}, "vendors: names no vendor (got 'minuets'; write minutes)"),
    ({"pools": "own", "technology": "sass"}, "technology: names no technology (got 'sass'; write saas)"),
    (
        {"pools": "own", "technology": "vendors"},
        "technology: vendors does not let own work; add own to its pools",
    ),
]


@pytest.mark.parametrize("given, said", CASES)
def test_a_wrong_alternative_is_told_with_its_place(given: dict[str, Any], said: str) -> None:
    found = [line for line in mistakes(with_sourcing(given)) if "sourcing" in line]
    assert len(found) == 1
    dot = ": " if said.startswith("serves") else "."
    assert found[0] == f"scenario: sourcing.b{dot}{said}"


def test_one_alternative_has_nothing_to_be_compared_with() -> None:
    (line,) = mistakes(changed("sourcing", {"a": RIGHT}))
    assert line == "scenario: sourcing: needs two alternatives or more to compare (got 1)"


def test_right_alternatives_are_taken() -> None:
    document = changed("sourcing", {"a": RIGHT, "b": {**RIGHT, "technology": "saas"}})
    assert mistakes({**document, "technologies": {"saas": {}}}) == []
