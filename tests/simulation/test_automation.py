"""AI contact by contact: in the mean what the model says, and the same customers whatever its share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.arrays import Floats, frozen
from planner.demand import demand, in_order
from planner.forecast.forecast import Forecast
from planner.scenario.automation import Automation
from planner.scenario.scenario import Queue
from planner.simulation import Centre, Conditions, Customers, Effort, Empirical, Facts, simulate
from planner.simulation.automation import (
    CONTAINED,
    HANDED_OVER,
    NO_SESSION,
    Intents,
    intents_of,
    met,
)
from planner.simulation.statistics import ratio
from planner.simulation.timeline import timeline
from planner.simulation.traffic import Arrivals, came
from tests.simulation.centres import Row, centre, hours

AI = Automation.model_validate(
    {
        "intents": [
            {"name": "advice", "share": 0.35, "complexity": 1.6, "automatable": False},
            {
                "name": "parcel",
                "share": 0.25,
                "complexity": 0.5,
                "containment": 0.8,
                "wrong_containment": 0.1,
            },
            {
                "name": "return",
                "share": 0.3,
                "complexity": 0.8,
                "containment": 0.4,
                "wrong_containment": 0.2,
                "saved_handle_time_seconds": 30.0,
            },
            {"name": "invoice", "share": 0.1, "complexity": 1.2, "saved_handle_time_seconds": 60.0},
        ]
    }
)
HANDLE_TIME = 200.0
SHARES = (0.0, 0.1, 0.25, 0.4, 0.55, 0.65)
EVEN = Customers(handle_time=Empirical(np.ones(1)))


def with_ai(share: float, contacts_an_hour: float = 100.0) -> Centre:
    on = centre(hours(24, contacts_an_hour), [Row(20, 0, 24)], HANDLE_TIME, 120.0)
    return replace(on, intents=(intents_of(AI, share),))


def left_to_people(share: float) -> tuple[float, float]:
    """(A3) and (A4), by the planner: contacts that reach people of each forecast, and their handle time."""
    hour = Forecast(("calls",), np.array([[1.0]]), np.array([[HANDLE_TIME]]), None, np.array([[True]]))
    (asked,) = demand({"calls": Queue(automation=AI)}, hour, {"calls": share})
    return float(asked.contacts[0, 0]), float(asked.handle_time[0, 0])


def expected(intents: Intents) -> tuple[float, float]:
    """The same from what the replay does in the middle of every part of the square that it treats alike."""
    people, work = 0.0, 0.0
    left = np.cumsum(intents.share) - intents.share
    for i in range(intents.share.size):
        to_ai, kept = intents.share[i] * intents.offered[i], intents.containment[i]
        columns = [left[i], left[i] + to_ai, left[i] + intents.share[i]]
        rows = [0.0, kept * intents.wrong_containment[i], kept, 1.0]
        for start, end in pairwise(columns):
            for low, high in pairwise(rows):
                middle = np.array([(start + end) / 2]), np.array([(low + high) / 2])
                (time,), (session,) = met(intents, *middle, np.array([HANDLE_TIME]))
                weight = (end - start) * (high - low) * (session != CONTAINED)
                people += weight
                work += weight * time
    return people, work / people


@pytest.mark.parametrize("share", SHARES)
def test_the_expected_contacts_and_handle_time_are_exactly_the_models(share: float) -> None:
    assert expected(intents_of(AI, share)) == pytest.approx(left_to_people(share), rel=1e-12)


@given(st.sampled_from(SHARES), st.integers(1, 2000))
def test_every_uniform_number_belongs_to_the_ending_that_its_share_says(share: float, parts: int) -> None:
    """Of evenly spaced numbers each ending gets its share, give or take one at every edge."""
    intents = intents_of(AI, share)
    even = (np.arange(parts) + 0.5) / parts
    times, sessions = met(intents, even, np.full(parts, 0.9), np.full(parts, HANDLE_TIME))
    assert (sessions != NO_SESSION).sum() == pytest.approx(share * parts, abs=4.01)
    for time, count in zip(intents.relative_time * HANDLE_TIME, intents.share * parts, strict=True):
        assert (times[sessions == NO_SESSION] == time).sum() <= count + 1.01
    _, sessions = met(intents, np.full(parts, 0.36), even, np.full(parts, HANDLE_TIME))
    if share > 0.02:
        counts = np.bincount(sessions, minlength=4)
        assert counts == pytest.approx(np.array([0, 0.72, 0.2, 0.08]) * parts, abs=1.01)


@cache
def replayed(share: float) -> Facts:
    return simulate(with_ai(share), Conditions(customers=EVEN), Effort(seed=9, replications=200))


def per_day(counts: Floats) -> Floats:
    total: Floats = counts[:, :, 0].sum(axis=1)
    return total


@pytest.mark.parametrize("share", SHARES)
def test_a_replay_counts_what_the_model_expects(share: float) -> None:
    facts, (reach, takes) = replayed(share), left_to_people(share)
    total = per_day(facts.offered) + per_day(facts.contained)
    for counts, of, exact in (
        (per_day(facts.offered), total, reach),
        (per_day(facts.handled), per_day(facts.answered), takes),
        (per_day(facts.sessions), total, share),
        (total, np.full(total.size, 2400.0), 1.0),
    ):
        found = ratio(counts, of, 0.999)
        assert found.low - 1e-9 <= exact <= found.high + 1e-9


@pytest.mark.parametrize("share", SHARES[1:])
def test_every_session_ends_in_one_of_three_ways(share: float) -> None:
    facts, intents = replayed(share), intents_of(AI, share)
    chance = intents.share * intents.offered
    ended = intents.containment * (1 - intents.wrong_containment)
    total = per_day(facts.offered) + per_day(facts.contained)
    for counts, exact in (
        (facts.contained, ended),
        (facts.wrongly_contained, intents.containment * intents.wrong_containment),
        (facts.handed_over, 1 - intents.containment),
    ):
        found = ratio(per_day(counts), total, 0.999)
        assert found.low <= float(chance @ exact) <= found.high
    assert np.array_equal(facts.sessions, facts.contained + facts.handed_over + facts.wrongly_contained)


def customers(on: Centre, seed: int = 1) -> Arrivals:
    (all_of_them,) = came(on, Conditions(), timeline(on.calendar), seed, 0)
    return all_of_them


@pytest.mark.parametrize("less, more", [(0.0, 0.25), (0.25, 0.4), (0.4, 0.65)])
def test_plans_with_different_ai_meet_the_same_customers(less: float, more: float) -> None:
    one, other = customers(with_ai(less)), customers(with_ai(more))
    assert np.array_equal(one.time, other.time)
    assert np.array_equal(one.patience, other.patience)
    alike = one.session == other.session
    assert np.array_equal(one.handle_time[alike], other.handle_time[alike])
    assert (other.session[one.session != NO_SESSION] == one.session[one.session != NO_SESSION]).all()
    newly = (one.session == NO_SESSION) & (other.session == HANDED_OVER)
    assert newly.any()
    assert (other.handle_time[newly] <= one.handle_time[newly]).all()


def test_people_meet_all_but_those_whom_ai_keeps() -> None:
    all_of_them = customers(with_ai(0.4))
    people = all_of_them.left_to_people
    assert people.time.size == (all_of_them.session != CONTAINED).sum() < all_of_them.time.size
    assert (np.diff(people.time) >= 0).all()


def test_intents_scatter_the_handle_times_beyond_their_law() -> None:
    """Variance of a mixture: of the law around each mean, and of the means."""
    on = with_ai(0.0, 5000.0)
    times = customers(on).handle_time
    relative = intents_of(AI, 0.0).relative_time
    share = np.array([intent.share for intent in AI.intents])
    cv = np.sqrt(2 * float(share @ relative**2) - 1)
    assert cv > 1.1
    assert times.mean() == pytest.approx(HANDLE_TIME, rel=0.02)
    assert times.std() / times.mean() == pytest.approx(cv, rel=0.03)


def test_a_queue_that_ai_serves_whole_brings_nobody_to_people() -> None:
    whole = Automation.model_validate({"intents": [{"name": "all", "share": 1.0, "containment": 1.0}]})
    on = replace(with_ai(0.0), intents=(intents_of(whole, 1.0),))
    facts = simulate(on, Conditions(), Effort(replications=3))
    assert facts.offered.sum() == 0 == facts.busy.sum()
    assert facts.contained.sum() == pytest.approx(3 * 2400, rel=0.1)


def test_only_sessions_of_the_calendar_itself_are_counted() -> None:
    on = centre(hours(24, 100.0), [Row(20, 0, 24)], HANDLE_TIME, 120.0, cyclic=True)
    facts = simulate(
        replace(on, intents=(intents_of(AI, 0.4),)), Conditions(), Effort(seed=9, replications=100)
    )
    assert per_day(facts.sessions).mean() == pytest.approx(0.4 * 2400, rel=0.02)


def test_a_queue_without_intents_is_as_it_was() -> None:
    on = with_ai(0.0)
    alike = replace(on, intents=(None,))
    one, other = (customers(each) for each in (on, alike))
    assert np.array_equal(one.time, other.time)
    assert np.array_equal(one.patience, other.patience)
    assert (other.session == NO_SESSION).all()
    same_mean = replace(on, intents=(replace(intents_of(AI, 0.0), relative_time=frozen(np.ones(4))),))
    again = customers(same_mean)
    assert np.array_equal(again.handle_time, other.handle_time)


def test_the_intents_keep_the_scenarios_order() -> None:
    intents = intents_of(AI, 0.25)
    assert [AI.intents[place].name for place in np.flatnonzero(intents.offered)] == ["parcel"]
    assert in_order(AI.intents)[0].name == "parcel"
