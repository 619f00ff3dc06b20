"""Loss tables: what the program cuts from."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.arrays import Floats
from planner.queueing import LossTables, NotConvex, Systems, agents_needed, loss_tables, share_at
from planner.queueing.compiled import columns
from planner.queueing.tables import Loss
from tests.queueing.by_states import expected
from tests.queueing.one_system import one, service


def table(found: LossTables, s: int = 0) -> Floats:
    return found.values[found.offsets[s] : found.offsets[s + 1]]


@pytest.mark.parametrize(
    "measure, within, name", [("lost", None, "lost"), ("late", 20.0, "late"), ("waited", None, "waited")]
)
def test_tables_hold_the_sum_over_states(measure: Loss, within: float | None, name: str) -> None:
    found = loss_tables(one(12, 240, 180), measure, within)
    agents = np.arange(found.first[0], found.first[0] + len(table(found)))
    second = [expected(12, 240, 180, n, 20.0)[name] for n in agents if n > 0]
    assert table(found)[agents > 0] == pytest.approx(second, rel=1e-8, abs=1e-12)


@settings(max_examples=80)
@given(
    st.floats(0.001, 300.0),
    st.floats(10.0, 1000.0),
    st.floats(0.1, 1e5) | st.just(math.inf),
    st.sampled_from(["lost", "late", "waited"]),
    st.floats(0.0, 600.0),
)
def test_every_loss_is_convex_and_falls_to_nothing(
    load: float, handle: float, patience: float, measure: Loss, within: float
) -> None:
    found = loss_tables(one(load, handle, patience), measure, within if measure == "late" else None)
    values = table(found)
    assert np.all(np.diff(values) <= 1e-12 * max(1, values[0]))
    assert np.all(np.diff(values, 2) >= -1e-12 * max(1, values[0]))
    assert values[-1] < (1e-6 if measure == "waited" else 1e-9)


@given(st.floats(1.0, 200.0), st.floats(30.0, 600.0), st.floats(0.0, 120.0))
def test_lateness_starts_at_its_inflection(load: float, patience: float, within: float) -> None:
    """One agent fewer than the table's first and the curve bends downward."""
    systems = one(load, 240, patience)
    first = int(loss_tables(systems, "late", within).first[0])
    if first > 0:
        before = [service(systems, first + k, within).service_level_offered[0] for k in (-1, 0, 1)]
        assert before[0] - 2 * before[1] + before[2] > 0


def test_erlang_c_waits_from_the_first_number_above_the_load_and_loses_nobody() -> None:
    systems = one(10, 200, math.inf)
    waited = loss_tables(systems, "waited")
    assert waited.first[0] == 11
    assert table(waited)[0] == service(systems, 11).average_wait[0]
    assert list(table(loss_tables(systems, "lost"))) == [0.0]


def test_a_load_that_rounding_leaves_just_below_a_whole_number_counts_as_that_number() -> None:
    systems = Systems(np.array([0.05 * (1 - 1e-14)]), np.array([200.0]), np.array([math.inf]))
    assert systems.load[0] < 10
    assert loss_tables(systems, "waited").first[0] == agents_needed(systems, [])[0] == 11


def test_equal_systems_share_one_table() -> None:
    systems = Systems(np.array([0.1, 0.0, 0.1, 0.2]), np.full(4, 200.0), np.full(4, 300.0))
    found = loss_tables(systems, "lost")
    assert len(found.first) == 3
    assert found.which[0] == found.which[2]
    assert list(table(found, int(found.which[1]))) == [0.0]


@given(st.lists(st.floats(0.0, 90.0), min_size=3, max_size=3))
def test_shares_agree_with_measures_at_any_number_of_agents(agents: list[float]) -> None:
    systems = Systems(np.array([0.1, 0.0, 0.3]), np.full(3, 200.0), np.full(3, 300.0))
    found = loss_tables(systems, "lost")
    exact = [1 - service(systems, n).answer_rate[k] for k, n in enumerate(agents)]
    assert share_at(found, np.array(agents)) == pytest.approx(exact, abs=1.1e-9)


def test_shares_are_refused_below_the_table() -> None:
    found = loss_tables(one(10, 200, math.inf), "waited")
    with pytest.raises(ValueError, match="starts at"):
        share_at(found, np.array([10.9]))
    with pytest.raises(ValueError, match="finite"):
        share_at(found, np.array([math.nan]))
    with pytest.raises(ValueError, match="one entry per system"):
        share_at(found, np.array([11.0, 12.0]))


def test_time_within_belongs_to_lateness_alone() -> None:
    wrong: list[tuple[Loss, float | None]] = [("late", None), ("late", -1.0), ("lost", 20.0)]
    for measure, within in wrong:
        with pytest.raises(ValueError, match="within"):
            loss_tables(one(10, 200, 300), measure, within)


def test_bends_of_rounding_are_straightened_and_reported() -> None:
    systems = Systems(np.linspace(0.19, 0.21, 50), np.full(50, 200.0), np.full(50, 300.0))
    found = loss_tables(systems, "lost")
    assert not np.all(found.convex)
    exact = np.array([1 - service(systems, 3.0).answer_rate])
    assert share_at(found, np.full(50, 3.0)) == pytest.approx(exact.ravel(), abs=1e-13)


def test_a_hull_lies_below_its_table_and_bends_upward() -> None:
    bent = np.array([1.0, 0.7, 0.6, 0.3, 0.1, 0.0])
    assert columns.straightened(bent) == pytest.approx([1.0, *HULL])


HULL = [0.7, 0.5, 0.3, 0.1, 0.0]
"""By hand: 0.6 lies above the chord from 0.7 to 0.3; all else is a corner or on a line."""


def test_a_real_bend_is_an_error_that_names_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def bent(*_: object) -> tuple[Floats, list[int], list[int], Floats]:
        return np.array([1.0, 0.9, 0.0]), [0], [0, 3], np.array([-0.8])

    monkeypatch.setattr(columns, "columns", bent)
    with pytest.raises(NotConvex, match="180 contacts an hour, handle time 200 s, patience 300 s"):
        loss_tables(one(10, 200, 300), "lost")


def test_tables_that_are_not_convex_cannot_be_made_by_hand() -> None:
    with pytest.raises(ValueError, match="convex"):
        LossTables(np.array([1.0, 0.9, 0.0]), *(np.array(x) for x in ([0], [0, 3], [0], [True])))


def test_two_tables_side_by_side_are_judged_apart() -> None:
    rising_between = np.array([0.5, 0.0, 0.9, 0.0])
    found = LossTables(rising_between, *(np.array(x) for x in ([0, 0], [0, 2, 4], [0, 1], [True, True])))
    assert list(share_at(found, np.array([0.5, 0.5]))) == [0.25, 0.45]


def test_no_systems_have_no_tables() -> None:
    found = loss_tables(Systems(*(np.zeros(0),) * 3), "lost")
    assert len(share_at(found, np.zeros(0))) == 0


@pytest.mark.bench
def test_four_thousand_tables_take_less_than_a_second() -> None:
    rate = np.random.default_rng(1).uniform(0.15, 0.25, 4000)
    systems = Systems(rate, np.full(4000, 200.0), np.full(4000, 300.0))
    loss_tables(systems, "lost")
    start = time.perf_counter()
    loss_tables(systems, "lost")
    assert time.perf_counter() - start < 1.0
