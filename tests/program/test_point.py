"""A plan as a point of the program keeps every row, and costs what the plan costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.candidate import candidate, decided, faults, repaired
from planner.program.point import point_of
from planner.program.separate import violated
from planner.solver.linear import LinearSession
from planner.solver.matrix import objective, violation
from tests.program.optimum import solved
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

INTENTS = [
    {"name": "parcel", "share": 0.5, "containment": 0.8},
    {"name": "other", "share": 0.5, "automatable": False},
]
AI = {"intents": INTENTS, "fixed_cost_per_month": 40.0, "price_per_session": 0.1, "level_step": 0.5}


def every_column(most_sets: int) -> Program:
    """A week with desks, books, days off in a row, used patterns, AI, and a queue promised in seconds."""
    queues = {
        "calls": queue(service={"answer_rate": 0.9}, automation=AI, lost_contact_cost=0.5),
        "mail": queue(service={"service_level": {"target": 0.8, "within_seconds": 30.0, "period": "week"}}),
    }
    own: dict[str, Any] = {
        "pay": {"by": "month", "wage": 3000.0},
        "contract": {"days_off": "consecutive"},
        "desk_cost_per_month": 100.0,
        "maximum_patterns": 2,
    }
    pools = {
        "own": pool(shifts("08:00", 4.0, minimum_people=2), queues=["calls", "mail"], **own),
        "vendor": pool(shifts(["08:00", "10:00"], 2.0), queues="mail", productivity=0.9, maximum_headcount=9),
    }
    of = scenario(queues, pools, {"days": 7})
    return program(problem(of, {"calls": [20.0, 26.0], "mail": [12.0, 9.0]}), most_sets)


@pytest.fixture(scope="module")
def session() -> Iterator[LinearSession]:
    with LinearSession(time.monotonic() + 100) as ready:
        yield ready


@pytest.mark.parametrize("most_sets", [0, 32])
def test_a_plan_as_a_point_keeps_every_row_and_costs_the_same(most_sets: int, session: LinearSession) -> None:
    made = every_column(most_sets)
    splits = Splits(made.on, session)
    people, level = decided(made, solved(made))
    plan = repaired(made.on, candidate(made.on, people, level, splits), splits)
    assert faults(made.on, plan) == []

    values = point_of(made, plan)
    assert violation(made.matrix, values) < 1e-6
    assert violated(made, values, 1e-9).violation < 1e-6
    assert objective(made.matrix, values) == pytest.approx(plan.cost, rel=1e-6)


def test_a_split_after_others_is_as_good_as_one_begun_afresh() -> None:
    made = every_column(32)
    people, level = decided(made, solved(made))
    fewer = [np.maximum(x - 1, 0) for x in people]
    asked = [(people, level), (fewer, level), (people, (0, 0)), (people, level)]
    with LinearSession(time.monotonic() + 50) as one, LinearSession(time.monotonic() + 50) as other:
        kept = Splits(made.on, one)
        for x, k in asked:
            again = candidate(made.on, x, k, kept)
            afresh = candidate(made.on, x, k, Splits(made.on, other))
            assert again.assignment.missing == pytest.approx(afresh.assignment.missing, abs=1e-7)
            if not faults(made.on, again):
                assert again.cost == pytest.approx(afresh.cost, rel=1e-6)
