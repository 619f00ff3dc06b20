"""Handle times, found again from totals of intervals and from single contacts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from planner.calibration.handling import handle_time_cv, mean_handle_time
from tests.calibration.histories import lognormal

SEEDS = range(200)


def test_the_mean_is_all_seconds_by_all_answered() -> None:
    handled, answered, day = np.array([600.0, 0.0, 1000.0]), np.array([2.0, 0.0, 5.0]), np.array([1, 1, 2])

    found = mean_handle_time(handled, answered, day)

    assert found is not None
    assert found.value == pytest.approx(1600 / 7)


def test_the_interval_of_equal_days_is_that_of_student() -> None:
    chance = np.random.default_rng(1)
    seconds = chance.normal(200.0, 20.0, 12)

    found = mean_handle_time(seconds, np.ones(12), np.arange(12))

    low, high = stats.t.interval(0.95, 11, seconds.mean(), stats.sem(seconds))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_single_row_has_no_upper_end() -> None:
    found = mean_handle_time(np.array([300.0]), np.array([2.0]), np.array([1]))

    assert found is not None
    assert (found.value, found.low, found.high) == (150, 0, math.inf)


def test_nobody_answered_is_no_handle_time() -> None:
    assert mean_handle_time(np.zeros(3), np.zeros(3), np.arange(3)) is None


@pytest.mark.parametrize("cv, contacts", [(0.5, 300), (0.8, 1000), (1.0, 400)])
def test_intervals_hold_the_truth_as_often_as_they_say(cv: float, contacts: int) -> None:
    means, variations = [], []
    for seed in SEEDS:
        chance = np.random.default_rng(seed)
        seconds, day = lognormal(200.0, cv, contacts, chance), chance.integers(0, 30, contacts)
        mean = mean_handle_time(seconds, np.ones(contacts), day)
        variation = handle_time_cv(seconds, day)
        assert mean is not None
        assert variation is not None
        means.append(mean.low <= 200 <= mean.high)
        variations.append(variation.low <= cv <= variation.high)

    assert 0.90 <= np.mean(means) <= 0.99
    assert 0.90 <= np.mean(variations) <= 0.995


def test_days_that_differ_make_the_mean_less_sure() -> None:
    chance = np.random.default_rng(3)
    day = np.repeat(np.arange(20), 100)
    slow = np.repeat(chance.gamma(25.0, 1 / 25, 20), 100)
    seconds = lognormal(200.0, 0.5, 2000, chance) * slow

    alike = mean_handle_time(seconds, np.ones(2000), np.arange(2000))
    by_day = mean_handle_time(seconds, np.ones(2000), day)

    assert alike is not None
    assert by_day is not None
    assert by_day.high - by_day.low > 2 * (alike.high - alike.low)


def test_few_or_equal_handle_times_have_no_variation() -> None:
    assert handle_time_cv(np.arange(1.0, 30.0), np.arange(29)) is None
    assert handle_time_cv(np.full(100, 60.0), np.arange(100)) is None
