"""Busyness: the few values that stand for a day's factor, and what is averaged over them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma, nbinom, poisson

from planner.arrays import Floats
from planner.queueing import AS_FORECAST, Busyness, Goal, Systems, agents_needed, loss_tables, measures
from planner.queueing.sizing import Measure, Over
from planner.queueing.tables import Loss
from tests.queueing.by_states import expected
from tests.queueing.one_system import one

HANDLE, PATIENCE, WITHIN = 240.0, 180.0, 20.0


def law(variation: float) -> Any:
    """The gamma distribution of mean 1, from scipy."""
    return gamma(1 / variation**2, scale=variation**2)


def integral(load: float, agents: int, what: str, variation: float) -> float:
    """A count per forecast contact, by brute force: the chain summed state by state at every busyness."""

    def counted(b: float) -> float:
        share = 1.0 if what == "busy" else b
        found = share * expected(b * load, HANDLE, PATIENCE, agents, WITHIN)[what]
        return float(found * law(variation).pdf(b))

    low, high = (float(law(variation).ppf(chance)) for chance in (1e-13, 1 - 1e-13))
    return float(quad(counted, low, high, epsabs=1e-11, epsrel=1e-10, limit=200)[0])


def moments(factor: Floats, weight: Floats, count: int) -> list[float]:
    return [float(weight @ factor**k) for k in range(count)]


@pytest.mark.parametrize("variation", [0.05, 0.1, 0.5, 1.0, 2.0])
def test_values_of_one_factor_have_the_moments_of_its_gamma_distribution(variation: float) -> None:
    factor, weight = Busyness((variation,)).nodes(5)
    exact = [law(variation).moment(k) if k else 1.0 for k in range(10)]
    assert moments(factor, weight, 10) == pytest.approx(exact, rel=1e-10)
    assert np.all(factor > 0)
    assert np.all(weight > 0)


def test_values_of_two_factors_have_the_product_of_their_moments() -> None:
    factor, weight = Busyness((0.2, 0.3)).nodes(6)
    exact = [1.0, *(law(0.2).moment(k) * law(0.3).moment(k) for k in range(1, 12))]
    assert moments(factor, weight, 12) == pytest.approx(exact, rel=1e-10)
    assert Busyness((0.2, 0.3)).variation == pytest.approx(math.sqrt(exact[2] - 1))


@pytest.mark.parametrize("variation", [0.1, 0.4])
def test_a_poisson_number_over_busyness_is_negative_binomial(variation: float) -> None:
    """Greenwood and Yule (1920): contacts of a day whose rate is a gamma variable."""
    factor, weight = Busyness((variation,)).nodes(80)
    shape = 1 / variation**2
    k = np.arange(60)
    mixed = weight @ poisson(20.0 * factor[:, None]).pmf(k)
    assert mixed == pytest.approx(nbinom(shape, shape / (shape + 20.0)).pmf(k), abs=1e-9)


@pytest.mark.parametrize("variation", [0.1, 0.3])
@pytest.mark.parametrize("load, agents", [(0.5, 1), (3.0, 4), (12.0, 11)])
def test_averages_are_the_integral_over_busyness(variation: float, load: float, agents: int) -> None:
    systems, days = one(load, HANDLE, PATIENCE), Busyness((variation,))
    found = measures(systems, np.array([float(agents)]), WITHIN, days)
    by_hand = {name: integral(load, agents, name, variation) for name in ("lost", "late", "waited", "busy")}
    assert found.answer_rate[0] == pytest.approx(1 - by_hand["lost"], abs=2e-8)
    assert found.service_level_offered[0] == pytest.approx(1 - by_hand["late"], abs=2e-8)
    assert found.average_wait[0] == pytest.approx(by_hand["waited"], rel=1e-6)
    assert found.occupancy[0] == pytest.approx(by_hand["busy"] / agents, abs=2e-8)
    table = loss_tables(systems, "lost", busyness=days)
    assert table.values[agents] == pytest.approx(by_hand["lost"], abs=2e-8)


def test_averages_are_those_of_many_days_drawn_at_random() -> None:
    chance = np.random.default_rng(5)
    drawn = chance.gamma(25.0, 1 / 25, 40_000) * chance.gamma(100.0, 1 / 100, 40_000)
    many = Systems(drawn * 20.0 / HANDLE, np.full(drawn.size, HANDLE), np.full(drawn.size, PATIENCE))
    each = drawn * (1 - measures(many, np.full(drawn.size, 19.0), WITHIN).answer_rate)
    found = measures(one(20.0, HANDLE, PATIENCE), np.array([19.0]), WITHIN, Busyness((0.2, 0.1)))
    error = each.std() / math.sqrt(drawn.size)
    assert 1 - found.answer_rate[0] == pytest.approx(each.mean(), abs=4 * error)


@pytest.mark.parametrize("load", [0.1, 2.0, 12.0, 50.0, 150.0])
@pytest.mark.parametrize("variation", [0.05, 0.1, 0.15])
def test_twice_as_many_values_change_next_to_nothing(load: float, variation: float) -> None:
    """The error that queueing.md states, at every number of agents where anything is lost."""
    systems, days = one(load, HANDLE, 600.0), Busyness((variation,))
    for agents in np.unique(np.linspace(0.5 * load, 1.5 * load + 5, 12).round()):
        usual, finer = (measures(systems, np.array([agents]), WITHIN, days, finer) for finer in (False, True))
        assert usual.answer_rate[0] == pytest.approx(finer.answer_rate[0], abs=1e-6)


def test_busyness_that_hardly_varies_gives_the_plain_tables() -> None:
    systems = one(12.0, HANDLE, PATIENCE)
    plain, calm = (loss_tables(systems, "lost", busyness=days) for days in (AS_FORECAST, Busyness((1e-5,))))
    size = min(len(plain.values), len(calm.values))
    assert calm.values[:size] == pytest.approx(plain.values[:size], abs=1e-8)
    goals = [Goal("answer_rate", 0.9), Goal("occupancy", 0.8)]
    assert agents_needed(systems, goals, busyness=Busyness((1e-5,))) == pytest.approx(
        agents_needed(systems, goals), abs=1e-6
    )


def test_a_level_alone_is_a_forecast_so_much_higher() -> None:
    forecast, busier = one(10.0, HANDLE, PATIENCE), one(12.5, HANDLE, PATIENCE)
    level = Busyness(level=1.25)
    goals = [Goal("service_level", 0.8, "answered", WITHIN), Goal("occupancy", 0.9)]
    assert agents_needed(forecast, goals, busyness=level) == pytest.approx(agents_needed(busier, goals))
    found, exact = (
        measures(forecast, np.array([12.0]), WITHIN, level),
        measures(busier, np.array([12.0]), WITHIN),
    )
    for name in ("answer_rate", "average_wait_answered", "service_level_answered", "waiting_probability"):
        assert getattr(found, name) == pytest.approx(getattr(exact, name), rel=1e-12)
    lost = loss_tables(forecast, "lost", busyness=level).values
    assert lost[10] == pytest.approx(1.25 * loss_tables(busier, "lost").values[10], rel=1e-12)


def test_where_nobody_leaves_a_level_is_allowed_and_variation_is_not() -> None:
    endless = one(10.0, HANDLE, math.inf)
    assert loss_tables(endless, "waited", busyness=Busyness(level=1.25)).first[0] == 13
    for ask in (
        lambda: loss_tables(endless, "waited", busyness=Busyness((0.1,))),
        lambda: agents_needed(endless, [], busyness=Busyness((0.1,))),
    ):
        with pytest.raises(ValueError, match="must leave"):
            ask()


LOSSES: list[tuple[Loss, float | None]] = [("lost", None), ("late", WITHIN), ("waited", None)]


@settings(max_examples=60)
@given(
    st.floats(0.01, 100.0),
    st.floats(5.0, 2000.0),
    st.floats(0.01, 1.5),
    st.sampled_from(LOSSES),
)
def test_every_average_is_convex(
    load: float, patience: float, variation: float, loss: tuple[Loss, float | None]
) -> None:
    found = loss_tables(one(load, HANDLE, patience), *loss, Busyness((variation,)))
    assert np.all(np.diff(found.values, 2) >= -1e-12 * max(1, found.values[0]))
    assert found.values[-1] < (1e-6 if loss[0] == "waited" else 1e-9)


@settings(max_examples=60)
@given(
    st.floats(0.1, 60.0),
    st.floats(0.2, 1.6),
    st.floats(30.0, 900.0),
    st.floats(0.02, 0.5),
    st.floats(0.02, 0.5),
)
def test_more_variation_never_loses_fewer_contacts(
    load: float, share: float, patience: float, one_cv: float, other_cv: float
) -> None:
    systems, agents = one(load, HANDLE, patience), np.array([round(share * load)], dtype=float)
    less, more = sorted([one_cv, other_cv])
    for calmer, wilder in ((AS_FORECAST, Busyness((less,))), (Busyness((less,)), Busyness((more,)))):
        lost = [1 - measures(systems, agents, 0.0, days, True).answer_rate[0] for days in (calmer, wilder)]
        assert lost[1] >= lost[0] - 2e-6


EVERY: list[tuple[Measure, float, Over | None, float | None]] = [
    ("answer_rate", 0.92, None, None),
    ("average_wait", 12.0, None, None),
    ("average_wait", 12.0, "answered", None),
    ("service_level", 0.85, None, WITHIN),
    ("service_level", 0.85, "answered", WITHIN),
    ("service_level", 0.85, "virtual", WITHIN),
    ("occupancy", 0.8, None, None),
    ("waiting_probability", 0.3, None, None),
]
NAMES = {
    ("average_wait", "answered"): "average_wait_answered",
    ("service_level", None): "service_level_offered",
    ("service_level", "answered"): "service_level_answered",
    ("service_level", "virtual"): "service_level_virtual",
}
AT_MOST = ("average_wait", "occupancy", "waiting_probability")


@pytest.mark.parametrize("measure, limit, over, within", EVERY)
@pytest.mark.parametrize("load", [0.7, 9.0, 60.0])
def test_agents_needed_keep_the_goal_on_average_and_a_little_fewer_do_not(
    measure: Measure, limit: float, over: Over | None, within: float | None, load: float
) -> None:
    systems, days = one(load, HANDLE, PATIENCE), Busyness((0.15, 0.1))
    needed = agents_needed(systems, [Goal(measure, limit, over, within)], busyness=days)
    at = [
        float(getattr(measures(systems, agents, WITHIN, days), NAMES.get((measure, over), measure))[0])
        for agents in (needed, np.maximum(needed - 1e-3, 0.0))
    ]
    sign = 1 if measure in AT_MOST else -1
    assert sign * (at[0] - limit) <= 1e-12
    assert sign * (at[1] - limit) > 0 or needed[0] == 1.0


def test_impossible_busyness_is_refused() -> None:
    for variations, level in (((0.0,), 1.0), ((-0.1,), 1.0), ((), 0.0), ((), math.inf)):
        with pytest.raises(ValueError, match="positive" if level != 1.0 else "between"):
            Busyness(variations, level)
