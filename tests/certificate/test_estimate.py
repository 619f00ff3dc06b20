"""Ratios with what is known of the replications taken into account."""

from __future__ import annotations

import numpy as np
import pytest

from planner.arrays import Floats
from planner.certificate import beforehand
from planner.certificate.estimate import estimated
from planner.certificate.promised import Spans, spans
from planner.simulation import Conditions, Customers, Effort, simulate
from planner.simulation.repeats import Repeats
from planner.simulation.statistics import ratio
from tests.certificate.replays import promise
from tests.simulation.centres import Kind, Row, centre, hours

RUNS, EXPECTED = 60, 500.0


def drawn(seed: int, busyness: float = 0.1) -> Spans:
    """Days of about 500 contacts; of those beyond 450 half are lost, and a few more or less."""
    chance = np.random.default_rng(seed)
    offered = chance.poisson(EXPECTED * chance.gamma(busyness**-2, busyness**2, RUNS)).astype(float)
    lost = 0.5 * (offered - 450.0) + chance.normal(0.0, 5.0, RUNS)
    return of(offered - lost, offered, offered - EXPECTED)


def of(above: Floats, below: Floats, *controls: Floats) -> Spans:
    known = np.stack(controls, axis=-1) if controls else np.zeros((above.size, 0))
    return Spans(above[:, None], below[:, None], known[:, None, :], np.array([0]))


def plain(over: Spans) -> Spans:
    return Spans(over.above, over.below, over.controls[..., :0], over.first)


TRUTH = 1.0 - 0.5 * (EXPECTED - 450.0) / EXPECTED


def test_without_controls_a_ratio_is_that_of_the_simulation() -> None:
    over = plain(drawn(1))
    found, usual = estimated(over), ratio(over.above, over.below, 0.95)
    assert found.mean == pytest.approx(usual.mean)
    assert found.bound(0.025) == pytest.approx(usual.half_width)


def test_what_is_counted_is_read_off_the_regression_where_the_controls_are_as_expected() -> None:
    over = drawn(2)
    beside = np.column_stack((np.ones(RUNS), over.controls[:, 0, 0]))
    above, below = (np.linalg.lstsq(beside, counted)[0][0, 0] for counted in (over.above, over.below))
    assert below == pytest.approx(EXPECTED)
    assert estimated(over).mean[0] == pytest.approx(above / below)


def test_its_error_is_the_one_that_trusts_no_replication_to_judge_itself() -> None:
    """HC3 of MacKinnon and White (1985), written out: each residual as if its replication were left out."""
    over = drawn(3)
    beside = np.column_stack((np.ones(RUNS), over.controls[:, 0, 0]))
    inverse = np.linalg.inv(beside.T @ beside)
    residual = (over.above - estimated(over).mean * over.below)[:, 0]
    residual = residual - beside @ inverse @ beside.T @ residual
    residual /= 1.0 - np.diag(beside @ inverse @ beside.T)
    meat = (beside * residual[:, None] ** 2).T @ beside
    assert estimated(over).error[0] == pytest.approx(np.sqrt((inverse @ meat @ inverse)[0, 0]) / EXPECTED)


def test_controls_narrow_what_is_known_and_it_still_holds_the_truth() -> None:
    held, narrower = 0, []
    for seed in range(400):
        found, usual = estimated(drawn(seed)), estimated(plain(drawn(seed)))
        held += abs(found.mean[0] - TRUTH) <= found.bound(0.025)[0]
        narrower.append(found.error[0] / usual.error[0])
    assert 0.92 <= held / 400 <= 0.98
    assert np.mean(narrower) < 0.3


def test_controls_that_are_far_from_what_was_expected_are_left_out() -> None:
    over = drawn(4)
    strange = Spans(over.above, over.below, over.controls + 100.0, over.first)
    assert estimated(strange).mean[0] == pytest.approx(estimated(plain(over)).mean[0])


def test_a_control_that_never_varies_changes_nothing() -> None:
    over = drawn(5)
    still = of(over.above[:, 0], over.below[:, 0], np.zeros(RUNS))
    assert estimated(still).mean[0] == pytest.approx(estimated(plain(over)).mean[0])


TWO = centre(
    np.column_stack((hours(8, 60.0), hours(8, 30.0))),
    [Row(5, 0, 10), Row(3, 0, 10, (), 1)],
    180.0,
    (90.0, np.inf),
    (Kind((0, 1)), Kind((1,))),
)
"""The first pool serves both queues, the second the second alone; in the second nobody leaves."""


def test_what_is_known_beforehand_is_what_comes_on_average() -> None:
    known = beforehand(TWO, Conditions())
    facts = simulate(
        TWO, Conditions(customers=Customers(day_cv=0.2, interval_cv=0.1)), Effort(replications=400)
    )
    found = ratio(facts.offered.sum(axis=1), np.ones((400, 2)), 0.999)
    assert (found.low <= known.contacts.sum(axis=0)).all()
    assert (found.high >= known.contacts.sum(axis=0)).all()


def test_people_of_one_queue_alone_are_told_from_those_who_help() -> None:
    known = beforehand(TWO, Conditions())
    assert known.only_for(0) is None
    assert known.only_for(1) is None
    assert known.helped_by(0).tolist() == [False, True]
    apart = beforehand(
        centre(np.zeros((24, 2)), [], kinds=(Kind((0,)), Kind((1,)), Kind((1,)))), Conditions()
    )
    only = apart.only_for(1)
    assert only is not None
    assert only.tolist() == [False, True, True]
    assert not apart.helped_by(0).any()


def test_a_mean_wait_is_at_most_the_patience_and_where_that_is_endless_taken_for_a_call() -> None:
    assert beforehand(TWO, Conditions()).longest_wait.tolist() == [90.0, 180.0]


def test_controls_are_the_contacts_of_the_queue_and_the_work_of_those_that_share_its_people() -> None:
    facts = simulate(TWO, Conditions(), Effort(replications=3))
    row = promise("answer_rate", 0.9, queue="queue 0")
    found = spans(row, facts, beforehand(TWO, Conditions())).controls[:, 0]
    came = facts.offered.sum(axis=1)
    assert found[:, 0] == pytest.approx(came[:, 0] - 480.0)
    assert found[:, 1] == pytest.approx((came[:, 1] - 240.0) * 180.0)
    hourly = promise("answer_rate", 0.9, "interval", queue="queue 0")
    assert spans(hourly, facts, beforehand(TWO, Conditions())).controls.shape == (3, 8, 0)


@pytest.mark.parametrize("again", [Customers(repeats=Repeats(unresolved=0.2)), Customers(first_attempts=0.8)])
def test_where_it_depends_on_the_service_how_many_come_there_are_no_controls(again: Customers) -> None:
    facts = simulate(TWO, Conditions(), Effort(replications=3))
    row = promise("answer_rate", 0.9, queue="queue 0")
    assert spans(row, facts, beforehand(TWO, Conditions(customers=again))).controls.shape == (3, 1, 0)
