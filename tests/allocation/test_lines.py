"""Lines files: what is understood, and what is said about mistakes, word for word."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from planner.allocation import allocate, lines_from, lines_in
from planner.allocation.ownership import ownership
from planner.allocation.reading import lines_schema
from planner.errors import InvalidInput
from tests.allocation.plans import by_hand

QUEUES = ("sales", "service")


def told(lines: dict[str, Any]) -> list[str]:
    """Every mistake of a document, read and put to a plan with two queues."""
    with pytest.raises(InvalidInput) as caught:
        ownership(lines_from({"lines": lines}, "l.yaml"), QUEUES, "l.yaml")
    return [str(mistake) for mistake in caught.value.mistakes]


def test_a_file_names_lines_their_queues_and_what_contacts_are_worth() -> None:
    text = b"""
lines:
  shop: {queues: {sales: 1, service: 0.5}, value_per_contact: 4}
  web: {queues: {service: 0.5}}
"""
    owned = ownership(lines_in(text, "l.yaml"), QUEUES)

    assert owned.lines == ("shop", "web")
    assert owned.value == (4.0, None)
    assert owned.of("service") == (Fraction(1, 2), Fraction(1, 2))


def test_thirds_are_shares_though_they_miss_one_by_rounding() -> None:
    third = {"queues": {"sales": 0.3333333, "service": 0.3333333}}
    owned = ownership(lines_from({"lines": {"a": third, "b": third, "c": third}}), QUEUES)

    assert owned.share == ((Fraction(1, 3),) * 3,) * 2


@pytest.mark.parametrize(
    ("lines", "mistakes"),
    [
        ({}, ["l.yaml: lines: must have at least one entry"]),
        (
            {"a": {"queues": {"sales": 1, "servce": 1}}},
            [
                "l.yaml: lines.a.queues.servce: is no queue of the plan; write service",
                "l.yaml: lines: queue service is in no line; name it in one, with the share 1",
            ],
        ),
        (
            {"a": {"queues": {"sales": 1, "service": 0.5}}, "b": {"queues": {"service": 0.4}}},
            ["l.yaml: lines: the shares of queue service must add up to 1 (got 0.9: a 0.5, b 0.4)"],
        ),
        (
            {"a": {"queues": {"sales": 40, "service": 1}}},
            ["l.yaml: lines.a.queues.sales: must be at most 1 (got 40; write 0.4)"],
        ),
        ({"a": {"queues": {"sales": 0}}}, ["l.yaml: lines.a.queues.sales: must be above 0 (got 0)"]),
        ({"a": {"queues": {}}}, ["l.yaml: lines.a.queues: must have at least one entry"]),
        (
            {"a": {"queue": {"sales": 1}}},
            [
                "l.yaml: lines.a.queues: is missing; it holds: queue and the share of it that this line has; "
                "a queue's shares add up to 1",
                "l.yaml: lines.a.queue: is no field here; write queues",
            ],
        ),
        (
            {"a": {"queues": {"sales": 1}, "value_per_contact": -3}},
            ["l.yaml: lines.a.value_per_contact: must be at least 0 (got -3)"],
        ),
        (
            {"a": {"queues": {"sales": 1}, "value_per_contact": "5"}},
            ["l.yaml: lines.a.value_per_contact: must be a number (got '5'; write 5)"],
        ),
    ],
)
def test_every_mistake_has_its_place_and_a_remedy(lines: dict[str, Any], mistakes: list[str]) -> None:
    assert told(lines) == mistakes


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (b"", "l.yaml: is empty; it names lines, and of each the shares of queues that it has"),
        (b"lines: [", "l.yaml: line 1, column 9: is not YAML"),
        (b"lines:\n  a: {queues: {sales: 1, sales: 1}}\n", "is written twice"),
    ],
)
def test_what_is_no_lines_file_is_refused(text: bytes, mistake: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        lines_in(text, "l.yaml")
    assert mistake in str(caught.value)


def test_mistakes_of_a_plan_carry_the_name_of_the_file() -> None:
    with pytest.raises(InvalidInput, match=r"web\.yaml: lines: queue service is in no line"):
        allocate(by_hand(), lines_from({"lines": {"a": {"queues": {"sales": 1}}}}), file="web.yaml")


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(lines_schema())
