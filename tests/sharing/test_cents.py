"""Whole cents that add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sharing.cents import amount, cents, divided, in_cents

MONEY = st.fractions(min_value=-(10**6), max_value=10**9, max_denominator=10**6)
WEIGHTS = st.lists(
    st.floats(min_value=0, max_value=1e12, allow_nan=False).map(Fraction), min_size=1, max_size=40
).filter(lambda weights: sum(weights) > 0)


def test_the_largest_remainders_get_the_cents_that_are_left() -> None:
    thirds = [Fraction(1, 3)] * 3
    assert in_cents(thirds, 100) == (34, 33, 33)
    assert in_cents([Fraction(142, 10_000), Fraction(58, 10_000)], 2) == (1, 1)
    assert in_cents([Fraction(126, 100), Fraction(3, 1000), Fraction(737, 100_00)], 134) == (126, 0, 8)


def test_amounts_below_nothing_add_up_too() -> None:
    assert in_cents([Fraction(-1, 300), Fraction(1, 300)], 0) == (0, 0)
    assert in_cents([Fraction(-5, 300), Fraction(20, 300)], 5) == (-2, 7)


@given(st.lists(MONEY, max_size=40))
def test_cents_always_add_up_and_none_is_more_than_one_away(exact: list[Fraction]) -> None:
    total = cents(sum(exact, Fraction(0)))
    found = in_cents(exact, total)
    assert sum(found) == total
    assert all(abs(whole - 100 * money) <= 1 for whole, money in zip(found, exact, strict=True))


@given(MONEY, WEIGHTS)
def test_an_amount_over_any_weights_adds_up_to_the_cent(money: Fraction, weights: list[Fraction]) -> None:
    parts = divided(money, weights)
    assert sum(parts) == money
    assert sum(in_cents(parts, cents(money))) == cents(money)


@given(st.integers(min_value=-(10**6), max_value=10**9), WEIGHTS)
def test_any_total_within_a_cent_of_the_sum_is_reached(whole: int, weights: list[Fraction]) -> None:
    parts = divided(Fraction(whole, 100) + Fraction(99, 10_000), weights)
    assert sum(in_cents(parts, whole)) == whole
    assert sum(in_cents(parts, whole + 1)) == whole + 1


def test_a_total_that_lacks_something_is_refused() -> None:
    with pytest.raises(ValueError, match="sum to the cent"):
        in_cents([Fraction(1)], 98)


def test_nothing_has_no_proportion() -> None:
    with pytest.raises(ValueError, match="above 0"):
        divided(Fraction(1), [Fraction(0)])


def test_cents_are_money_with_two_decimals() -> None:
    assert str(amount(123456)) == "1234.56"
    assert amount(-5) == Decimal("-0.05")
    assert cents(0.1 + 0.2) == 30
