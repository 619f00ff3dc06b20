"""The Shapley value: games worked by hand, its axioms, and every order of arrival as a second method."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sharing.shapley import shapley, shapley_range

COST = st.integers(min_value=-1000, max_value=1000).map(lambda cents: Fraction(cents, 100))
GAMES = (
    st.integers(min_value=1, max_value=5)
    .flatmap(lambda players: st.lists(COST, min_size=2**players - 1, max_size=2**players - 1))
    .map(lambda costs: [Fraction(0), *costs])
)


def whole(*costs: float) -> list[Fraction]:
    """Costs of coalitions in the order of bits: nobody, 1, 2, 12, 3, 13, 23, 123."""
    return [Fraction(cost) for cost in costs]


def players_of(game: Sequence[Fraction]) -> int:
    return len(game).bit_length() - 1


def by_orders(game: Sequence[Fraction]) -> list[Fraction]:
    """What everybody adds to the cost on arrival, on average over all orders of arrival."""
    players = players_of(game)
    total = [Fraction(0)] * players
    orders = list(permutations(range(players)))
    for order in orders:
        there = 0
        for player in order:
            total[player] += game[there | 1 << player] - game[there]
            there |= 1 << player
    return [share / len(orders) for share in total]


def test_a_runway_is_paid_by_those_who_need_its_length() -> None:
    """Littlechild and Owen (1973): each piece of a runway by all whose planes need it, evenly."""
    game = whole(0, 6, 10, 10, 18, 18, 18, 18)
    assert list(shapley(game)) == whole(2, 2 + 2, 2 + 2 + 8)


def test_a_game_of_three_by_hand() -> None:
    """What each adds in the orders 123, 132, 213, 231, 312 and 321, written out."""
    game = whole(0, 60, 55, 100, 40, 90, 80, 120)
    first = Fraction(60 + 60 + (100 - 55) + (120 - 80) + (90 - 40) + (120 - 80), 6)
    second = Fraction((100 - 60) + (120 - 90) + 55 + 55 + (120 - 90) + (80 - 40), 6)
    third = Fraction((120 - 100) + (90 - 60) + (120 - 100) + (80 - 55) + 40 + 40, 6)
    assert first + second + third == 120
    assert shapley(game) == (first, second, third)


@given(GAMES)
def test_it_is_the_average_over_orders_of_arrival(game: list[Fraction]) -> None:
    assert list(shapley(game)) == by_orders(game)


@given(GAMES)
def test_efficiency_shares_add_up_to_the_cost_of_all(game: list[Fraction]) -> None:
    assert sum(shapley(game)) == game[-1]


@given(GAMES)
def test_symmetry_players_that_add_the_same_pay_the_same(game: list[Fraction]) -> None:
    """A game in which places of the first two players may be swapped."""
    if players_of(game) < 2:
        return

    def swapped(mask: int) -> int:
        first, second = mask & 1, mask >> 1 & 1
        return mask & ~3 | first << 1 | second

    even = [game[mask] + game[swapped(mask)] for mask in range(len(game))]
    shares = shapley(even)
    assert shares[0] == shares[1]


@given(GAMES, COST)
def test_a_dummy_pays_what_it_costs_alone(game: list[Fraction], own: Fraction) -> None:
    """One more player who adds the same to whomever it joins."""
    joined = [*game, *(cost + own for cost in game)]
    assert shapley(joined) == (*shapley(game), own)


@given(st.data(), GAMES)
def test_additivity_the_value_of_a_sum_is_the_sum_of_values(
    data: st.DataObject, game: list[Fraction]
) -> None:
    other = [Fraction(0), *data.draw(st.lists(COST, min_size=len(game) - 1, max_size=len(game) - 1))]
    added = [one + two for one, two in zip(game, other, strict=True)]
    assert list(shapley(added)) == [a + b for a, b in zip(shapley(game), shapley(other), strict=True)]


@given(st.data(), st.integers(min_value=1, max_value=3))
def test_the_range_is_that_of_all_corners(data: st.DataObject, players: int) -> None:
    many = 2**players - 1
    low = [Fraction(0), *data.draw(st.lists(COST, min_size=many, max_size=many))]
    wide = st.integers(min_value=0, max_value=300).map(lambda cents: Fraction(cents, 100))
    high = [
        a + b
        for a, b in zip(
            low, [Fraction(0), *data.draw(st.lists(wide, min_size=many, max_size=many))], strict=True
        )
    ]

    corners = [
        shapley(corner) for corner in product(*(sorted({a, b}) for a, b in zip(low, high, strict=True)))
    ]

    for player, (least, most) in enumerate(shapley_range(low, high)):
        assert least == min(shares[player] for shares in corners)
        assert most == max(shares[player] for shares in corners)


@pytest.mark.parametrize("costs", [[0], [0, 1, 2], [1, 2]])
def test_what_is_no_game_is_refused(costs: list[int]) -> None:
    with pytest.raises(ValueError, match=r"coalitions|nobody"):
        shapley([Fraction(cost) for cost in costs])
