"""Who is cheapest where: crossovers by hand, and against a fine grid."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.contracts import Quote, cheapest, invoice, read_quotes
from planner.errors import InvalidInput
from tests.scenarios.documents import SCENARIOS

VENDORS = SCENARIOS / "quotes" / "vendors.yaml"


def by_minute(vendor: str, *tiers: tuple[float | None, float], **terms: Any) -> Quote:
    said = [{"up_to": end, "price": price} for end, price in tiers]
    return Quote.model_validate({"vendor": vendor, "terms": {"by": "minute", "tiers": said, **terms}})


def by_seat(vendor: str, price: float, minutes: float, least: int = 0) -> Quote:
    terms = {"by": "seat", "price": price, "minutes_per_seat": minutes, "minimum_seats": least}
    return Quote.model_validate({"vendor": vendor, "terms": terms})


def stretches(*quotes: Quote, most: float) -> list[tuple[str, float, float]]:
    return [(one.vendor, one.from_minutes, one.to_minutes) for one in cheapest(quotes, most)]


def test_a_minimum_meets_a_dear_minute_where_division_says() -> None:
    cheap = by_minute("cheap", (None, 1.0), minimum_spend=3_000.0)
    assert stretches(cheap, by_minute("dear", (None, 1.5)), most=9_000.0) == [
        ("dear", 0.0, pytest.approx(2_000.0)),
        ("cheap", pytest.approx(2_000.0), 9_000.0),
    ]


def test_prices_that_never_meet_leave_one_vendor() -> None:
    assert stretches(by_minute("a", (None, 1.0)), by_minute("b", (None, 1.2)), most=1e5) == [("a", 0.0, 1e5)]


def test_seats_take_turns_with_minutes_at_every_step() -> None:
    # a seat of 6,000 for 6,000 minutes against 1.2 a minute: the seat pays from 5,000, 10,000, ... on
    found = stretches(by_seat("seat", 6_000.0, 6_000.0), by_minute("minute", (None, 1.2)), most=14_000.0)
    assert [(vendor, round(begin), round(end)) for vendor, begin, end in found] == [
        ("minute", 0, 5_000),
        ("seat", 5_000, 6_000),
        ("minute", 6_000, 10_000),
        ("seat", 10_000, 12_000),
        ("minute", 12_000, 14_000),
    ]


def test_all_units_pay_from_the_jump_on() -> None:
    jump = by_minute("jump", (10_000.0, 1.3), (None, 0.9), tiers_apply="all_units")
    assert stretches(jump, by_minute("flat", (None, 1.1)), most=20_000.0) == [
        ("flat", 0.0, 10_000.0),
        ("jump", 10_000.0, 20_000.0),
    ]


PRICES = st.floats(0.5, 2.0)


@settings(max_examples=60)
@given(
    st.tuples(PRICES, PRICES, st.floats(1_000, 30_000), st.floats(0, 20_000), st.booleans()),
    st.tuples(PRICES, PRICES, st.floats(1_000, 30_000), st.floats(20_000, 40_000), st.floats(1_000, 50_000)),
    st.tuples(st.floats(2_000, 9_000), st.floats(4_000, 8_000), st.integers(0, 4)),
)
def test_no_volume_is_cheaper_with_another_vendor(
    one: tuple[float, float, float, float, bool],
    two: tuple[float, float, float, float, float],
    three: tuple[float, float, int],
) -> None:
    apply = "all_units" if one[4] else "increment"
    cap = {"fee": two[3], "covers_minutes": two[4]}
    quotes = [
        by_minute("one", (one[2], one[0]), (None, one[1]), minimum_spend=one[3], tiers_apply=apply),
        by_minute("two", (two[2], two[0]), (None, two[1]), fee_cap=cap),
        by_seat("three", *three),
    ]
    named = {quote.vendor: quote for quote in quotes}
    found = list(cheapest(quotes, 60_000.0))
    assert (found[0].from_minutes, found[-1].to_minutes) == (0.0, 60_000.0)
    assert all(a.to_minutes == b.from_minutes for a, b in pairwise(found))
    for minutes in np.linspace(17.0, 59_983.0, 331):
        inside = next(each for each in found if each.from_minutes <= minutes <= each.to_minutes)
        near = min(abs(minutes - inside.from_minutes), abs(minutes - inside.to_minutes))
        if near > 1e-3:
            least = min(invoice(quote, minutes).total for quote in quotes)
            assert invoice(named[inside.vendor], minutes).total == pytest.approx(least)


def test_the_quotes_that_come_with_the_planner_can_be_read() -> None:
    assert [quote.vendor for quote in read_quotes(VENDORS).quotes] == [
        "by the seat",
        "by the minute",
        "capped",
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{up_to: 30000, price: 1.15}", "{up_to: 9000, price: 1.15}", "up_to must rise from tier to tier"),
        ("- {price: 0.9}", "- {up_to: 50000, price: 0.9}", "the last tier must have no end"),
        ("price: 6500 ", "price: -1 ", "must be at least 0"),
        ("vendor: capped", "vendor: by the seat", "each vendor may stand once; rename one of by the seat"),
        ("fee: 30000, covers", "fe: 30000, covers", "is no field"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, before: str, after: str, told: str) -> None:
    text = VENDORS.read_text()
    assert before in text
    (tmp_path / "vendors.yaml").write_text(text.replace(before, after, 1))
    with pytest.raises(InvalidInput) as failure:
        read_quotes(tmp_path / "vendors.yaml")
    assert any(told in mistake.problem for mistake in failure.value.mistakes), failure.value.mistakes
