"""What the program is asked for in place of what was promised."""

from __future__ import annotations

import time

import numpy as np
import pytest

from planner.program.asked import AS_PROMISED, Asked, Tightened, with_asked
from planner.program.instance import Instance, instance
from planner.program.promises import budget_limit, budget_target
from planner.queueing import Goal, Systems, agents_needed
from planner.queueing.sizing import Measure
from planner.scenario.scenario import Queue
from planner.staffing.solved import Run, Solved, solved
from tests.program.small_problems import pool, problem, queue, scenario, shifts

CONTACTS = {"calls": [60.0, 90.0, 75.0, 40.0]}
OF = problem(
    scenario(
        {
            "calls": queue(
                service={"answer_rate": 0.9, "average_wait_seconds": {"target": 30, "period": "day"}}
            )
        },
        {"own": pool(shifts(["08:00", "09:00", "10:00"], [2.0, 3.0, 4.0]))},
    ),
    CONTACTS,
)
FLOOR = Goal("answer_rate", 0.8)


def limits(on: Instance) -> dict[str, float]:
    return {budget.name: budget.limit for part in on.queues[0].measured for budget in part.budgets}


def answered(asked: Asked, before: Solved | None = None) -> Solved:
    on = with_asked(OF, instance(OF), asked)
    earlier = None if before is None else before.found
    return solved(on, Run(time.monotonic()), OF.scenario.solver, time.monotonic() + 60.0, earlier)


def test_what_is_not_asked_for_otherwise_is_asked_for_as_promised() -> None:
    assert limits(instance(OF)) == pytest.approx({"answer_week_0": 0.1, "wait_day_0": 30 / 120})
    asked = Asked({("calls", "answer_week_0"): 0.04, ("post", "answer_week_0"): 0.01})
    assert limits(with_asked(OF, instance(OF), asked)) == pytest.approx(
        {"answer_week_0": 0.04, "wait_day_0": 0.25}
    )


@pytest.mark.parametrize("patience", [120.0, None])
@pytest.mark.parametrize(("measure", "target"), [("answer_rate", 0.95), ("average_wait", 20.0)])
def test_a_limit_is_a_target_seen_from_the_other_side(
    measure: Measure, target: float, patience: float
) -> None:
    rules = Queue.model_validate(queue(patience_seconds=patience))
    limit = budget_limit(measure, target, rules)
    assert budget_target(measure, limit, rules) == pytest.approx(target)


def test_an_interval_asked_for_more_needs_the_agents_that_its_own_limit_needs() -> None:
    plain = instance(OF).queues[0].floor
    asked = Asked(intervals={"calls": (Tightened(FLOOR, {8: 0.97, 10: 0.5}),)})
    raised = with_asked(OF, instance(OF), asked).queues[0].floor
    system = Systems(np.array([60.0 / 3600]), np.array([180.0]), np.array([120.0]))
    assert raised[8, 0] == agents_needed(system, (Goal("answer_rate", 0.97),))[0] > plain[8, 0]
    assert raised[10, 0] == plain[10, 0], "asked for less, it still keeps what was promised"
    others = [t for t in range(24) if t != 8]
    assert np.array_equal(raised[others], plain[others])


def test_asking_for_more_costs_more_and_is_given() -> None:
    usual, strict = answered(AS_PROMISED), answered(Asked({("calls", "answer_week_0"): 0.03}))
    assert strict.best.cost > usual.best.cost
    assert strict.found.bound > usual.found.bound
    assert strict.best.assignment.missing == 0.0


def test_an_answer_to_begin_from_changes_neither_cost_nor_bound() -> None:
    asked = Asked({("calls", "answer_week_0"): 0.03}, {"calls": (Tightened(FLOOR, {9: 0.93}),)})
    fresh, again = answered(asked), answered(asked, answered(AS_PROMISED))
    assert again.best.cost == pytest.approx(fresh.best.cost)
    assert again.found.bound == pytest.approx(fresh.found.bound, rel=1e-4)
