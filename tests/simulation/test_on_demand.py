"""Vendors' agents in the replay: there as asked, after own people, and as busy as the exact formula says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.arrays import frozen, frozen_flags
from planner.queueing import Systems
from planner.queueing.overflow import overflow, overflow_tables
from planner.simulation import Centre, Conditions, Crew, Effort, occupancy, simulate
from planner.simulation.on_demand import OnDemand, called_in
from planner.simulation.timeline import timeline
from tests.simulation.centres import Row, centre, hours, played

HANDLE_TIME = 240.0


def with_vendors(on: Centre, *agents: float) -> Centre:
    """The same centre, helped on its queue by so many agents of one vendor after the other."""
    count, crew = len(agents), on.crew
    names = tuple(f"vendor {number}" for number in range(count))
    asked = np.tile(np.array(agents), (on.calendar.intervals, 1))
    more = Crew(
        frozen(np.append(crew.absence, np.zeros(count))),
        frozen(np.append(crew.off_phone, np.zeros(count))),
        frozen(np.append(crew.productivity, np.ones(count))),
        frozen_flags(np.vstack([crew.serves, np.ones((count, 1), dtype=np.bool_)])),
    )
    demanded = OnDemand(names, ("queue 0",) * count, frozen(asked))
    return replace(on, pools=(*on.pools, *demanded.names), crew=more, on_demand=demanded)


@pytest.mark.parametrize(
    "own, vendors, load, patience", [(6, (4,), 8.0, 240.0), (3, (2, 3), 7.0, 500.0), (8, (2.5,), 9.5, 120.0)]
)
def test_a_vendor_is_as_busy_as_the_exact_formula_says(
    own: int, vendors: tuple[float, ...], load: float, patience: float
) -> None:
    on = centre(np.full(48, load / HANDLE_TIME * 3600), [Row(own, 0, 50)], HANDLE_TIME, patience)
    facts = simulate(with_vendors(on, *vendors), Conditions(), Effort(seed=3, replications=400))
    tables = overflow_tables(
        Systems(np.array([load / HANDLE_TIME]), np.array([HANDLE_TIME]), np.array([patience])), 40
    )
    edges = own + np.concatenate([[0.0], np.cumsum(vendors)])
    left = [overflow(tables, np.array([edge]), edges[-1:])[0] for edge in edges]
    second_day = facts.busy[:, 24:, 1:].sum(axis=1) / 86400
    for number in range(len(vendors)):
        found = second_day[:, number]
        error = found.std(ddof=1) / np.sqrt(found.size)
        assert abs(found.mean() - (left[number] - left[number + 1])) < 4 * error


def test_own_people_take_a_contact_before_a_vendor_does() -> None:
    on = with_vendors(centre(hours(1, 40.0), [Row(60, 0, 3)]), 60.0)
    people = played(on).scene.people
    took = played(on).scene.contacts["person"]
    assert set(people["pool"][took[took >= 0]]) == {0}


def test_the_second_vendor_takes_what_the_first_cannot() -> None:
    on = with_vendors(centre(np.full(24, 60.0), [Row(1, 0, 25)], HANDLE_TIME, 300.0), 2.0, 5.0)
    busy = occupancy(simulate(on, Conditions(), Effort(replications=40)), "week").mean[0]
    assert busy[0] > busy[1] > busy[2]


def test_fractions_of_an_agent_are_whole_agents_some_of_the_time() -> None:
    on = with_vendors(centre(hours(24, 5.0), [Row(1, 0, 24)]), 1.3)
    assert on.on_demand is not None
    counts = [
        called_in(on.on_demand, 1, timeline(on.calendar), np.random.default_rng(seed)).pool.size
        for seed in range(500)
    ]
    assert set(counts) == {1, 2}
    assert np.mean(counts) == pytest.approx(1.3, abs=0.07)


def test_an_agent_who_is_there_in_a_row_of_intervals_stays() -> None:
    asked = np.zeros((24, 1))
    asked[8:12], asked[10, 0] = 2.0, 3.0
    on = replace(
        with_vendors(centre(hours(24, 5.0), [Row(1, 0, 24)]), 1.0),
        on_demand=OnDemand(("vendor 0",), ("queue 0",), frozen(asked)),
    )
    assert on.on_demand is not None
    called = called_in(on.on_demand, 1, timeline(on.calendar), np.random.default_rng(1))
    spans = sorted(zip(called.start / 3600, called.end / 3600, strict=True))
    assert spans == [(8.0, 12.0), (8.0, 12.0), (10.0, 11.0)]
