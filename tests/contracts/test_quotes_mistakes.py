"""What is said about quotes that are wrong or odd, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from planner.contracts import Quotes, compare, quotes_from, quotes_in, usual_span
from planner.contracts.checks import notes_on
from planner.contracts.reading import quotes_schema
from planner.errors import InvalidInput
from tests.contracts.contracts import TIERS, by_minute, by_seat, cap

QUOTES = Path(__file__).resolve().parents[2] / "scenarios" / "quotes"
MINUTE: dict[str, Any] = {"by": "minute", "tiers": [*TIERS]}
SEAT: dict[str, Any] = {"by": "seat", "price": 6000, "talk_minutes_per_seat": 5000}


def document(**vendors: Any) -> dict[str, Any]:
    return {"name": "q", "currency": "CNY", "talk_seconds_per_contact": 180, "vendors": vendors}


def mistakes(given: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        quotes_from(given, "q.yaml")
    return [str(mistake) for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("contract", "told"),
    [
        ({"price": 1.0}, "vendors.a.by: is missing; write 'seat' or 'minute'"),
        ({"by": "hour"}, "vendors.a.by: must be 'seat' or 'minute' (got 'hour')"),
        (SEAT | {"prize": 1}, "vendors.a.prize: is no field here; write price"),
        (SEAT | {"price": "6000"}, "vendors.a.price: must be a number (got '6000'; write 6000)"),
        (SEAT | {"price": -1}, "vendors.a.price: must be at least 0 (got -1)"),
        ({"by": "minute"}, "vendors.a.tiers: is missing"),
        (MINUTE | {"tiers": []}, "vendors.a.tiers: must have at least one entry"),
        (
            MINUTE | {"tiers": [{"up_to": 10, "price": 1}]},
            "vendors.a.tiers.#1.up_to: must not limit the last tier; leave it out, or add a tier for the "
            "minutes above 10",
        ),
        (
            MINUTE | {"tiers": [{"price": 1}, {"price": 2}]},
            "vendors.a.tiers.#1.up_to: is missing; only the last tier has no limit",
        ),
        (
            MINUTE | {"tiers": [{"up_to": 20, "price": 2}, {"up_to": 15, "price": 1}, {"price": 1}]},
            "vendors.a.tiers.#2.up_to: must be above the limit of the tier before, or they overlap "
            "(got 15 after 20)",
        ),
        (
            MINUTE | {"minimum_spend": 20_000, "cap": cap()},
            "vendors.a.cap.amount: must be at least minimum_spend (got 18000, minimum_spend 20000)",
        ),
        (
            MINUTE | {"cap": {"amount": 18_000, "price_beyond": 1}},
            "vendors.a.cap.covers_minutes: is missing; it holds: billed minutes a month",
        ),
        (
            SEAT | {"minimum_seats": 9, "maximum_seats": 8},
            "vendors.a.minimum_seats: must be at most maximum_seats (got 9, maximum_seats 8)",
        ),
        (
            SEAT | {"maximum_seats": 8, "corridor": {"committed_seats": 9, "width": 0.1, "price_above": 1}},
            "vendors.a.corridor.committed_seats: must be at most maximum_seats (got 9, maximum_seats 8)",
        ),
        (
            SEAT | {"performance": {"measure": "csat", "threshold": 85, "reduction": 0.2}},
            "vendors.a.performance.threshold: must be at most 1 (got 85; write 0.85)",
        ),
        (
            SEAT | {"performance": {"measure": "csat", "threshold": 0.85, "reduction": 0.2}},
            "vendors.a.performance.#1: must say how often it is missed; write usual_result or "
            "probability_of_missing",
        ),
    ],
)
def test_a_mistake_has_its_place_and_its_remedy(contract: dict[str, Any], told: str) -> None:
    assert mistakes(document(a=contract)) == [f"q.yaml: {told}"]


def test_both_ways_of_saying_how_often_are_one_too_many() -> None:
    clause = {"measure": "csat", "threshold": 0.8, "reduction": 0.6, "probability_of_missing": 0.1}
    both = clause | {"usual_result": {"mean": 0.9, "deviation": 0.1}}

    assert mistakes(document(a=SEAT | {"performance": [clause, both]})) == [
        "q.yaml: vendors.a.performance.#2: must hold one of usual_result and probability_of_missing "
        "(got both)",
        "q.yaml: vendors.a.performance: reductions must sum to at most 1, the whole fee (got 1.2)",
    ]


def test_mistakes_of_all_vendors_and_of_the_file_are_told_at_once() -> None:
    given = document(
        a=MINUTE | {"minimum_spend": 20_000, "cap": cap()},
        b=SEAT | {"price": None},
        c=SEAT | {"minimum_seats": 9, "maximum_seats": 8},
    ) | {"currency": "yuan"}

    places = [told.split(": ")[1] for told in mistakes(given)]

    assert places == ["currency", "vendors.b.price", "vendors.a.cap.amount", "vendors.c.minimum_seats"]


def test_an_empty_file_is_told_what_quotes_hold() -> None:
    with pytest.raises(InvalidInput, match="is empty; quotes name currency, talk_seconds_per_contact and"):
        quotes_in(b"", "q.yaml")


def test_quotes_without_vendors_are_refused() -> None:
    assert mistakes(document()) == ["q.yaml: vendors: must have at least one entry"]
    given = document() | {"vendors": 3}
    assert mistakes(given) == ["q.yaml: vendors: must hold fields, one per line (got 3)"]


def test_a_fee_that_falls_when_volume_rises_is_named() -> None:
    assert list(notes_on(by_minute(kind="all_units"))) == [
        "the fee falls when volume rises: 10,000 minutes cost 6,000.00 by their tier, one more makes it "
        "5,200.52 (all_units)",
        "the fee falls when volume rises: 25,000 minutes cost 13,000.00 by their tier, one more makes it "
        "11,250.45 (all_units)",
    ]
    assert list(notes_on(by_minute())) == []


def test_a_cap_that_never_binds_is_named() -> None:
    # 30,000 minutes cost 6,000 + 7,800 + 2,250
    assert list(notes_on(by_minute(cap=cap(16_050, covers=30_000)))) == [
        "the cap of 16,050.00 never binds: the 30,000 minutes that it covers do not cost more by their tiers"
    ]
    assert list(notes_on(by_minute(cap=cap(16_049, covers=30_000)))) == []


def test_odd_seats_are_named() -> None:
    corridor = {"committed_seats": 10, "width": 0.1, "price_above": 5000}

    assert list(notes_on(by_seat(minimum_seats=12, corridor=corridor))) == [
        "seats above the corridor are cheaper (5,000.00) than those inside (6,000.00)",
        "the minimum of 12 seats lies above the corridor's upper edge of 11: it always binds",
    ]


def test_setup_notice_and_cuts_are_named() -> None:
    clause = {"measure": "csat", "threshold": 0.85, "reduction": 0.2, "probability_of_missing": 0.1}
    contract = by_seat(setup_fee={"amount": 9000}, notice_months=3, performance=clause)

    assert list(notes_on(contract)) == [
        "setup fee of 9,000.00 falls due once, in the first month; it is in no monthly fee here (write "
        "months to spread it)",
        "customer satisfaction falls below 85 % with probability 10.00 %, which cuts the fee by 20 %: 2.00 % "
        "expected, which the choice leaves out",
        "giving notice takes 3 months, with their minimum fees",
    ]


def test_notes_of_a_comparison_carry_the_vendors_name() -> None:
    quotes = Quotes.model_validate(
        document(a=MINUTE | {"billing_increment_seconds": 60, "kind": "all_units"})
    )

    notes = compare(quotes, usual_span(quotes)).notes

    assert len(notes) == 3
    assert all(note.startswith("a: ") for note in notes)


@pytest.mark.parametrize("path", sorted(QUOTES.glob("*.yaml")), ids=lambda path: path.name)
def test_quotes_of_the_repository_are_read_and_fit_the_schema(path: Path) -> None:
    quotes_in(path.read_bytes(), path.name)
    Draft202012Validator(quotes_schema()).validate(YAML(typ="safe", pure=True).load(path))


def test_the_vendors_of_the_article_ask_for_what_it_says() -> None:
    """0.8 to 1.5 a minute, 5,000 to 8,000 a seat; one falling price with a minimum, one with a cap."""
    vendors = quotes_in((QUOTES / "vendors.yaml").read_bytes(), "vendors.yaml").vendors.values()

    seats = [each.price for each in vendors if each.by == "seat"]
    minutes = [tier.price for each in vendors if each.by == "minute" for tier in each.tiers]
    assert seats
    assert all(5000 <= price <= 8000 for price in seats)
    assert all(0.8 <= price <= 1.5 for price in minutes)
    by_minute = [each for each in vendors if each.by == "minute"]
    assert any(each.kind == "increment" and each.minimum_spend > 0 for each in by_minute)
    assert any(each.kind == "all_units" and each.cap is not None for each in by_minute)
