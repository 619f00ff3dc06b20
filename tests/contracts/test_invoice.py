"""Invoices written by hand, below, on and above every threshold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.contracts import Quote, invoice
from planner.contracts.invoice import expected_share_cut
from tests.shared_data import shared

TIERS = [{"up_to": 10_000.0, "price": 0.6}, {"up_to": 25_000.0, "price": 0.5}, {"price": 0.4}]


def quote(apply: str = "increment", **terms: Any) -> Quote:
    said = {"by": "minute", "tiers": TIERS, "tiers_apply": apply, **terms}
    return Quote.model_validate({"vendor": "v", "terms": said})


def total(of: Quote, minutes: float) -> float:
    return invoice(of, minutes).total


@pytest.mark.parametrize(
    ("minutes", "increment", "all_units"),
    [
        (0.0, 0.0, 0.0),
        (4_000.0, 2_400.0, 2_400.0),
        (10_000.0, 6_000.0, 6_000.0),
        (10_001.0, 6_000.5, 5_000.5),
        (25_000.0, 13_500.0, 12_500.0),
        (25_001.0, 13_500.4, 10_000.4),
        (40_000.0, 19_500.0, 16_000.0),
    ],
)
def test_tiers_are_of_the_increment_or_of_all_units(
    minutes: float, increment: float, all_units: float
) -> None:
    assert total(quote(), minutes) == pytest.approx(increment)
    assert total(quote("all_units"), minutes) == pytest.approx(all_units)


def test_cases_that_others_computed_agree() -> None:
    every = json.loads(shared("cases/queueing_cases.json").read_text())
    cases = [case for case in every if case["model"] == "tiered_contract_invoice"]
    assert len(cases) >= 5
    for case in cases:
        given_, begin, tiers = case["inputs"], 0.0, []
        for width, price in given_["tiers_width_price"]:
            begin += width or 0.0
            tiers.append({"up_to": begin if width else None, "price": price})
        more = {"minimum_spend": float(given_["minimum_spend"]), "fee_cap": {"fee": float(given_["fee_cap"])}}
        for apply, key in (("increment", "incremental"), ("all_units", "all_units")):
            of = quote(apply, **(more | {"tiers": tiers}))
            assert total(of, given_["minutes"]) == pytest.approx(case["expected"][key], abs=1e-6), case["id"]


def test_a_minimum_is_paid_for_nothing_and_said_so() -> None:
    of = quote(minimum_spend=3_000.0)
    made = invoice(of, 2_000.0)
    assert (made.total, made.wasted, made.binds) == (3_000.0, 1_800.0, ("minimum",))
    assert invoice(of, 5_000.0).binds == ()
    assert invoice(of, 5_000.0).total == pytest.approx(3_000.0)


def test_a_cap_holds_for_the_volume_that_it_covers() -> None:
    of = quote(fee_cap={"fee": 12_000.0, "covers_minutes": 30_000.0})
    assert invoice(of, 22_000.0).binds == ()
    assert (total(of, 22_000.0), total(of, 25_000.0), total(of, 30_000.0)) == (12_000.0,) * 3
    beyond = invoice(of, 31_000.0)
    assert beyond.total == pytest.approx(12_400.0)
    assert beyond.binds == ("cap", "beyond cap")
    assert total(quote(fee_cap={"fee": 12_000.0}), 1e6) == 12_000.0


@pytest.mark.parametrize(
    ("minutes", "seats"), [(0.0, 2), (13_000.0, 2), (13_001.0, 3), (19_500.0, 3), (19_501.0, 4)]
)
def test_seats_are_whole_and_at_least_the_minimum(minutes: float, seats: int) -> None:
    terms = {"by": "seat", "price": 6_500.0, "minimum_seats": 2, "minutes_per_seat": 6_500.0}
    made = invoice(Quote.model_validate({"vendor": "v", "terms": terms}), minutes)
    assert made.total == seats * 6_500.0
    assert made.wasted == (13_000.0 if minutes == 0 else 0.0)


def test_setup_is_spread_and_a_cut_stands_beside_the_total() -> None:
    clause = {"fee_cut": 0.2, "threshold": 0.85, "mean": 0.85, "deviation": 0.02}
    of = quote().model_copy(update={"setup_fee": 2_400.0, "setup_months": 24})
    of = Quote.model_validate(of.model_dump() | {"performance": clause})
    made = invoice(of, 4_000.0)
    assert made.total == pytest.approx(2_400.0 + 100.0)
    assert made.expected_cut == pytest.approx(2_400.0 * 0.2 * 0.5), "half of all months lie below the mean"


def test_the_chance_of_a_cut_is_that_of_the_normal_law() -> None:
    clause = (
        quote()
        .model_validate(
            {
                "vendor": "v",
                "terms": {"by": "minute", "tiers": TIERS},
                "performance": {"fee_cut": 1.0, "threshold": 0.85, "mean": 0.88, "deviation": 0.03},
            }
        )
        .performance
    )
    assert clause is not None
    assert expected_share_cut(clause) == pytest.approx(0.158655, abs=1e-6), "one deviation, from a table"


@given(
    st.floats(0, 1e5),
    st.sampled_from(["increment", "all_units"]),
    st.floats(0, 9_000),
    st.floats(9_000, 20_000),
    st.one_of(st.none(), st.floats(1.0, 1e5)),
)
def test_lines_add_up_and_the_fee_lies_between_minimum_and_cap(
    minutes: float, apply: str, least: float, most: float, covers: float | None
) -> None:
    made = invoice(
        quote(apply, minimum_spend=least, fee_cap={"fee": most, "covers_minutes": covers}), minutes
    )
    beyond = sum(line.amount for line in made.lines if line.item == "beyond cap")
    assert sum(line.amount for line in made.lines) == pytest.approx(made.total)
    assert least - 1e-6 <= made.total - beyond <= most + 1e-6
    assert beyond == pytest.approx(0.4 * max(minutes - covers, 0.0) if covers is not None else 0.0)


def test_minutes_that_are_none_are_refused() -> None:
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="minutes must be finite"):
            invoice(quote(), wrong)
