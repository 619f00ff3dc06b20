"""Busyness of days and intervals, found again in histories that were drawn with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.calibration.level import Level, expected_totals
from planner.calibration.scatter import Scatter, Whole, scatter_of
from tests.calibration.histories import MONDAY, Truth, whole

SEEDS = range(200)


def found(truth: Truth, level: Level = "trend") -> list[Scatter]:
    return [scatter_of(whole(truth, seed), level) for seed in SEEDS]


def covered(scatters: list[Scatter], truth: float, which: Callable[[Scatter], object]) -> float:
    """Share of the intervals that hold the truth."""
    estimates = [which(scatter) for scatter in scatters]
    return float(np.mean([estimate.low <= truth <= estimate.high for estimate in estimates]))  # type: ignore[attr-defined]  # an estimate or the test fails


@pytest.mark.parametrize(
    "truth",
    [
        Truth(day_cv=0.1, interval_cv=0.05, volume=3000),
        Truth(day_cv=0.2, interval_cv=0.1, volume=200),
        Truth(day_cv=0.5, interval_cv=0.2, volume=300),
        Truth(day_cv=0.1, interval_cv=0.1, weeks=4),
        Truth(day_cv=0.12, interval_cv=0.06, volume=30_000, weekly_growth=0.01),
    ],
    ids=lambda truth: f"day {truth.day_cv}, interval {truth.interval_cv}, {truth.volume:g} a day",
)
def test_intervals_hold_the_truth_as_often_as_they_say(truth: Truth) -> None:
    scatters = found(truth)

    assert 0.90 <= covered(scatters, truth.day_cv, lambda scatter: scatter.day_cv) <= 0.99
    assert 0.90 <= covered(scatters, truth.interval_cv, lambda scatter: scatter.interval_cv) <= 0.99


@pytest.mark.parametrize("level", ["constant", "trend", "week"])
def test_estimates_are_right_on_average_whatever_the_level_takes_away(level: Level) -> None:
    truth = Truth(day_cv=0.15, interval_cv=0.1)
    scatters = found(truth, level)

    squares = [(s.day_cv.value**2, s.interval_cv.value**2) for s in scatters if s.day_cv and s.interval_cv]
    # the mean of 200 squares, each sure to some 20 %
    assert np.sqrt(np.mean(squares, axis=0)) == pytest.approx([0.15, 0.1], rel=0.04)


def test_poisson_contacts_have_no_busyness() -> None:
    scatters = found(Truth(weeks=26))

    days = np.array([s.day_cv.value for s in scatters if s.day_cv])
    intervals = np.array([s.interval_cv.value for s in scatters if s.interval_cv])
    # by chance alone a day of 1,000 contacts varies by 3 %, an interval of 40 by 16 %
    assert np.median(days) < 0.01
    assert np.median(intervals) < 0.03
    assert covered(scatters, 0.0, lambda scatter: scatter.day_cv) >= 0.95


def test_a_trend_is_no_busyness() -> None:
    growing = Truth(weeks=26, volume=3000, weekly_growth=0.02)

    trend, constant = (scatter_of(whole(growing, 1), level).day_cv for level in ("trend", "constant"))

    assert trend is not None
    assert constant is not None
    assert trend.value < 0.01
    assert constant.value > 0.1


def test_weeks_that_differ_are_busyness_unless_each_week_has_its_own_level() -> None:
    truth = Truth(weeks=26, volume=3000)
    weekly = np.repeat(np.random.default_rng(3).gamma(100, 1 / 100, truth.weeks), 5)
    history = whole(truth, 3, shared=weekly)

    by_trend, by_week = (scatter_of(history, level).day_cv for level in ("trend", "week"))

    assert by_trend is not None
    assert by_week is not None
    assert by_trend.low < 0.1 < by_trend.high
    assert by_week.low == 0


def test_noise_of_intervals_is_not_taken_for_busyness_of_days() -> None:
    scatters = found(Truth(interval_cv=0.3, volume=3000))

    # 24 intervals with 30 % each make the total vary by 8 %
    totals = [np.std(scatter.factor) for scatter in scatters]
    assert np.mean(totals) > 0.06
    assert covered(scatters, 0.0, lambda scatter: scatter.day_cv) >= 0.93


def test_too_few_days_are_said_to_be_too_few() -> None:
    scatter = scatter_of(whole(Truth(weeks=1), 1), "trend")

    assert (scatter.day_cv, scatter.interval_cv) == (None, None)


def test_a_history_without_any_contact_says_nothing() -> None:
    scatter = scatter_of(Whole(np.arange(20), np.zeros((20, 4))), "trend")

    assert (scatter.day_cv, scatter.interval_cv, scatter.day.size) == (None, None, 0)


def test_a_fit_without_level_is_the_mean_of_each_weekday() -> None:
    history = whole(Truth(), 4)

    fit = expected_totals(history.total, history.day, "constant", np.zeros(history.day.size))

    means = [history.total[(history.day - MONDAY) % 7 == weekday].mean() for weekday in range(5)]
    assert fit.mean[:5] == pytest.approx(means)
    assert fit.freedom == history.day.size - 5
    assert np.trace(fit.hat) == pytest.approx(5)


def test_a_hat_matrix_says_how_expectations_move_with_a_day() -> None:
    history, excess = whole(Truth(day_cv=0.1), 5), np.full(65, 0.01)
    moved = history.total.copy()
    moved[7] += 0.01

    fit = expected_totals(history.total, history.day, "trend", excess)
    after = expected_totals(moved, history.day, "trend", excess)

    assert (after.mean - fit.mean) / 0.01 == pytest.approx(fit.hat[:, 7], abs=2e-2)


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 5), st.floats(0.0, 3.0))
def test_any_counts_give_an_estimate_within_its_interval_or_none(
    seed: int, days: int, intervals: int, mean: float
) -> None:
    chance = np.random.default_rng(seed)
    counts = chance.poisson(10.0**mean - 1.0, (days, intervals)).astype(float)

    scatter = scatter_of(Whole(MONDAY + np.arange(days), counts), "trend")

    for estimate in (scatter.day_cv, scatter.interval_cv):
        assert estimate is None or 0 <= estimate.low <= estimate.value <= estimate.high


def test_one_monstrous_day_leaves_an_estimate_that_is_not_sure_of_itself() -> None:
    counts = np.full((15, 4), 10.0)
    counts[7] = 1e6

    scatter = scatter_of(Whole(MONDAY + np.arange(15), counts), "constant")

    assert scatter.day_cv is not None
    assert scatter.day_cv.high > 10 * scatter.day_cv.value
