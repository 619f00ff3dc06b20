"""Where a calendar begins and ends: empty, or as the other end left it."""

from __future__ import annotations

import numpy as np
import pytest

from planner.simulation import Centre, Conditions, Effort, Facts, occupancy, simulate
from planner.simulation.timeline import timeline
from tests.simulation.centres import Row, centre, hours

EFFORT = Effort(seed=6, replications=400, batch=100)


def around_the_clock(cyclic: bool) -> Facts:
    """Two shifts of twelve hours, the second past midnight, and calls that take an hour."""
    on = centre(np.full(24, 10.0), [Row(14, 8, 20), Row(14, 20, 32)], 3600.0, np.inf, cyclic=cyclic)
    return simulate(on, Conditions(), EFFORT)


def test_a_cyclic_calendar_begins_as_it_ends() -> None:
    busy = occupancy(around_the_clock(True), "interval").mean[:, 0]
    assert busy[2:6] == pytest.approx(np.full(4, 10 / 14), abs=0.03)


def test_another_calendar_begins_empty() -> None:
    facts = around_the_clock(False)
    assert facts.present[:, :8].sum() == 0
    first = simulate(centre(np.full(24, 10.0), [Row(14, 0, 24)], 3600.0), Conditions(), EFFORT)
    assert occupancy(first, "interval").mean[0, 0] < 0.4


def test_who_waits_when_a_cyclic_calendar_ends_is_served() -> None:
    busy = [Row(3, 0, 24)]
    lost = [
        simulate(centre(hours(24, 58.0), busy, 180.0, cyclic=cyclic), Conditions(), EFFORT).abandoned.sum()
        for cyclic in (True, False)
    ]
    assert lost[0] == 0 < lost[1]


def test_only_the_calendar_itself_is_counted() -> None:
    facts = around_the_clock(True)
    assert facts.offered.sum(axis=(1, 2)).mean() == pytest.approx(240.0, rel=0.05)
    assert facts.present.sum(axis=(1, 2)).min() >= 14 * 24 * 3600


@pytest.mark.parametrize("cyclic, warm_up", [(False, 0), (True, 24)])
def test_the_day_before_a_cyclic_calendar_is_its_last(cyclic: bool, warm_up: int) -> None:
    on: Centre = centre(np.arange(48.0), [], cyclic=cyclic)
    slots = timeline(on.calendar)
    assert (slots.warm_up, slots.slots, slots.start) == (warm_up, 48 + warm_up, -3600.0 * warm_up)
    assert on.contacts[slots.interval, 0].tolist() == [*range(48 - warm_up, 48), *range(48)]
    assert np.unique(slots.day).tolist() == list(range(2 + cyclic))
