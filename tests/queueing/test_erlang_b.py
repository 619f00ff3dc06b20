"""Erlang B, the formula all the others stand on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp
from scipy.stats import poisson

from planner.queueing import agents_for_blocking, blocking, load_for_blocking


@given(st.floats(0.01, 20_000.0), st.floats(0.5, 1.3))
def test_blocking_is_a_poisson_weight_over_a_poisson_sum(load: float, staffing: float) -> None:
    agents = int(load * staffing)
    logs = poisson.logpmf(np.arange(agents + 1), load)
    known = math.exp(logs[-1] - logsumexp(logs))
    assert blocking(np.array([load]), np.array([agents]))[0] == pytest.approx(known, rel=1e-8, abs=1e-15)


@given(st.floats(0.01, 2000.0), st.floats(1e-6, 0.9))
def test_agents_for_blocking_are_the_least(load: float, limit: float) -> None:
    agents = agents_for_blocking(np.array([load]), np.array([limit]))
    assert blocking(np.array([load]), agents)[0] <= limit * (1 + 1e-12)
    if agents[0] > 0:
        assert blocking(np.array([load]), agents - 1)[0] > limit * (1 - 1e-12)


@given(st.integers(1, 500), st.floats(1e-6, 0.9))
def test_load_for_blocking_is_the_largest(agents: int, limit: float) -> None:
    load = load_for_blocking(np.array([agents]), np.array([limit]))
    assert blocking(load, np.array([agents]))[0] == pytest.approx(limit, rel=1e-9)


def test_without_contacts_nobody_is_blocked_and_nobody_needed() -> None:
    nothing = np.zeros(2)
    assert list(blocking(nothing, np.array([0, 3]))) == [0, 0]
    assert list(agents_for_blocking(nothing, np.array([0.01, 1.0]))) == [0, 0]


def test_without_agents_everybody_is_blocked_and_no_load_carried() -> None:
    assert blocking(np.array([5.0]), np.array([0]))[0] == 1
    assert load_for_blocking(np.array([0]), np.array([0.01]))[0] == 0


def test_far_too_many_agents_block_nobody_at_all() -> None:
    assert blocking(np.array([100.0]), np.array([5000]))[0] == 0


@pytest.mark.parametrize("load, agents", [(-1.0, 3), (math.nan, 3), (1.0, -3)])
def test_blocking_refuses_negative_numbers(load: float, agents: int) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        blocking(np.array([load]), np.array([agents]))


def test_limits_that_cannot_be_reached_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        agents_for_blocking(np.array([5.0]), np.array([0.0]))
    with pytest.raises(ValueError, match="below 1"):
        load_for_blocking(np.array([5]), np.array([1.0]))
