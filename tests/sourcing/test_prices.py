"""The price at which a loser would lead, on costs that are known by heart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.sourcing import Answer, Ask, Terms
from planner.sourcing.asking import Asking
from planner.sourcing.document import PriceChange
from planner.sourcing.prices import factor_needed, price_change
from tests.program.small_problems import pool, problem, queue, scenario, shifts

SMALL = problem(scenario({"calls": queue()}, {"own": pool(shifts("08:00", 4.0))}), {"calls": [9.0]})


class Known(Asking):
    """Answers by a formula of the factor."""

    def __init__(self, cost: Callable[[float], float], gap: float = 0.0, labour: float = 60.0) -> None:
        super().__init__(SMALL, Terms(0.01, 1.0, ThreadPoolExecutor(1)))
        self.cost, self.gap, self.labour, self.tries = cost, gap, labour, 0

    def of(self, asks: Sequence[Ask]) -> list[Answer]:
        self.tries += len(asks)
        costs = [self.cost(ask.factor) for ask in asks]
        return [Answer("plan", cost, cost * (1 - self.gap), self.labour) for cost in costs]


def change(asking: Asking, cost: float, bound: float | None = None) -> PriceChange:
    other = Answer("plan", cost, cost if bound is None else bound)
    return price_change(asking, Ask("a", 100.0, "labour"), {"b": other})


def test_the_factor_of_the_plan_at_hand_by_hand() -> None:
    """100, of which 60 grow with wages; at 85 the wages must be 45, three quarters of what they are."""
    assert factor_needed(Answer("plan", 100.0, 99.0, labour=60.0), "labour", 85.0) == pytest.approx(0.75)
    assert factor_needed(Answer("plan", 100.0, 99.0, technology=30.0), "technology", 85.0) == 0.5


def test_a_straight_cost_changes_places_at_the_factor_of_the_plan_at_hand() -> None:
    found = change(Known(lambda factor: 40 + 60 * factor), 85.0)
    assert found.surely_below == pytest.approx(0.75, abs=0.011)
    assert found.surely_not_above == pytest.approx(0.75, abs=0.022)
    assert found.surely_below is not None
    assert found.surely_not_above is not None
    assert found.surely_below < 0.75 < found.surely_not_above


def test_a_better_plan_at_a_lower_price_leads_earlier() -> None:
    """Below 0.9 another plan is cheaper, with fewer wages."""
    found = change(Known(lambda factor: min(40 + 60 * factor, 20 + 70 * factor)), 80.0)
    assert found.surely_below == pytest.approx(60 / 70, abs=0.011)


def test_a_gap_leaves_factors_between_that_are_too_near_to_tell() -> None:
    found = change(Known(lambda factor: 40 + 60 * factor, gap=0.02), 85.0, 84.0)
    assert found.surely_below == pytest.approx((84.0 - 40) / 60, abs=0.011)
    assert found.surely_not_above == pytest.approx((85.0 / 0.98 - 40) / 60, abs=0.011)


def test_what_the_price_is_no_part_of_it_cannot_change() -> None:
    found = change(Known(lambda factor: 90 + 10 * factor, labour=10.0), 85.0)
    assert (found.surely_below, found.surely_not_above) == (None, 0.0)


def test_at_nothing_another_plan_may_still_lead() -> None:
    found = change(Known(lambda factor: min(90 + 10 * factor, 70 + 50 * factor), labour=10.0), 85.0)
    assert found.surely_below == pytest.approx(0.3, abs=0.011)


def test_two_that_are_too_near_at_their_prices_have_no_upper_end() -> None:
    found = change(Known(lambda factor: 40 + 60 * factor, gap=0.02), 99.0)
    assert found.surely_below == pytest.approx(59 / 60, abs=0.011)
    assert found.surely_not_above is None


def test_few_plans_are_made() -> None:
    asking = Known(lambda factor: 40 + 60 * factor)
    change(asking, 85.0)
    assert asking.tries <= 14
