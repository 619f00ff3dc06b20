"""How busy a day is at most, with a probability."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma

from planner.queueing import AS_FORECAST, Busyness, quantiles, surely

CHANCES = np.array([0.01, 0.1, 0.5, 0.9, 0.99])


def chance_below(value: float, one: float, other: float) -> float:
    """That a product of two factors stays below a value, by brute force."""
    first, second = (gamma(1 / cv**2, scale=cv**2) for cv in (one, other))

    def both(b: float) -> float:
        return float(first.cdf(value / b) * second.pdf(b))

    low, high = (float(second.ppf(end)) for end in (1e-12, 1 - 1e-12))
    return float(quad(both, low, high, epsabs=1e-11, limit=300)[0])


@pytest.mark.parametrize("variation", [0.05, 0.2, 1.0, 3.0])
def test_quantiles_of_one_factor_are_its_gamma_distributions(variation: float) -> None:
    exact = gamma(1 / variation**2, scale=variation**2).ppf(CHANCES)
    assert quantiles(Busyness((variation,)), CHANCES) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("one, other", [(0.1, 0.1), (0.3, 0.05), (0.2, 0.8), (1.0, 1.2)])
def test_quantiles_of_two_factors_leave_the_probability_asked_for_below_them(
    one: float, other: float
) -> None:
    found = quantiles(Busyness((one, other)), CHANCES)
    assert [chance_below(value, one, other) for value in found] == pytest.approx(list(CHANCES), abs=2e-7)


def test_a_second_factor_that_hardly_varies_changes_nothing() -> None:
    alone, beside = (quantiles(Busyness(cvs), CHANCES) for cvs in ((0.2,), (0.2, 1e-5)))
    assert beside == pytest.approx(alone, rel=1e-6)


@settings(max_examples=40)
@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_quantiles_rise_and_the_order_of_factors_is_no_matter(one: float, other: float) -> None:
    found = quantiles(Busyness((one, other)), CHANCES)
    assert np.all(np.diff(found) > 0)
    assert list(quantiles(Busyness((other, one)), CHANCES)) == list(found)


def test_a_sure_day_is_never_less_busy_than_forecast() -> None:
    assert surely(Busyness((0.3,)), 0.5) == AS_FORECAST  # half of the days are below 0.97
    assert surely(Busyness((0.3,)), 0.9).level == pytest.approx(1.3987, abs=2e-4)
    assert surely(AS_FORECAST, 0.9) == AS_FORECAST


def test_probabilities_and_factors_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="probabilities"):
        quantiles(AS_FORECAST, np.array([1.0]))
    with pytest.raises(ValueError, match="two factors"):
        quantiles(Busyness((0.1, 0.1, 0.1)), CHANCES)
