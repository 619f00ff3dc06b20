"""Plans of queues with repeats, replayed: as many come again as the plan says."""

from __future__ import annotations

import pytest

from planner.simulation import Effort, centre_of, conditions_of, simulate
from planner.staffing import make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts

AGAIN = {
    "first_contact_resolution": 0.7,
    "calls_back": 0.6,
    "redials": 0.5,
    "baseline": {"first_contact_resolution": 0.6, "answer_rate": 0.9},
}


def test_a_replay_meets_the_contacts_that_the_plan_attracts() -> None:
    calls = queue("00:00-24:00", service={"answer_rate": 0.9}, repeats=AGAIN)
    own = pool(shifts(["00:00", "08:00", "16:00"], 8.0), wage=20.0)
    limits = {"gap": 0.01, "time_limit_seconds": 10.0}
    of = problem(
        scenario({"calls": calls}, {"own": own}, {"days": 5, "cyclic": True}, solver=limits),
        {"calls": [60.0]},
    )
    plan = make_plan(of)
    (row,) = plan.attempts
    facts = simulate(centre_of(plan), conditions_of(of.scenario), Effort(seed=5, replications=60))
    # in the replay nobody has called before the first day; so the last four days are counted
    settled = facts.offered[:, 24:, 0].sum(axis=1).mean() / 96 * 120
    assert settled == pytest.approx(row.first + row.returning, rel=0.01)
    assert row.first < row.forecast
