"""Which clause binds, and what it costs."""

from __future__ import annotations

import pytest

from planner.contracts import Binding, invoice
from tests.contracts.contracts import by_minute, by_seat, cap

CORRIDOR = {"committed_seats": 20, "width": 0.1, "price_above": 7000, "charge_below": 1000}


def told(bindings: tuple[Binding, ...]) -> list[tuple[str, float, float | None]]:
    return [(each.clause, round(each.costs, 6), each.unused) for each in bindings]


def test_a_minimum_spend_says_how_many_minutes_are_paid_for_and_not_used() -> None:
    # 3,000 of 5,000 are owed for 5,000 minutes; 5,000 would pay for 5,000 / 0.6 = 8,333.33 of them
    (found,) = invoice(by_minute(minimum_spend=5000), 5_000).binding

    assert found.clause == "minimum_spend"
    assert found.costs == pytest.approx(2000.0)
    assert found.unused == pytest.approx(10_000 / 3)


def test_unused_minutes_are_counted_across_tiers() -> None:
    # 8,600 pays for 10,000 minutes at 0.6 and 5,000 at 0.52
    (found,) = invoice(by_minute(minimum_spend=8600), 4_000).binding

    assert found.unused == pytest.approx(11_000)


def test_minutes_that_cost_nothing_never_reach_a_minimum() -> None:
    (found,) = invoice(by_minute(tiers={"price": 0}, minimum_spend=100), 10).binding

    assert (found.costs, found.unused) == (100, None)


def test_a_minimum_spend_that_is_reached_does_not_bind() -> None:
    assert invoice(by_minute(minimum_spend=6000), 10_000).binding == ()


@pytest.mark.parametrize("price", [0.1, 0.3, 0.6, 0.7, 1.1, 1.3])
def test_on_the_very_minute_that_reaches_it_a_minimum_does_not_bind(price: float) -> None:
    contract = by_minute(tiers={"price": price}, minimum_spend=5000, cap=cap(5000))

    assert invoice(contract, 5000 / price).binding == ()


def test_a_cap_saves_what_it_takes_off() -> None:
    assert told(invoice(by_minute(cap=cap()), 60_000).binding) == [("cap", -11_550.0, None)]


def test_minutes_beyond_the_cap_are_compared_with_their_tier() -> None:
    found = told(invoice(by_minute(cap=cap(beyond=0.6)), 100_100).binding)

    # 100 minutes at 0.6 instead of 0.45
    assert found[1] == ("beyond_cap", 15.0, None)


def test_a_volume_from_which_a_larger_one_is_cheaper_is_told() -> None:
    (found,) = invoice(by_minute(kind="all_units"), 9_000).binding

    # 5,400 at 0.6; 10,000 minutes at 0.52 are 5,200
    assert (found.clause, found.at) == ("tier_edge", 10_000)
    assert found.costs == pytest.approx(200.0)
    assert invoice(by_minute(kind="all_units"), 8_600).binding == ()


def test_minimum_seats_and_corridor_say_what_they_cost() -> None:
    found = told(invoice(by_seat(minimum_seats=10, corridor=CORRIDOR), 9).binding)

    # one seat more at 6,000 saves the 1,000 that it would be missing for
    assert found == [("minimum_seats", 5000.0, 1), ("below_corridor", 8000.0, 8)]


def test_seats_above_the_corridor_cost_the_difference() -> None:
    assert told(invoice(by_seat(corridor=CORRIDOR), 25).binding) == [("above_corridor", 3000.0, None)]


def test_inside_the_corridor_nothing_binds() -> None:
    assert invoice(by_seat(minimum_seats=10, corridor=CORRIDOR), 18).binding == ()
