"""A change shared out over orders: along one path, over all orders, over those that can be gone."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.sharing.orders import orders_through, terms_of_orders, terms_of_path
from planner.sharing.shapley import ranges, shapley, values

COST = st.integers(min_value=-1000, max_value=1000).map(lambda cents: Fraction(cents, 100))
GAMES = st.integers(min_value=1, max_value=4).flatmap(
    lambda parts: st.lists(st.tuples(COST, st.booleans()), min_size=2**parts, max_size=2**parts)
)


def by_walking(costs: list[Fraction], there: list[bool]) -> list[Fraction] | None:
    """Every order that leads through what is there, gone one by one; None where there is none."""
    parts = len(costs).bit_length() - 1
    total, many = [Fraction(0)] * parts, 0
    for order in permutations(range(parts)):
        sets = [0]
        for part in order:
            sets.append(sets[-1] | 1 << part)
        if all(there[taken] for taken in sets):
            many += 1
            for part, before, after in zip(order, sets, sets[1:], strict=False):
                total[part] += costs[after] - costs[before]
    return [share / many for share in total] if many else None


@given(GAMES)
def test_it_is_the_average_over_the_orders_that_can_be_gone(game: list[tuple[Fraction, bool]]) -> None:
    costs, there = [cost for cost, _ in game], [flag for _, flag in game]
    there[0] = there[-1] = True
    expected = by_walking(costs, there)
    assume(expected is not None)

    assert list(values(terms_of_orders(there), costs)) == expected
    assert sum(expected or []) == costs[-1] - costs[0]


@given(GAMES)
def test_with_every_set_there_it_is_the_shapley_value(game: list[tuple[Fraction, bool]]) -> None:
    costs = [cost - game[0][0] for cost, _ in game]
    assert values(terms_of_orders([True] * len(costs)), costs) == shapley(costs)


@given(GAMES)
def test_the_way_back_is_the_way_there_with_the_other_sign(game: list[tuple[Fraction, bool]]) -> None:
    costs, there = [cost for cost, _ in game], [flag for _, flag in game]
    there[0] = there[-1] = True
    assume(by_walking(costs, there) is not None)

    back = values(terms_of_orders(there[::-1]), costs[::-1])

    assert [-share for share in back] == list(values(terms_of_orders(there), costs))


def test_orders_are_counted_through_every_set() -> None:
    """Of the sets of three parts that of the second alone is missing: four of six orders are left."""
    there = [True, True, False, True, True, True, True, True]
    before, after = orders_through(there)
    assert (before[-1], after[0]) == (4, 4)
    assert before == [1, 1, 0, 1, 1, 2, 1, 4]


def test_a_path_gives_every_step_its_change_and_its_range() -> None:
    terms = terms_of_path([0, 2, 7])
    low, high = (
        {0: Fraction(9), 2: Fraction(14), 7: Fraction(28)},
        {0: Fraction(10), 2: Fraction(16), 7: Fraction(30)},
    )

    assert [int(share) for share in values(terms, high)] == [6, 14]
    assert [(int(least), int(most)) for least, most in ranges(terms, low, high)] == [(4, 7), (12, 16)]


def test_what_leads_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="an order leads"):
        terms_of_orders([True, False, False, True])
    with pytest.raises(ValueError, match="2\\^n sets"):
        terms_of_orders([True, True, True])
    with pytest.raises(ValueError, match="every set holds the last"):
        terms_of_path([1, 2])
