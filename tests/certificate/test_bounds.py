"""How sure a replay is, against figures worked out by hand or by another way."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, gamma

from planner.arrays import Floats
from planner.certificate.bounds import binomial, bounded, one_sided, skewed
from planner.certificate.estimate import estimated
from planner.certificate.looks import left, looks, spent
from planner.certificate.promised import Spans, spans, times
from planner.certificate.seeds import certificate_seed
from tests.certificate.replays import alike, facts, known, promise


def of(above: list[list[float]], below: list[list[float]]) -> Spans:
    return without_controls(np.array(above), np.array(below))


def without_controls(above: Floats, below: Floats) -> Spans:
    return Spans(above, below, np.zeros((*above.shape, 0)), np.arange(above.shape[1]))


FOUR = of([[90.0], [92.0], [94.0], [96.0]], [[100.0]] * 4)
"""Mean 0.93; deviations -3, -1, 1, 3, so a standard error of sqrt(20 / 3 / 4) = 1.29099 in 100."""

T_975, T_95 = 3.18245, 2.35336
"""Student's quantiles with 3 degrees of freedom, from a printed table."""


def test_the_interval_of_a_promise_is_students() -> None:
    found = bounded(FOUR, 0.05, at_most=False, most=1.0)
    assert found.mean == pytest.approx(0.93)
    assert (found.low, found.high) == pytest.approx(
        (0.93 - T_975 * 0.0129099, 0.93 + T_975 * 0.0129099), abs=1e-6
    )


def test_a_one_sided_bound_puts_the_whole_error_on_its_side() -> None:
    lower, upper = one_sided(FOUR, estimated(FOUR), 0.05, most=1.0)
    assert (lower[0], upper[0]) == pytest.approx((0.93 - T_95 * 0.0129099, 0.93 + T_95 * 0.0129099), abs=1e-6)


def test_spans_share_the_error_on_the_side_on_which_any_of_them_may_err() -> None:
    """The best that the worst of two can be takes both their bounds, the worst that it can be its own."""
    twice = of([[90.0, 90.0], [92.0, 92.0], [94.0, 94.0], [96.0, 96.0]], [[100.0, 100.0]] * 4)
    least, most = (bounded(twice, 0.05, at_most=at_most, most=1.0) for at_most in (False, True))
    assert (least.lower, least.upper) == pytest.approx(
        (0.93 - T_95 * 0.0129099, 0.93 + T_975 * 0.0129099), abs=1e-6
    )
    assert (most.lower, most.upper) == pytest.approx(
        (0.93 - T_975 * 0.0129099, 0.93 + T_95 * 0.0129099), abs=1e-6
    )


def test_the_worst_span_is_bounded_by_the_worst_bound_of_all() -> None:
    """The first span is the lower, the second the less known."""
    steady, loose = [900.0, 900.0, 900.0, 900.0], [890.0, 910.0, 950.0, 970.0]
    above = [list(each) for each in zip(steady, loose, strict=True)]
    over = of(above, [[1000.0, 1000.0]] * 4)
    found = bounded(over, 0.05, at_most=False, most=1.0)
    lower, _ = one_sided(over, estimated(over), 0.05, most=1.0)
    _, upper = one_sided(over, estimated(over), 0.025, most=1.0)
    assert (found.worst, found.mean) == (0, 0.9)
    assert (found.lower, found.upper) == (lower[1], upper[0])
    assert lower[1] < 0.9 == pytest.approx(upper[0])


def test_of_waits_the_worst_is_the_longest() -> None:
    found = bounded(of([[10.0, 40.0], [14.0, 44.0]], [[1.0, 1.0]] * 2), 0.02, at_most=True, most=60.0)
    assert (found.worst, found.mean) == (1, 42.0)
    assert found.upper > found.high > 42.0 > found.low > found.lower >= 0.0


@pytest.mark.parametrize("hits, trials", [(0, 12), (7, 12), (12, 12), (950, 1000)])
def test_bounds_of_a_share_are_those_of_the_binomial_law(hits: int, trials: int) -> None:
    least, most = binomial(np.array([float(hits)]), np.array([float(trials)]), 0.01)
    if hits > 0:
        assert binom.sf(hits - 1, trials, least[0]) == pytest.approx(0.01)
    if hits < trials:
        assert binom.cdf(hits, trials, most[0]) == pytest.approx(0.01)
    assert (least[0] == 0.0, most[0] == 1.0) == (hits == 0, hits == trials)


def test_a_dozen_contacts_all_answered_are_no_certainty() -> None:
    """After 12 of 12 the share may be 0.05 ** (1 / 12) = 0.779 at 95 %, though no replication differs."""
    over = of([[4.0], [4.0], [4.0]], [[4.0]] * 3)
    lower, upper = one_sided(over, estimated(over), 0.05, most=None)
    assert (lower[0], upper[0]) == pytest.approx((0.05 ** (1 / 12), 1.0))


@pytest.mark.parametrize("others", [0.9, 0.99])
def test_bounds_of_the_worst_of_forty_hours_are_wrong_as_seldom_as_they_say(others: float) -> None:
    """The first is answered to 90 %; the others as well, or better, which is when the lower bound errs."""
    chance, above, below = np.random.default_rng(5), 0, 0
    shares = np.array([0.9, *([others] * 39)])
    for _ in range(1000):
        drawn = chance.binomial(200, shares, size=(50, 40)).astype(float)
        found = bounded(without_controls(drawn, np.full(drawn.shape, 200.0)), 0.05, at_most=False)
        above += found.lower > 0.9
        below += found.upper < 0.9
    assert above <= 65
    assert below <= 65
    assert others < 0.95 or above >= 20


def test_a_total_of_few_parts_reaches_as_far_as_its_gamma_law() -> None:
    """Mean 2 and standard error 1 are a gamma of shape 4; with the upper bound as mean, P(G < 2) = 1 %."""
    (upper,) = skewed(np.array([2.0]), np.array([1.0]), 0.01)
    assert gamma.cdf(2.0, 4, scale=upper / 4) == pytest.approx(0.01)
    assert skewed(np.array([0.0]), np.array([0.0]), 0.01)[0] == 0.0


def test_nobody_waiting_in_fifty_replications_does_not_mean_that_nobody_waits() -> None:
    """The share of replications with a wait is at most 1 - 0.025 ** (1 / 50), each wait at most a minute."""
    over = without_controls(np.zeros((50, 1)), np.full((50, 1), 10.0))
    lower, upper = one_sided(over, estimated(over), 0.05, most=60.0)
    assert (lower[0], upper[0]) == pytest.approx((0.0, 60.0 * (1.0 - 0.025 ** (1 / 50))))


@pytest.mark.parametrize("spells", [0.01, 0.1, 0.3])
def test_bounds_of_rare_waits_are_wrong_as_seldom_as_they_say(spells: float) -> None:
    """Now and then there is a spell in which two wait, 20 s each on average; t would err in 5 to 50 %."""
    chance, runs, error = np.random.default_rng(8), 100, 0.01
    wrong = by_t = 0
    for _ in range(1000):
        waited = np.where(chance.random(runs) < spells, chance.gamma(2.0, 20.0, runs), 0.0)
        over = without_controls(waited[:, np.newaxis], np.full((runs, 1), 10.0))
        found = estimated(over)
        wrong += one_sided(over, found, error, most=120.0)[1][0] < spells * 40.0 / 10.0
        by_t += found.mean[0] + found.bound(error)[0] < spells * 40.0 / 10.0
    assert wrong <= 15
    assert by_t >= 25


def test_the_error_is_spent_as_replications_are() -> None:
    schedule = looks(400)
    shares = [spent(look, schedule) for look in schedule]
    assert shares == [0.125, 0.125, 0.25, 0.5]
    assert left(400, schedule) == 0.5


def test_a_replay_that_time_ends_may_spend_what_is_left() -> None:
    schedule = looks(400)
    assert left(130, schedule) == 0.75
    assert left(30, schedule) == 1.0
    assert left(100, schedule) == spent(100, schedule) + spent(200, schedule) + spent(400, schedule)


def test_looks_double_and_end_with_the_last_replication() -> None:
    assert looks(400) == (50, 100, 200, 400)
    assert looks(230) == (50, 100, 200, 230)
    assert looks(10) == (10,)


def test_an_hour_without_contacts_is_no_span_of_a_promise() -> None:
    seen = facts(alike(3, [8, 0, 5]), alike(3, [7, 0, 5]))
    found = spans(promise("answer_rate", 0.9, "interval"), seen, known(seen))
    assert found.first.tolist() == [0, 2]


def test_whoever_had_to_wait_was_not_answered_within_no_time() -> None:
    met = facts(alike(3, [8, 10]), alike(3, [8, 10]), in_time=alike(3, [6, 9]))
    found = spans(promise("waiting_probability", 0.2, "interval"), met, known(met))
    assert found.above[0].tolist() == [2.0, 1.0]
    assert times((promise("waiting_probability", 0.2), promise("service_level", 0.8))) == (0.0, 20.0)


def test_the_certificate_draws_from_numbers_that_no_other_replay_starts_with() -> None:
    assert certificate_seed(1) == certificate_seed(1) != certificate_seed(2)
    assert certificate_seed(1) > 2**64
