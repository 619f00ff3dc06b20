"""Contacts come as often as expected, and the same ones to every plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.arrays import frozen
from planner.simulation import Centre, Conditions, Customers, Empirical, Exponential, Lognormal
from planner.simulation.arrivals import arrivals, level, ramp
from planner.simulation.laws import Law
from planner.simulation.timeline import timeline
from planner.simulation.traffic import Contacts, came, together
from tests.simulation.centres import Row, centre, hours

DAY = timeline(centre(hours(24, 1.0), []).calendar)


def drawn(on: Centre, customers: Customers, replication: int = 0, seed: int = 1) -> Contacts:
    conditions = Conditions(customers=customers)
    return together([*came(on, conditions, timeline(on.calendar), seed, replication)])


def counts(on: Centre, customers: Customers, replications: int) -> npt.NDArray[np.float64]:
    """(R, T) contacts by interval."""
    found = [drawn(on, customers, replication) for replication in range(replications)]
    return np.stack([np.bincount(one.slot, minlength=24) for one in found]).astype(np.float64)


@given(st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e4)), min_size=24, max_size=24))
def test_a_ramp_keeps_the_expected_contacts_of_every_interval(expected: list[float]) -> None:
    rates = ramp(np.array(expected), DAY)
    assert (rates >= -1e-9).all()
    kept = (rates.mean(axis=1) * DAY.length / 2).reshape(24, 2).sum(axis=1)
    assert kept == pytest.approx(np.array(expected), rel=1e-9, abs=1e-9)


@given(st.lists(st.floats(1.0, 1e4), min_size=24, max_size=24))
def test_a_ramp_has_no_jumps_while_the_queue_is_open(expected: list[float]) -> None:
    rates = ramp(np.array(expected), DAY)
    assert rates[1:, 0] == pytest.approx(rates[:-1, 1])


def test_a_queue_that_opens_begins_at_its_own_rate() -> None:
    rates = ramp(np.array([0.0] * 8 + [100.0] * 16), DAY)
    assert (rates[:16] == 0).all()
    assert rates[16:] == pytest.approx(np.full((32, 2), 100.0 / 3600))


def test_the_rate_rises_inside_an_interval_where_the_next_is_busier() -> None:
    on = centre(np.array([20.0, 200.0, 20.0] * 8), [])
    time = np.concatenate([drawn(on, Customers(), number).time for number in range(60)]) % (3 * 3600.0)
    quiet = time[time < 3600]
    assert (quiet > 1800).mean() > 0.4
    flat = np.concatenate([drawn(on, Customers(ramped=False), number).time for number in range(60)])
    assert ((flat % 10800)[flat % 10800 < 3600] > 1800).mean() == pytest.approx(0.5, abs=0.04)
    peak = time[(time >= 3600) & (time < 7200)]
    assert (abs(peak - 5400) < 900).mean() > 0.52


@pytest.mark.parametrize(
    "customers, variance",
    [
        (Customers(), 50.0),
        (Customers(ramped=False), 50.0),
        (Customers(interval_cv=0.3, ramped=False), 50.0 + 0.09 * 2500),
        (Customers(day_cv=0.2, ramped=False), 50.0 + 0.04 * 2500),
    ],
)
def test_counts_scatter_as_poisson_and_a_gamma_factor_say(customers: Customers, variance: float) -> None:
    found = counts(centre(hours(24, 50.0), []), customers, 400)
    assert found.mean() == pytest.approx(50.0, rel=0.03)
    assert found.var() == pytest.approx(variance, rel=0.12)


def test_a_busy_day_is_busy_in_all_its_intervals() -> None:
    on = centre(hours(24, 50.0), [])
    by_day = counts(on, Customers(day_cv=0.2), 200).sum(axis=1)
    by_interval = counts(on, Customers(interval_cv=0.2), 200).sum(axis=1)
    assert by_day.std() / by_day.mean() == pytest.approx(0.2, rel=0.2)
    assert by_interval.std() / by_interval.mean() < 0.08


@pytest.mark.parametrize(
    "law, cv",
    [(Exponential(), 1.0), (Lognormal(0.6), 0.6), (Lognormal(0.0), 0.0), (Empirical(np.array([1, 3])), 0.5)],
)
def test_times_have_the_mean_of_the_plan_and_the_scatter_of_their_law(law: Law, cv: float) -> None:
    on = centre(hours(24, 2000.0), [], 200.0, 90.0)
    found = drawn(on, Customers(handle_time=law, patience=law))
    for times, mean in ((found.handle_time, 200.0), (found.patience, 90.0)):
        assert times.mean() == pytest.approx(mean, rel=0.02)
        assert times.std() / times.mean() == pytest.approx(cv, abs=0.02)
    together = (found.handle_time * found.patience).mean() / (200.0 * 90.0)
    assert together == pytest.approx(1.0, abs=0.03)


def test_a_plan_with_other_people_meets_the_same_contacts() -> None:
    few, many = (centre(hours(24, 50.0), [Row(people, 0, 24)], patience=90.0) for people in (2, 9))
    for name in ("time", "handle_time", "patience"):
        assert (getattr(drawn(few, Customers()), name) == getattr(drawn(many, Customers()), name)).all()


def test_another_law_of_patience_leaves_arrivals_and_handle_times_as_they_were() -> None:
    on = centre(hours(24, 50.0), [], patience=90.0)
    one, other = drawn(on, Customers()), drawn(on, Customers(patience=Lognormal(2.0)))
    assert (one.time == other.time).all()
    assert (one.handle_time == other.handle_time).all()
    assert not (one.patience == other.patience).any()


def test_the_nth_contact_stays_the_nth_when_fewer_are_expected() -> None:
    on = centre(hours(24, 50.0), [], patience=90.0)
    less = replace(on, contacts=frozen(0.9 * on.contacts))
    one, other = drawn(on, Customers()), drawn(less, Customers())
    count = other.time.size
    assert count < one.time.size
    assert (one.handle_time[:count] == other.handle_time).all()
    assert other.time == pytest.approx(one.time[:count] / 0.9, rel=1e-9)


def test_replications_queues_and_seeds_have_numbers_of_their_own() -> None:
    on = centre(np.full((24, 2), 50.0), [])
    first = drawn(on, Customers())
    own = [first.time[first.queue == queue][:50] for queue in (0, 1)]
    others = [drawn(on, Customers(), 1).time[:50], drawn(on, Customers(), 0, 2).time[:50]]
    for other in (own[1], *others):
        assert not np.isin(other, own[0]).any()


def test_a_stream_of_no_rate_is_empty() -> None:
    assert arrivals(level(np.zeros(24), DAY), 1800.0, np.random.default_rng(1))[0].size == 0
