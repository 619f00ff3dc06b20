"""Invoices written by hand, at volumes below, on and above every threshold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planner.contracts import Invoice, in_cents, invoice
from planner.scenario.contracts import MinuteContract
from tests.contracts.contracts import by_minute, by_seat, cap
from tests.shared_data import shared

CORRIDOR = {"committed_seats": 20, "width": 0.1, "price_above": 7000, "charge_below": 1000}


def lines(made: Invoice) -> list[tuple[str, float]]:
    """The lines to a billionth: decimal prices are not exact in binary."""
    return [(line.item, round(line.amount, 9)) for line in made.lines]


# Written by hand: minutes, then the lines of the invoice.
INCREMENT: list[tuple[float, list[tuple[str, float]]]] = [
    (0, [("minimum_spend", 5000.0)]),
    (5_000, [("tier", 3000.0), ("minimum_spend", 2000.0)]),
    (8_333, [("tier", 4999.8), ("minimum_spend", 0.2)]),
    (8_334, [("tier", 5000.4)]),
    (9_999, [("tier", 5999.4)]),
    (10_000, [("tier", 6000.0)]),
    (10_001, [("tier", 6000.0), ("tier", 0.52)]),
    (25_000, [("tier", 6000.0), ("tier", 7800.0)]),
    (25_001, [("tier", 6000.0), ("tier", 7800.0), ("tier", 0.45)]),
    (34_333, [("tier", 6000.0), ("tier", 7800.0), ("tier", 4199.85)]),
    (34_334, [("tier", 6000.0), ("tier", 7800.0), ("tier", 4200.3), ("cap", -0.3)]),
    (100_000, [("tier", 6000.0), ("tier", 7800.0), ("tier", 33750.0), ("cap", -29550.0)]),
    (
        100_010,
        [("tier", 6000.0), ("tier", 7800.0), ("tier", 33750.0), ("cap", -29550.0), ("beyond_cap", 4.0)],
    ),
]
ALL_UNITS: list[tuple[float, list[tuple[str, float]]]] = [
    (0, [("minimum_spend", 5000.0)]),
    (8_333, [("tier", 4999.8), ("minimum_spend", 0.2)]),
    (8_334, [("tier", 5000.4)]),
    (10_000, [("tier", 6000.0)]),
    (10_001, [("tier", 5200.52)]),
    (25_000, [("tier", 13000.0)]),
    (25_001, [("tier", 11250.45)]),
    (40_000, [("tier", 18000.0)]),
    (40_001, [("tier", 18000.45), ("cap", -0.45)]),
    (100_000, [("tier", 45000.0), ("cap", -27000.0)]),
    (100_010, [("tier", 45000.0), ("cap", -27000.0), ("beyond_cap", 4.0)]),
]


@pytest.mark.parametrize(("minutes", "expected"), INCREMENT)
def test_tiers_on_the_increment_are_billed_as_by_hand(
    minutes: float, expected: list[tuple[str, float]]
) -> None:
    made = invoice(by_minute(minimum_spend=5000, cap=cap()), minutes)

    assert lines(made) == expected
    assert made.fee == pytest.approx(sum(amount for _, amount in expected), abs=1e-9)


@pytest.mark.parametrize(("minutes", "expected"), ALL_UNITS)
def test_tiers_on_all_units_are_billed_as_by_hand(minutes: float, expected: list[tuple[str, float]]) -> None:
    made = invoice(by_minute(kind="all_units", minimum_spend=5000, cap=cap()), minutes)

    assert lines(made) == expected
    assert made.fee == pytest.approx(sum(amount for _, amount in expected), abs=1e-9)


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        (0, [("minimum_seats", 60_000.0), ("seats_missing", 8000.0)]),
        (9, [("seats", 54_000.0), ("minimum_seats", 6000.0), ("seats_missing", 8000.0)]),
        (10, [("seats", 60_000.0), ("seats_missing", 8000.0)]),
        (17, [("seats", 102_000.0), ("seats_missing", 1000.0)]),
        (18, [("seats", 108_000.0)]),
        (20, [("seats", 120_000.0)]),
        (22, [("seats", 132_000.0)]),
        (23, [("seats", 132_000.0), ("seats_above", 7000.0)]),
    ],
)
def test_seats_are_billed_as_by_hand(seats: float, expected: list[tuple[str, float]]) -> None:
    made = invoice(by_seat(minimum_seats=10, corridor=CORRIDOR), seats)

    assert lines(made) == expected
    assert made.fee == pytest.approx(sum(amount for _, amount in expected), abs=1e-9)


def test_seats_without_a_corridor_cost_their_price() -> None:
    assert invoice(by_seat(), 7).fee == 42_000
    assert invoice(by_seat(minimum_seats=8), 7).fee == 48_000


def test_a_minimum_above_the_corridor_is_billed_at_the_price_above_it() -> None:
    made = invoice(by_seat(minimum_seats=25, corridor=CORRIDOR), 20)

    assert lines(made) == [("seats", 120_000.0), ("minimum_seats", 12_000.0), ("seats_above", 21_000.0)]


def test_a_setup_fee_over_months_is_in_every_month_and_one_due_at_once_in_the_first() -> None:
    spread = by_minute(setup_fee={"amount": 24_000, "months": 12})
    at_once = by_minute(setup_fee={"amount": 24_000})

    assert invoice(spread, 10_000).fee == invoice(spread, 10_000, first_month=True).fee == 8000
    assert invoice(at_once, 10_000).fee == 6000
    assert invoice(at_once, 10_000, first_month=True).fee == 30_000


def test_minimum_and_cap_do_not_count_the_setup_fee() -> None:
    setup = {"amount": 1000, "months": 1}

    assert invoice(by_minute(minimum_spend=5000, setup_fee=setup), 0).fee == 6000
    assert invoice(by_minute(cap=cap(), setup_fee=setup), 90_000).fee == 19_000


def test_a_cut_is_reported_apart_and_never_taken_off_the_fee() -> None:
    clause = {"measure": "csat", "threshold": 0.85, "reduction": 0.2, "probability_of_missing": 0.1}
    made = invoice(by_minute(performance=clause, setup_fee={"amount": 1200, "months": 12}), 10_000)

    assert made.fee == 6100
    assert made.cuts[0].probability == 0.1
    assert made.cuts[0].expected == pytest.approx(120.0)
    assert made.expected_cut == pytest.approx(120.0)


def test_a_cut_is_reckoned_on_the_fee_after_minimum_and_cap() -> None:
    clause = {"measure": "csat", "threshold": 0.85, "reduction": 0.2, "probability_of_missing": 0.5}
    contract = by_minute(performance=clause, minimum_spend=5000, cap=cap())

    assert invoice(contract, 0).expected_cut == pytest.approx(500.0)
    assert invoice(contract, 90_000).expected_cut == pytest.approx(1800.0)


def test_cuts_of_two_clauses_add_up() -> None:
    clauses = [
        {"measure": "csat", "threshold": 0.85, "reduction": 0.2, "probability_of_missing": 0.1},
        {"measure": "answer_rate", "threshold": 0.95, "reduction": 0.1, "probability_of_missing": 0.3},
    ]
    made = invoice(by_minute(performance=clauses), 10_000)

    assert [cut.expected for cut in made.cuts] == pytest.approx([120.0, 180.0])
    assert made.expected_cut == pytest.approx(300.0)


def contract_of(case: dict[str, Any], kind: str) -> MinuteContract:
    """The case's contract; its cap covers any volume of the cases."""
    limit, tiers = 0.0, []
    for width, price in case["tiers_width_price"]:
        limit += width or 0.0
        tiers.append({"price": price} | ({"up_to": limit} if width else {}))
    return by_minute(
        kind=kind, tiers=tiers, minimum_spend=case["minimum_spend"], cap=cap(case["fee_cap"], 1e6)
    )


@pytest.mark.parametrize(("kind", "key"), [("increment", "incremental"), ("all_units", "all_units")])
def test_every_shared_contract_case_is_billed_as_it_says(kind: str, key: str) -> None:
    cases = json.loads(shared("cases/queueing_cases.json").read_text(encoding="utf-8"))
    cases = [case for case in cases if case["model"] == "tiered_contract_invoice"]
    assert len(cases) >= 5
    for case in cases:
        made = invoice(contract_of(case["inputs"], kind), case["inputs"]["minutes"])
        assert made.fee == pytest.approx(case["expected"][key], abs=case["tolerance"]), case["id"]


def test_lines_in_cents_add_up_to_the_fee_in_cents() -> None:
    # thirds of a cent on every line: 0.333 x 3 tiers, each rounded alone would lose a cent
    tiers = [{"up_to": 1, "price": 0.333}, {"up_to": 2, "price": 0.334}, {"price": 0.338}]
    made = in_cents(invoice(by_minute(tiers=tiers), 3))

    assert [line.amount for line in made.lines] == [0.33, 0.34, 0.34]
    assert made.fee == 1.01


def test_half_a_cent_is_rounded_up() -> None:
    assert in_cents(invoice(by_minute(tiers={"price": 0.005}), 1)).fee == 0.01


@pytest.mark.parametrize("volume", [-1.0, float("nan"), float("inf")])
def test_a_volume_that_is_none_is_refused(volume: float) -> None:
    with pytest.raises(ValueError, match="finite number and not negative"):
        invoice(by_minute(), volume)


def test_more_seats_than_the_vendor_has_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 12 seats"):
        invoice(by_seat(maximum_seats=12), 13)
