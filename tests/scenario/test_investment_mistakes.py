"""What is said about investments that are wrong, word for word."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.scenario.samples import FORECAST, SCENARIO, mistakes

FASTER: dict[str, Any] = {"queues": {"presales": {"handle_time_factor": 0.9}}}
AI = {"intents": [{"name": "all", "share": 1.0, "containment": 0.7}]}
AGAIN = {"first_contact_resolution": 0.7, "calls_back": 0.5}

CASES: list[tuple[dict[str, Any], str]] = [
    (
        {**FASTER, "capital": 100.0},
        "investments.base.life_years: is needed with capital; write such as life_years: 3",
    ),
    (
        {"cost_per_month": 10.0},
        "investments.base: changes nothing; write what it does under queues or pools, or saves_per_month, "
        "or take: always",
    ),
    (
        {"queues": {"presale": {"handle_time_factor": 0.9}}},
        "investments.base.queues.presale: is no queue (write presales)",
    ),
    ({"pools": {"won": {"training_weeks": 1}}}, "investments.base.pools.won: is no pool (write own)"),
    (
        {"queues": {"presales": {"more_resolved": 0.1}}},
        "investments.base.queues.presales.more_resolved: says nothing unless the queue has repeats; write "
        "repeats there",
    ),
    (
        {"queues": {"presales": {"more_contained": 0.1}}},
        "investments.base.queues.presales.more_contained: says nothing unless the queue has automation; "
        "write automation there",
    ),
    (
        {"queues": {"presales": {"handle_time_factor": 90}}},
        "investments.base.queues.presales.handle_time_factor: must be at most 2 (got 90; write 0.9)",
    ),
]


def given(base: dict[str, Any], **queue: Any) -> dict[str, Any]:
    document = deepcopy(SCENARIO)
    document["investments"] = {"base": base}
    document["queues"]["presales"] |= queue
    return document


@pytest.mark.parametrize("base, said", CASES)
def test_a_wrong_investment_is_told_with_its_place(base: dict[str, Any], said: str) -> None:
    assert mistakes(given(base)) == [f"scenario: {said}"]


@pytest.mark.parametrize(
    "base",
    [
        FASTER,
        {"saves_per_month": 10.0},
        {"cost_per_month": 10.0, "take": "always"},
        {"pools": {"own": {"attrition_factor": 0.9, "training_weeks": 0.0}}},
    ],
)
def test_right_investments_are_taken(base: dict[str, Any]) -> None:
    assert mistakes(given(base)) == []


def test_shares_that_all_together_pass_1_are_told() -> None:
    document = given(
        {"queues": {"presales": {"more_resolved": 0.2, "more_contained": 0.2}}}, automation=AI, repeats=AGAIN
    )
    document["investments"]["more"] = {
        "queues": {"presales": {"more_resolved": 0.15, "more_contained": 0.15}}
    }
    assert mistakes(document) == [
        "scenario: queues.presales: investments together raise first-contact resolution to 1.05; "
        "at most 1 can be",
        "scenario: queues.presales: investments together raise containment to 1.05; at most 1 can be",
    ]
    document["investments"]["more"]["take"] = "never"
    assert mistakes(document) == []


def test_effects_on_queues_need_contacts() -> None:
    rows = [{"start": row["start"], "queue": "presales", "agents": 2} for row in FORECAST]
    assert mistakes(given(FASTER), rows) == [
        "scenario: investments.base.queues: need contacts to change, and the forecast gives agents; "
        "leave them out"
    ]
