"""Replications: the same whoever computes them, as many as are needed, and what is estimated from them."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from scipy import stats

from planner.simulation import (
    Conditions,
    Effort,
    Facts,
    Progress,
    answer_rate,
    average_wait,
    occupancy,
    service_level,
    simulate,
)
from planner.simulation.statistics import ratio
from tests.simulation.centres import Kind, Row, centre

TWO_QUEUES = centre(
    np.full((48, 2), 30.0),
    [Row(5, 0, 25, ((6, 1),)), Row(3, 20, 48, (), 1)],
    180.0,
    (90.0, 200.0),
    (Kind((0, 1), 0.1, 0.1), Kind((1,))),
    cyclic=True,
)


def same(one: Facts, other: Facts) -> bool:
    arrays = [field.name for field in fields(Facts) if isinstance(getattr(one, field.name), np.ndarray)]
    assert len(arrays) == 15
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)


def test_the_same_seed_gives_the_same_facts_whatever_the_number_of_workers() -> None:
    runs = [
        simulate(TWO_QUEUES, Conditions(), Effort(seed=4, replications=12, workers=workers, batch=batch))
        for workers, batch in ((1, 12), (3, 12), (2, 5))
    ]
    assert same(runs[0], runs[1])
    assert same(runs[0], runs[2])
    assert not same(runs[0], simulate(TWO_QUEUES, Conditions(), Effort(seed=5, replications=12)))


def test_more_replications_begin_with_the_same_ones() -> None:
    few, many = (simulate(TWO_QUEUES, Conditions(), Effort(replications=count)) for count in (3, 9))
    assert np.array_equal(few.waited, many.waited[:3])


def test_offered_contacts_are_answered_or_abandoned() -> None:
    facts = simulate(TWO_QUEUES, Conditions(), Effort(replications=20))
    assert np.array_equal(facts.offered, facts.answered + facts.abandoned)
    assert (facts.in_time[:, 0] <= facts.answered).all()
    assert (facts.in_time <= facts.virtually_in_time).all()
    assert (facts.waited_answered <= facts.waited + 1e-9).all()


def test_twice_the_replications_halve_the_variance_of_every_estimate() -> None:
    few, many = (simulate(TWO_QUEUES, Conditions(), Effort(replications=count)) for count in (400, 800))
    for measure in (answer_rate, average_wait, occupancy):
        narrowed = (measure(few, "week").half_width / measure(many, "week").half_width) ** 2
        assert narrowed == pytest.approx(np.full(narrowed.shape, 2.0), rel=0.25)


def test_the_true_value_lies_in_nineteen_of_twenty_intervals() -> None:
    facts = simulate(TWO_QUEUES, Conditions(), Effort(replications=1000))
    truth = answer_rate(facts, "week").mean[0]
    held = 0
    for first in range(0, 1000, 10):
        few = ratio(
            facts.answered[first : first + 10].sum(axis=1), facts.offered[first : first + 10].sum(axis=1)
        )
        held += int(((few.low <= truth) & (truth <= few.high)).sum())
    assert 0.90 <= held / 200 <= 0.99


def test_a_ratio_of_equal_denominators_is_the_mean_with_students_interval() -> None:
    above = np.array([3.0, 5.0, 4.0, 8.0])
    found = ratio(above, np.full(4, 10.0))
    low, high = stats.t.interval(0.95, 3, above.mean() / 10, stats.sem(above) / 10)
    assert (found.mean, found.low, found.high) == pytest.approx((0.5, low, high))


def test_one_replication_says_nothing_of_its_own_error() -> None:
    found = answer_rate(simulate(TWO_QUEUES, Conditions(), Effort(replications=1)), "week")
    assert np.isinf(found.half_width).all()


def test_what_nobody_asked_for_has_no_rate() -> None:
    facts = simulate(centre(np.zeros(24), []), Conditions(), Effort(replications=3))
    assert np.isnan(answer_rate(facts, "week").mean).all()
    assert np.isnan(occupancy(facts, "day").half_width).all()


def test_days_and_weeks_add_up_intervals() -> None:
    facts = simulate(TWO_QUEUES, Conditions(), Effort(replications=4))
    by_day = answer_rate(facts, "day").mean
    assert by_day.shape == (2, 2)
    first = facts.answered[:, :24].sum(axis=(0, 1)) / facts.offered[:, :24].sum(axis=(0, 1))
    assert by_day[0] == pytest.approx(first)
    assert answer_rate(facts, "interval").mean.shape == (48, 2)
    assert service_level(facts, "week", 20.0).mean.shape == (1, 2)


def test_a_replay_stops_when_enough_is_known_and_tells_how_far_it_is() -> None:
    heard: list[Progress] = []
    effort = Effort(replications=1000, batch=20, half_width=0.02)
    facts = simulate(TWO_QUEUES, Conditions(), effort, heard.append)
    assert 20 <= facts.replications < 1000
    assert [one.done for one in heard] == list(range(20, facts.replications + 1, 20))
    assert heard[-1].half_width <= 0.02
    assert all(one.half_width > 0.02 for one in heard[:-1])


def test_a_replay_without_time_makes_one_batch() -> None:
    facts = simulate(TWO_QUEUES, Conditions(), Effort(replications=1000, batch=5, seconds=0.0))
    assert facts.replications == 5


def test_a_replay_ends_when_whoever_asked_for_it_has_enough() -> None:
    seen: list[int] = []

    def two_batches(facts: Facts) -> bool:
        seen.append(facts.replications)
        return len(seen) == 2

    facts = simulate(TWO_QUEUES, Conditions(), Effort(replications=100, batch=4), enough=two_batches)
    assert (seen, facts.replications) == ([4, 8], 8)
