"""Measures with any number of agents: interpolated counts, ratios taken of them."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.queueing import measures
from tests.queueing.by_states import expected
from tests.queueing.one_system import one, service
from tests.shared_data import shared

Judge = Callable[[float, float, float | None, float], tuple[float, float]]


def judge() -> Judge:
    """`interpolated` of the independent check of plans."""
    place = importlib.util.spec_from_file_location("verify_plan", shared("checks/verify_plan.py"))
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    found: Judge = module.interpolated
    return found


@pytest.mark.parametrize("patience", [5.0, 180.0, 3600.0, math.inf])
@pytest.mark.parametrize("agents", [11.0, 11.0 - 1e-10, 11.0 + 1e-10, 11.25, 17.999, 30.5])
def test_independent_check_of_plans_finds_the_same(patience: float, agents: float) -> None:
    lost, wait = judge()(180, 200, patience, agents)
    found = service(one(10, 200, patience), agents)
    assert found.answer_rate[0] == pytest.approx(1 - lost, rel=1e-9)
    assert found.average_wait[0] == pytest.approx(wait, rel=1e-9)


def test_independent_check_of_plans_finds_the_same_below_the_load() -> None:
    check = judge()
    for agents in (0.0, 0.3, 4.5, 9.0):
        found = service(one(10, 200, 300), agents)
        ours = (1 - found.answer_rate[0], found.average_wait[0])
        assert ours == pytest.approx(check(180, 200, 300, agents), rel=1e-9)


def test_ratios_are_taken_of_interpolated_counts() -> None:
    """A quarter of the way from 10 to 11 agents, by hand from the chain's states."""
    few, more = (expected(9, 240, 180, n, 30) for n in (10, 11))
    mixed = {name: 0.75 * few[name] + 0.25 * more[name] for name in few}
    found = service(one(9, 240, 180), 10.25, 30.0)
    answered = 1 - mixed["lost"]
    assert found.average_wait_answered[0] == pytest.approx(mixed["waited_answered"] / answered, rel=1e-9)
    assert found.service_level_answered[0] == pytest.approx((1 - mixed["late"]) / answered, rel=1e-9)
    assert found.occupancy[0] == pytest.approx(mixed["busy"] / 10.25, rel=1e-9)


@given(st.floats(0.0, 60.0))
def test_measures_move_steadily_between_whole_agents(agents: float) -> None:
    """No jump at a whole number: what a millionth of an agent changes is small."""
    systems = one(20, 240, 180)
    at, beyond = service(systems, agents), service(systems, agents + 1e-6)
    for name in ("answer_rate", "service_level_offered", "service_level_virtual", "waiting_probability"):
        assert getattr(beyond, name)[0] == pytest.approx(getattr(at, name)[0], abs=1e-6), name


@pytest.mark.parametrize("patience", [300.0, math.inf])
@pytest.mark.parametrize("agents", [0.0, 0.5, 7.0])
def test_where_nobody_calls_everything_is_perfect(patience: float, agents: float) -> None:
    systems = one(0, 200, patience)
    found = service(systems, agents)
    values = {field.name: getattr(found, field.name)[0] for field in fields(found)}
    perfect = {name: 1.0 for name in values if name == "answer_rate" or name.startswith("service_level")}
    assert values == dict.fromkeys(values, 0.0) | perfect


def test_without_agents_nobody_is_answered_and_ratios_of_the_answered_are_undefined() -> None:
    found = service(one(10, 200, 300), 0)
    assert (found.answer_rate[0], found.average_wait[0], found.service_level_offered[0]) == (0, 300, 0)
    undefined = (found.average_wait_answered, found.service_level_answered, found.occupancy)
    assert np.all(np.isnan(undefined))


def test_erlang_c_between_too_few_and_enough_agents_still_waits_for_ever() -> None:
    assert service(one(10, 200, math.inf), 10.9).average_wait[0] == math.inf
    assert math.isfinite(service(one(10, 200, math.inf), 11.1).average_wait[0])


def test_time_within_may_differ_by_system() -> None:
    systems = one(10, 200, 300)
    assert service(systems, 10, 60.0).service_level_offered > service(systems, 10, 5.0).service_level_offered
    each = measures(systems, np.array([10.0]), np.array([60.0]))
    assert each.service_level_offered == service(systems, 10, 60.0).service_level_offered


@pytest.mark.parametrize("agents, within", [(-1.0, 20.0), (math.nan, 20.0), (1.0, -1.0), (1.0, math.inf)])
def test_measures_refuse_what_has_no_meaning(agents: float, within: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        service(one(10, 200, 300), agents, within)
