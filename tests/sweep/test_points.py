"""The points of a sweep, and the equation of its samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sweep.points import Change, count, latin_hypercube, points
from tests.sweep.desk import RATE, WAGE, file


def test_a_grid_has_every_combination_the_last_field_turning_fastest() -> None:
    asked = file(grid={WAGE: {"factors": [0.9, 1.1]}, RATE: {"values": [0.8, 0.9, 0.95]}})
    found = list(points(asked))
    assert [tuple(change.to for change in point) for point in found] == [
        (0.9, 0.8), (0.9, 0.9), (0.9, 0.95), (1.1, 0.8), (1.1, 0.9), (1.1, 0.95),
    ]  # fmt: skip
    assert found[0] == (Change(WAGE, "factors", 0.9), Change(RATE, "values", 0.8))


def test_steps_are_equally_far_apart_and_written_without_noise() -> None:
    asked = file(grid={RATE: {"values": {"from": 0.8, "to": 0.98, "steps": 7}}})
    assert [point[0].to for point in points(asked)] == [0.8, 0.83, 0.86, 0.89, 0.92, 0.95, 0.98]


def test_one_at_a_time_changes_one_field_and_leaves_the_others() -> None:
    asked = file(one_at_a_time={WAGE: {"factors": [0.9, 1.1]}, RATE: {"values": [0.8]}})
    assert [[change.path for change in point] for point in points(asked)] == [[WAGE], [WAGE], [RATE]]


def test_parts_follow_one_another_and_are_counted_without_being_made() -> None:
    asked = file(
        grid={WAGE: {"factors": [1.0, 1.1]}},
        one_at_a_time={RATE: {"values": [0.9, 0.95]}},
        sample={"points": 5, "over": {WAGE: {"factors": {"from": 0.9, "to": 1.1}}}},
    )
    assert count(asked) == len(list(points(asked))) == 9


@given(st.integers(1, 60), st.integers(1, 5), st.integers(0, 1000))
def test_a_latin_hypercube_meets_each_part_of_each_span_once(number: int, fields: int, seed: int) -> None:
    low, high = np.arange(fields, dtype=float), np.arange(fields, dtype=float) + 2.5
    drawn = latin_hypercube(low, high, number, seed)
    assert drawn.shape == (number, fields)
    part = np.floor((drawn - low) / (high - low) * number).astype(int)
    assert all(sorted(part[:, field]) == list(range(number)) for field in range(fields))


def test_the_same_seed_gives_the_same_sample_and_another_gives_another() -> None:
    low, high = np.zeros(3), np.ones(3)
    assert np.array_equal(latin_hypercube(low, high, 20, 1), latin_hypercube(low, high, 20, 1))
    assert not np.array_equal(latin_hypercube(low, high, 20, 1), latin_hypercube(low, high, 20, 2))


def test_a_latin_hypercube_estimates_a_sum_better_than_chance() -> None:
    """McKay, Beckman and Conover (1979): of a sum of fields the mean has nearly no variance."""
    means = [latin_hypercube(np.zeros(3), np.ones(3), 50, seed).sum(axis=1).mean() for seed in range(40)]
    by_chance = np.sqrt(3 / 12 / 50)
    assert np.std(means) < by_chance / 20


@pytest.mark.parametrize("part", ["grid", "one_at_a_time"])
def test_text_and_truth_can_be_values(part: str) -> None:
    asked = file(**{part: {"queues.calls.service": {"values": ["economic"]}}})
    assert [point[0].to for point in points(asked)] == ["economic"]
