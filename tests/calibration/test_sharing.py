"""Busyness that queues share, told from their own."""

from __future__ import annotations

import numpy as np
import pytest

from planner.calibration.estimate import Estimate
from planner.calibration.scatter import Scatter, Whole, scatter_of
from planner.calibration.sharing import own_day_cv, shared_day_cv
from tests.calibration.histories import Truth, gamma, whole

SEEDS = range(200)


def queues(seed: int, count: int, own: float, shared: float, dropped: float = 0.0) -> list[Scatter]:
    """Scatters of queues that share a factor a day; each lacks days of its own."""
    chance = np.random.default_rng(10_000 + seed)
    truth = Truth(volume=400, intervals=4, day_cv=own)
    common = gamma(shared, (truth.days.size,), chance)
    found = []
    for queue in range(count):
        history = whole(truth, 100 * seed + queue, common)
        kept = chance.random(history.day.size) >= dropped
        found.append(scatter_of(Whole(history.day[kept], history.contacts[kept]), "trend"))
    return found


def shares(scatters: list[Scatter]) -> Estimate:
    found = shared_day_cv(scatters)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "count, own, shared, dropped",
    [(2, 0.1, 0.1, 0.0), (4, 0.1, 0.08, 0.2), (3, 0.0, 0.15, 0.0), (3, 0.1, 0.0, 0.0)],
)
def test_intervals_hold_the_truth_as_often_as_they_say(
    count: int, own: float, shared: float, dropped: float
) -> None:
    found = [shares(queues(seed, count, own, shared, dropped)) for seed in SEEDS]

    assert 0.90 <= np.mean([each.low <= shared <= each.high for each in found]) <= 0.99
    squares = np.mean([each.value**2 for each in found])
    assert np.sqrt(squares) == pytest.approx(shared, abs=0.02)


def test_one_queue_shares_with_nobody() -> None:
    assert shared_day_cv(queues(1, 1, 0.1, 0.1)) is None


def test_queues_that_never_work_on_the_same_day_do_not_tell() -> None:
    one, other = queues(1, 2, 0.1, 0.1)
    later = Scatter(other.day_cv, None, other.day + 1000, other.mean, other.factor, other.freedom)

    assert shared_day_cv([one, later]) is None


def test_own_and_shared_busyness_make_the_whole() -> None:
    chance = np.random.default_rng(7)
    product = gamma(0.3, (2_000_000,), chance) * gamma(0.2, (2_000_000,), chance)

    assert own_day_cv(float(product.std()), 0.2) == pytest.approx(0.3, abs=0.002)
    assert own_day_cv(0.1, 0.2) == 0
    assert own_day_cv(0.1, 0.0) == pytest.approx(0.1)
