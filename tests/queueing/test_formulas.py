"""The formulas against a second method, against each other, and at their limits."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.queueing import Systems, Tallies, blocking, erlang_a, erlang_c, measures
from tests.queueing.by_states import expected
from tests.queueing.one_system import one, service

LOADS = st.floats(0.01, 200.0)
HANDLES = st.floats(10.0, 1000.0)
PATIENCES = st.floats(1.0, 5000.0)


@pytest.mark.parametrize(
    "load, handle, patience, agents, within",
    [
        (0.05, 300, 60, 1, 20),
        (5, 300, 120, 1, 30),
        (40, 240, 180, 40, 20),
        (40, 240, 3600, 43, 20),
        (100, 200, 100_000, 100, 60),
        (300, 300, 1, 310, 5),
        (500, 300, 180, 250, 90),
        (500, 300, 180, 250, 250),
        (1000, 200, 400, 990, 30),
        (10_000, 300, 300, 9_900, 10),
        (10_000, 300, 30, 10_050, 3),
    ],
)
def test_summing_the_chain_state_by_state_gives_the_same(
    load: float, handle: float, patience: float, agents: int, within: float
) -> None:
    found = erlang_a(one(load, handle, patience), np.array([agents]), within)
    second = expected(load, handle, patience, agents, within)
    for field in fields(Tallies):
        ours = getattr(found, field.name)[0]
        assert ours == pytest.approx(second[field.name], rel=2e-9, abs=1e-12), field.name


@settings(max_examples=60)
@given(LOADS, HANDLES, PATIENCES, st.floats(0.0, 2.0), st.floats(0.0, 3.0))
def test_any_system_agrees_with_the_sum_over_states(
    load: float, handle: float, patience: float, staffing: float, times: float
) -> None:
    agents = 1 + int(load * staffing)
    found = erlang_a(one(load, handle, patience), np.array([agents]), times * patience)
    second = expected(load, handle, patience, agents, times * patience)
    for field in fields(Tallies):
        ours = getattr(found, field.name)[0]
        assert ours == pytest.approx(second[field.name], rel=1e-8, abs=1e-11), field.name


@pytest.mark.parametrize("agents", [101, 105, 130])
def test_endless_patience_is_erlang_c(agents: int) -> None:
    patient = service(one(100, 200, 1e9), agents)
    endless = service(one(100, 200, math.inf), agents)
    for field in fields(endless):
        ours, limit = getattr(patient, field.name)[0], getattr(endless, field.name)[0]
        assert ours == pytest.approx(limit, rel=1e-4), field.name


def test_longer_patience_comes_nearer_to_erlang_c() -> None:
    endless = service(one(100, 200, math.inf), 104).average_wait[0]
    patient = [service(one(100, 200, p), 104).average_wait[0] for p in (1e4, 1e5, 1e6, 1e7, 1e8)]
    missing = np.abs(np.array(patient) / endless - 1)
    assert np.all(missing[1:] < 0.2 * missing[:-1])


def test_no_patience_is_erlang_b() -> None:
    found = service(one(100, 200, 1e-7), 95)
    assert 1 - found.answer_rate[0] == pytest.approx(blocking(np.array([100.0]), np.array([95]))[0], rel=1e-6)


def test_patience_as_long_as_handling_makes_the_number_present_poisson() -> None:
    """With theta = mu there are as many servers as contacts: P(wait) is a Poisson tail."""
    waiting = 1 - sum(math.exp(-5) * 5**k / math.factorial(k) for k in range(7))
    assert service(one(5, 300, 300), 7).waiting_probability[0] == pytest.approx(waiting, rel=1e-12)


def test_everybody_waits_for_the_fluid_time_in_deep_overload() -> None:
    """Half of 20,000 erlangs leave: those who are answered wait patience x log(load / agents)."""
    found = service(one(20_000, 300, 300), 10_000, 180.0)
    assert found.answer_rate[0] == pytest.approx(0.5, rel=1e-12)
    assert found.average_wait_answered[0] == pytest.approx(300 * math.log(2), rel=1e-3)
    assert (found.service_level_virtual[0], found.waiting_probability[0]) == (pytest.approx(0, abs=1e-6), 1)


@pytest.mark.parametrize("load", [1e-9, 1.0, 745.0, 10_000.0, 100_000.0])
@pytest.mark.parametrize("patience", [1e-9, 30.0, 1e6, math.inf])
def test_no_size_of_queue_breaks_the_formulas(load: float, patience: float) -> None:
    agents = np.round(load * np.array([1.0, 1.01, 1.1, 2.0])) + 1
    systems = Systems(*(np.full(4, value) for value in (load / 200, 200.0, patience)))
    found = measures(systems, agents, 20.0)
    for field in fields(found):
        assert np.all(np.isfinite(getattr(found, field.name))), field.name
    assert np.all(np.diff(found.average_wait) <= 0)


def test_a_large_queue_does_not_underflow_to_those_who_need_not_wait() -> None:
    """Another library prints 0.2635: its exp(-rate x time) vanishes, and with it all who wait."""
    found = service(one(500, 300, 180), 480, 120.0)
    assert 1 - found.waiting_probability[0] == pytest.approx(0.2635, abs=5e-5)
    assert found.service_level_offered[0] == pytest.approx(0.9535, abs=5e-5)
    second = expected(500, 300, 180, 480, 120)
    assert found.service_level_offered[0] == pytest.approx(1 - second["late"], rel=1e-10)


def test_three_conventions_of_service_level_differ_on_one_system() -> None:
    found = service(one(48, 60, 120), 50)
    levels = (found.service_level_offered, found.service_level_answered, found.service_level_virtual)
    assert [round(100 * level[0], 1) for level in levels] == [94.3, 97.3, 96.8]


def test_simulated_queue_with_abandonment_lies_near() -> None:
    """University of Montreal, days that start empty: 58.6 of 2,016 contacts lost, 97.5 % in time."""
    found = service(one(8.4, 120, 60), 12, 20.0)
    assert found.answer_rate[0] == pytest.approx(1 - 58.609 / 2016, abs=1e-3)
    assert found.service_level_answered[0] == pytest.approx(0.975, abs=2e-3)
    assert found.occupancy[0] == pytest.approx(0.675, abs=5e-3)


@settings(max_examples=60)
@given(LOADS, HANDLES, PATIENCES)
def test_one_more_agent_never_serves_worse(load: float, handle: float, patience: float) -> None:
    agents = np.arange(1.0, 2 * load + 12)
    systems = Systems(*(np.full(len(agents), value) for value in (load / handle, handle, patience)))
    found = measures(systems, agents, 0.1 * patience)
    for name in ("answer_rate", "service_level_offered", "service_level_answered", "service_level_virtual"):
        assert np.all(np.diff(getattr(found, name)) >= -1e-12), name
    for name in ("average_wait", "average_wait_answered", "occupancy", "waiting_probability"):
        values = getattr(found, name)
        assert np.all(np.diff(values) <= 1e-12 * values[0]), name


@given(LOADS, HANDLES, PATIENCES, st.integers(1, 300))
def test_wait_is_the_share_lost_times_patience(
    load: float, handle: float, patience: float, agents: int
) -> None:
    found = service(one(load, handle, patience), agents)
    lost = 1 - found.answer_rate[0]
    assert found.average_wait[0] == pytest.approx(lost * patience, rel=1e-9, abs=1e-12 * patience)


@given(LOADS, HANDLES, PATIENCES, st.integers(1, 300))
def test_agents_are_busy_with_what_is_answered(
    load: float, handle: float, patience: float, agents: int
) -> None:
    found = service(one(load, handle, patience), agents)
    assert found.occupancy[0] * agents == pytest.approx(load * found.answer_rate[0], rel=1e-12)


@given(st.floats(0.01, 500.0), PATIENCES, st.integers(0, 400), st.floats(0.0, 600.0))
def test_no_share_leaves_zero_to_one_by_rounding(
    load: float, patience: float, agents: int, within: float
) -> None:
    found = erlang_a(one(load, 240, patience), np.array([agents]), within)
    for name in ("lost", "waiting", "late", "virtually_late"):
        assert 0 <= getattr(found, name)[0] <= 1, name
    assert 0 <= found.busy[0] <= agents


def test_erlang_c_without_enough_agents_never_answers() -> None:
    found = service(one(10, 200, math.inf), 10)
    assert (found.answer_rate[0], found.average_wait[0], found.waiting_probability[0]) == (1, math.inf, 1)
    assert (found.service_level_offered[0], found.occupancy[0]) == (0, 1)


def test_formulas_refuse_the_other_kind_of_patience() -> None:
    with pytest.raises(ValueError, match="finite patience"):
        erlang_a(one(10, 200, math.inf), np.array([12]), 20.0)
    with pytest.raises(ValueError, match="infinite patience"):
        erlang_c(one(10, 200, 300.0), np.array([12]), 20.0)


@pytest.mark.parametrize(
    "rate, handle, patience, problem",
    [
        ([-1.0], [200.0], [300.0], "rate"),
        ([math.nan], [200.0], [300.0], "rate"),
        ([1.0], [0.0], [300.0], "handle_time"),
        ([1.0], [200.0], [0.0], "patience"),
        ([1.0], [200.0], [1e12], "patience"),
        ([1.0, 2.0], [200.0], [300.0], "shape"),
    ],
)
def test_systems_say_what_is_wrong_with_them(
    rate: list[float], handle: list[float], patience: list[float], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        Systems(np.array(rate), np.array(handle), np.array(patience))


def test_types_of_the_room_do_not_wait_for_the_compiler() -> None:
    asked = "import sys, planner.queueing; raise SystemExit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
