"""What can be wrong with a sweep file, and what is said."""

from __future__ import annotations

import pytest

from planner.errors import InvalidInput
from planner.sweep import sweep_in
from tests.sweep.desk import desk


def mistakes(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as refused:
        sweep_in(text.encode(), "prices.yaml", desk())
    return [str(mistake) for mistake in refused.value.mistakes]


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "prices.yaml: is empty; a sweep names fields under grid, one_at_a_time or sample"),
        ("name: nothing", "prices.yaml: must hold a grid, one_at_a_time or a sample"),
        ("gird: {}", "prices.yaml: gird: is no field here; write grid"),
        (
            "grid: {pools.team.pay.wage: {}}",
            "prices.yaml: grid.pools.team.pay.wage: must hold values or factors, one of them",
        ),
        (
            "grid: {pools.team.pay.wage: {values: []}}",
            "prices.yaml: grid.pools.team.pay.wage: must have at least one entry",
        ),
        (
            "grid: {pools.team.pay.wage: {factors: [0]}}",
            "prices.yaml: grid.pools.team.pay.wage.factors.#1: must be above 0 (got 0)",
        ),
        (
            "sample: {points: 3, over: {pools.team.pay.wage: {factors: {from: 2, to: 1}}}}",
            "prices.yaml: sample.over.pools.team.pay.wage.factors: must rise: from is below to (got 2 and 1)",
        ),
        (
            "grid: {queues.calls.service.answer_rate: {values: [0.9, 95]}}",
            "prices.yaml: grid.queues.calls.service.answer_rate.values: 95 is refused: "
            "queues.calls.service.answer_rate.#1.target must be below 1 (got 95; write 0.95)",
        ),
        (
            "grid: {queues.cals.service.answer_rate: {values: [0.9]}}",
            "prices.yaml: grid.queues.cals.service.answer_rate.values: is no field of the scenario: "
            "queues has no cals; write calls",
        ),
        (
            "sample: {points: 3, over: {pools.team.productivity: {values: {from: -1, to: 1}}}}",
            "prices.yaml: sample.over.pools.team.productivity.values: -1.0 is refused: "
            "pools.team.productivity must be above 0 (got -1.0)",
        ),
        (
            "grid: {pools.team.pay.wage: {values: [20]}}\n"
            "one_at_a_time: {pools.team.pay.wage: {factors: [1.1]}}",
            "prices.yaml: one_at_a_time.pools.team.pay.wage.factors: "
            "is swept by values elsewhere and by factors here; keep one",
        ),
        (
            "grid:\n  pools.team.pay.wage: {factors: {from: 1, to: 2, steps: 1000}}\n"
            "  forecast.contacts: {factors: {from: 1, to: 2, steps: 1000}}",
            "prices.yaml: must have at most 100,000 tasks (got 1,000,000)",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_remedy(text: str, said: str) -> None:
    assert mistakes(text) == [said]


def test_all_mistakes_are_told_at_once() -> None:
    text = "grid: {pools.team.wage: {values: [1]}, queues.calls.service.answer_rate: {factors: [1.2]}}"
    assert len(mistakes(text)) == 2


def test_what_only_the_scenario_can_refuse_together_is_left_to_its_task() -> None:
    text = "grid: {pools.team.pay.wage: {factors: {from: 0.5, to: 2, steps: 4}}}"
    assert sweep_in(text.encode(), "prices.yaml", desk()).grid
