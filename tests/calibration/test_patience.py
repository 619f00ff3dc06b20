"""Patience, found again from waits that it ended, and from waits that ended before it did."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from planner.arrays import Flags, Floats
from planner.calibration.patience import mean_patience
from planner.calibration.patience_law import Lognormal, patience_law, share_seen
from tests.calibration.histories import lognormal

SEEDS = range(200)


def waits(patience: Floats, mean_offered: float, chance: np.random.Generator) -> tuple[Floats, Flags]:
    """Half of the contacts would have to wait; who loses patience before leaves."""
    offered = chance.exponential(mean_offered, patience.size) * (chance.random(patience.size) < 0.5)
    return np.minimum(patience, offered), patience < offered


def test_patience_is_all_waiting_by_those_who_left_and_its_interval_is_exact() -> None:
    found = mean_patience(9000.0, 100.0)

    assert found.value == 90
    # as many or fewer than 100 would leave with a chance of 2.5 % if the rate were at its upper end
    assert stats.poisson.cdf(100, 9000 / found.low) == pytest.approx(0.025)
    assert stats.poisson.sf(99, 9000 / found.high) == pytest.approx(0.025)


def test_if_nobody_left_patience_has_a_lower_bound_alone() -> None:
    found = mean_patience(9000.0, 0.0)

    assert found.value == found.high == math.inf
    assert math.exp(-9000 / found.low) == pytest.approx(0.025)


@pytest.mark.parametrize("mean_offered, contacts", [(20.0, 2000), (150.0, 500), (60.0, 40)])
def test_intervals_hold_the_truth_as_often_as_they_say(mean_offered: float, contacts: int) -> None:
    held = []
    for seed in SEEDS:
        chance = np.random.default_rng(seed)
        wait, left = waits(chance.exponential(120.0, contacts), mean_offered, chance)
        found = mean_patience(float(wait.sum()), float(left.sum()))
        held.append(found.low <= 120 <= found.high)

    assert 0.90 <= np.mean(held) <= 0.995


@pytest.mark.parametrize("cv, mean_offered", [(0.6, 150.0), (1.6, 200.0)])
def test_lognormal_patience_is_told_and_its_cv_lies_in_its_interval(cv: float, mean_offered: float) -> None:
    found = []
    for seed in range(60):
        chance = np.random.default_rng(seed)
        law = patience_law(*waits(lognormal(120.0, cv, 3000, chance), mean_offered, chance))
        assert isinstance(law, Lognormal)
        found.append(law)

    assert np.mean([law.mean for law in found]) == pytest.approx(120, rel=0.03)
    assert np.mean([law.cv.value for law in found]) == pytest.approx(cv, rel=0.03)
    assert np.mean([law.cv.low <= cv <= law.cv.high for law in found]) >= 0.88


def test_exponential_patience_is_not_taken_for_another_law() -> None:
    for seed in range(40):
        chance = np.random.default_rng(seed)
        law = patience_law(*waits(chance.exponential(120.0, 3000), 150.0, chance))
        assert law == "exponential patience, without a cv, fits as well"


def test_short_waits_do_not_show_the_law_of_patience() -> None:
    chance = np.random.default_rng(1)

    law = patience_law(*waits(chance.exponential(120.0, 5000), 10.0, chance))

    assert isinstance(law, str)
    assert law.startswith("waits were too short to see it")


def test_few_who_left_do_not_show_it_either() -> None:
    law = patience_law(np.full(200, 30.0), np.arange(200) < 49)

    assert law == "it takes 50 contacts that left, there are 49"


def test_the_share_seen_is_that_of_kaplan_and_meier() -> None:
    """Until twenty still wait; scipy's own estimate is the second method."""
    chance = np.random.default_rng(2)
    wait, left = waits(chance.exponential(100.0, 400), 80.0, chance)

    share, until = share_seen(wait, left)

    data = stats.CensoredData(uncensored=wait[left], right=wait[~left])
    curve = stats.ecdf(data).sf
    assert until == np.sort(wait)[-20]
    assert 1 - share == pytest.approx(curve.evaluate([until])[0])
