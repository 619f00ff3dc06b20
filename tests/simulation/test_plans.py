"""Finished plans, replayed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from planner.inputs import problem_of
from planner.plan import Plan, read_plan
from planner.simulation import Conditions, Customers, Effort, answer_rate, average_wait, centre_of, replay
from planner.simulation.statistics import ratio
from planner.staffing import make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts

AI = {
    "intents": [
        {"name": "parcel", "share": 0.4, "complexity": 0.6, "containment": 0.8, "wrong_containment": 0.1},
        {"name": "other", "share": 0.6, "automatable": False},
    ],
    "price_per_session": 0.3,
    "level_step": 0.2,
}
AS_THE_FORMULAS = Conditions(attendance="steady", customers=Customers(ramped=False))


@cache
def plan() -> Plan:
    """Two queues, one with AI; specialists, and people for both who shrink and are slower."""
    service = {"answer_rate": 0.93, "floor": 0.85}
    queues = {
        "calls": queue("08:00-20:00", service=service, automation=AI),
        "mail": queue("08:00-20:00", patience_seconds=200.0, service=service),
    }
    lunch = {"minutes": 30, "from_hours": 2.0, "to_hours": 3.0}
    both = pool(
        shifts(["08:00", "12:00"], [4.0, 8.0], breaks=lunch),
        queues=["calls", "mail"],
        shrinkage={"absence": 0.05, "off_phone": 0.1},
        productivity=0.95,
    )
    vendor = pool(shifts(["08:00", "10:00", "14:00"], 6.0), wage=25.0)
    of = scenario(queues, {"both": both, "vendor": vendor}, solver={"gap": 0.01, "time_limit_seconds": 60.0})
    busy = [200.0, 300.0, 260.0, 220.0, 240.0, 300.0, 280.0, 260.0, 200.0, 150.0, 120.0, 100.0]
    return make_plan(problem(of, {"calls": busy, "mail": [value / 2 for value in busy]}))


def planned(measure: str) -> dict[str, float]:
    rows = [row for row in plan().service if row.measure == measure and not row.floor]
    return {row.queue: row.planned for row in rows if row.planned is not None}


def test_a_plan_of_one_queue_and_one_pool_answers_nearly_what_it_predicts() -> None:
    """Calls finished after a shift or before a break, and productivity, are all that sets them apart."""
    rules = queue("08:00-20:00", service={"answer_rate": 0.93, "floor": 0.85})
    own = pool(shifts(["08:00", "12:00"], [4.0, 8.0]), shrinkage=0.1)
    of = scenario({"calls": rules}, {"own": own}, solver={"gap": 0.01, "time_limit_seconds": 60.0})
    made = make_plan(problem(of, {"calls": [200.0, 300.0, 260.0, 220.0]}))
    (predicted,) = (row.planned for row in made.service if row.measure == "answer_rate" and not row.floor)
    facts = replay(made, AS_THE_FORMULAS, Effort(seed=8, replications=200))
    assert answer_rate(facts, "week").mean[0, 0] == pytest.approx(predicted, abs=0.006)


def test_queues_that_share_people_answer_a_little_more_than_the_plan_predicts() -> None:
    facts = replay(plan(), AS_THE_FORMULAS, Effort(seed=8, replications=100))
    rates = dict(zip(facts.queues, answer_rate(facts, "week").mean[0], strict=True))
    for name, predicted in planned("answer_rate").items():
        assert predicted < rates[name] < predicted + 0.03
    assert set(rates) == {"calls", "mail"}


def test_random_attendance_costs_service() -> None:
    effort = Effort(seed=8, replications=100)
    steady, random = (
        replay(plan(), Conditions(attendance=attendance), effort) for attendance in ("steady", "random")
    )
    assert (answer_rate(random, "week").mean < answer_rate(steady, "week").mean).all()
    assert (average_wait(random, "week").mean > average_wait(steady, "week").mean).all()


def test_what_reaches_people_is_what_ai_leaves() -> None:
    facts = replay(plan(), AS_THE_FORMULAS, Effort(seed=8, replications=300))
    assert facts.sessions.sum() > 0
    for column, name in enumerate(facts.queues):
        rows = [row for row in plan().agents if row.queue == name]
        contacts = sum(row.contacts for row in rows)
        work = sum(row.contacts * row.handle_time_seconds for row in rows)
        met = ratio(facts.offered[:, :, column].sum(axis=1), np.full(300, contacts), 0.999)
        assert met.low <= 1.0 <= met.high
        takes = facts.handled[:, :, column].sum() / facts.answered[:, :, column].sum()
        slowest = 1.0 / 0.95
        assert 0.99 < takes / (work / contacts) < 1.01 * slowest


def test_a_centre_holds_the_forecast_and_what_ai_does_with_it() -> None:
    on, of = centre_of(plan()), problem_of(plan())
    assert np.array_equal(on.contacts, of.forecast.contacts)
    assert np.array_equal(on.handle_time, of.forecast.handle_time)
    calls, mail = on.intents
    assert mail is None
    assert calls is not None
    (share,) = (part.share for part in plan().automation if part.queue == "calls")
    assert float(calls.share @ calls.offered) == pytest.approx(share)


def test_what_the_plan_claims_is_not_read() -> None:
    silent = plan().model_copy(update={"agents": (), "service": (), "costs": (), "cost": 0.0})
    one, other = (replay(of, effort=Effort(replications=3)) for of in (plan(), silent))
    assert np.array_equal(one.waited, other.waited)


def test_a_plan_from_file_replays_as_the_one_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(plan().to_json())
    one, other = (replay(of, effort=Effort(replications=3)) for of in (plan(), read_plan(file)))
    assert np.array_equal(one.waited, other.waited)
