"""Contacts that come again: shares, first attempts, volume levels; by hand and attempt by attempt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demand import Again, demand
from planner.repeats import (
    FINEST,
    MOST_LEVELS,
    Returning,
    baseline_of,
    first_share,
    mixed,
    return_share,
    returning,
)
from planner.scenario.repeats import Repeats
from tests.program.small_problems import pool, problem, queue, scenario, shifts

SHARES = st.floats(0.0, 1.0)
ARTICLE = Repeats(first_contact_resolution=0.68, calls_back=0.625)
AI = {"intents": [{"name": "all", "share": 1.0, "containment": 0.5}], "level_step": 0.5}


def test_the_articles_resolution_and_redundant_calls_belong_together() -> None:
    # 32 % of the calls are not solved, and 62.5 % of those come again: 20 % of all calls
    assert return_share(ARTICLE, 1.0, 0.0, 0.68) == pytest.approx(0.20)
    assert first_share(ARTICLE, baseline_of(ARTICLE), 1.0) == pytest.approx(0.80)


@given(reaching=SHARES, lost=SHARES, resolution=SHARES, redials=st.floats(0.0, 0.9))
def test_contacts_in_all_are_the_sum_over_attempts(
    reaching: float, lost: float, resolution: float, redials: float
) -> None:
    rules = Repeats(first_contact_resolution=resolution, calls_back=0.9, redials=redials)
    again, total = 1.0, 0.0
    for _ in range(2000):
        total += again
        people = again * reaching
        again = people * (1 - lost) * (1 - resolution) * 0.9 + people * lost * redials
    assert total == pytest.approx(1 / (1 - return_share(rules, reaching, lost, resolution)), rel=1e-9)


@given(lost=st.floats(0.0, 0.4), solved=st.floats(0.1, 1.0), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_served_as_at_the_baseline_the_contacts_are_those_of_the_forecast(
    lost: float, solved: float, share: float
) -> None:
    baseline = {"ai_share": share, "answer_rate": 1 - lost, "first_contact_resolution": solved}
    again = {"first_contact_resolution": solved, "calls_back": 0.8, "redials": 0.4, "baseline": baseline}
    of = problem(
        scenario({"calls": queue(automation=AI, repeats=again)}, {"own": pool(shifts("08:00", 4.0))}),
        {"calls": [30.0]},
    )
    who = returning(of.scenario, "calls")
    assert who is not None
    (asked,) = demand(of.scenario.queues, of.forecast, {"calls": share}, {"calls": Again(who, volume=1.0)})
    reaching = float(asked.contacts.sum()) / float(of.forecast.contacts.sum())
    attempts = asked.first / (1 - return_share(who.rules, reaching, lost, solved))
    assert attempts == pytest.approx(1.0, rel=1e-9)


@given(low=st.floats(0.2, 0.9), span=st.floats(0.0, 0.1), lost=st.floats(0.0, 1.0), redials=st.floats(0, 0.9))
def test_volume_levels_span_all_that_a_plan_may_attract(
    low: float, span: float, lost: float, redials: float
) -> None:
    rules = Repeats(first_contact_resolution=low, calls_back=0.7, redials=redials)
    who = Returning(rules, (low, low + span), lost, baseline_of(rules))
    reaching = np.array([1.0, 0.6, 0.0])
    ends = who.volumes(0.8, reaching)
    assert ends.shape[1] - 1 <= MOST_LEVELS
    widest = float(np.log(ends[:, -1] / ends[:, 0]).max())
    assert ends.shape[1] - 1 == MOST_LEVELS or widest <= FINEST * (ends.shape[1] - 1) * (1 + 1e-9)
    for part, row in zip(reaching, ends, strict=True):
        for solved in np.linspace(low, low + span, 4):
            for gone in np.linspace(0.0, lost, 4):
                volume = 0.8 / (1 - return_share(rules, float(part), float(gone), float(solved)))
                assert row[0] * (1 - 1e-9) <= volume <= row[-1] * (1 + 1e-9)


def test_resolution_of_a_queue_is_that_of_whoever_answers() -> None:
    assert mixed([(30.0, 0.9), (10.0, 0.5)]) == pytest.approx(0.8)
    assert mixed([(0.0, 0.9)]) == 1.0
