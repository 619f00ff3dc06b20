"""Replications put together: the same whatever the batches, and what was handed out stays as it was."""

from __future__ import annotations

import tracemalloc
from dataclasses import fields

import numpy as np
import pytest

from planner.simulation import Conditions, Effort, Facts, answer_rate, service_level, simulate
from planner.simulation.gathering import Growing
from tests.simulation.centres import Row, centre

ON = centre(np.full((48, 2), 30.0), [Row(5, 0, 48)], 180.0, 90.0)


def test_tables_come_back_in_their_order_whatever_the_batches() -> None:
    tables = [np.full((2, 3), float(number)) for number in range(25)]
    growing = Growing(25)
    for first, last in ((0, 1), (1, 4), (4, 20), (20, 25)):
        growing.add(tables[first:last])
        assert np.array_equal(growing.rows, np.stack(tables[:last], axis=1))
    assert not growing.rows.flags.writeable


def test_what_was_handed_out_stays_as_it_was() -> None:
    seen: list[Facts] = []

    def three_batches(facts: Facts) -> bool:
        seen.append(facts)
        return len(seen) == 3

    simulate(ON, Conditions(), Effort(replications=100, batch=4), enough=three_batches)
    for count, facts in zip((4, 8, 12), seen, strict=True):
        alone = simulate(ON, Conditions(), Effort(replications=count, batch=count))
        for name in (field.name for field in fields(Facts)):
            assert np.array_equal(getattr(facts, name), getattr(alone, name)) or name == "calendar"


@pytest.mark.parametrize("within", [(20.0,), (5.0, 60.0)])
def test_the_half_width_that_ends_a_replay_is_the_widest_of_its_weeks(within: tuple[float, ...]) -> None:
    widths: list[float] = []
    facts = simulate(
        ON,
        Conditions(within_seconds=within),
        Effort(replications=30),
        lambda progress: widths.append(progress.half_width),
    )
    rates = [answer_rate(facts, "week"), *(service_level(facts, "week", seconds) for seconds in within)]
    assert widths[-1] == max(float(rate.half_width.max()) for rate in rates)


def test_memory_is_little_more_than_the_facts_take() -> None:
    tracemalloc.start()
    try:
        facts = simulate(ON, Conditions(), Effort(replications=400, workers=1))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    arrays = [getattr(facts, field.name) for field in fields(Facts)]
    held = sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
    assert peak < 2.5 * held
