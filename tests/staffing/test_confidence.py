"""Plans whose promises hold with a probability over how busy days are."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.arrays import Floats, frozen
from planner.plan import Plan, ServiceRow
from planner.problem import Problem
from planner.program.instance import instance, with_limits
from planner.queueing import Busyness, Systems, measures, quantiles
from planner.scenario.scenario import Queue, SolverLimits
from planner.staffing import Run, evaluate_roster, make_plan
from planner.staffing.confidence import Reached, first_limits, next_limits
from planner.staffing.service import Planned
from planner.staffing.sure import Wanted, sure_value, week_value
from tests.program.small_problems import Part, pool, problem, queue, scenario, shifts
from tests.shared_data import shared
from tests.staffing.test_service import HANDLE_TIME as SECONDS
from tests.staffing.test_service import PATIENCE, days

OWN, SHARED, SURE = 0.2, 0.1, 0.9
CONTACTS = {"calls": [60.0, 130.0, 108.0, 36.0]}
HANDLE_TIME = 180.0
BUSY = Busyness((OWN, SHARED))


def shop(
    service: Part, count: int, confidence: float | None = SURE, factor: float = 1.0, **rules: Any
) -> Problem:
    """Calls of so many days that differ; with a factor, of days that are surely so busy."""
    certain = factor != 1.0
    calls = queue(service={"floor": None, **service}, customers={"day_cv": 0.0 if certain else OWN}, **rules)
    pools = {"team": pool(shifts(["08:00", "09:00", "10:00", "11:00"], 1.0), shrinkage=0.2)}
    unsure = {} if certain else {"day_cv": SHARED, "confidence": confidence}
    of = scenario({"calls": calls}, pools, {"days": count}, uncertainty=unsure, solver={"gap": 0.003})
    return problem(of, {"calls": [factor * number for number in CONTACTS["calls"]]}, HANDLE_TIME)


def weeks(plan: Plan, count: int) -> Floats:
    """Answer rates of weeks whose days' factors are drawn at random, from the agents of a plan alone."""
    chance = np.random.default_rng(11)
    by_day: dict[str, list[Any]] = {}
    for row in plan.agents:
        if row.contacts > 0:
            by_day.setdefault(row.start[:10], []).append(row)
    answered, offered = np.zeros(count), np.zeros(count)
    for rows in by_day.values():
        busy = chance.gamma(1 / OWN**2, OWN**2, count) * chance.gamma(1 / SHARED**2, SHARED**2, count)
        for row in rows:
            each = np.ones(count)
            systems = Systems(busy * row.contacts / 3600, each * HANDLE_TIME, each * row.patience_seconds)
            found = measures(systems, each * row.planned, 0.0)
            answered += busy * row.contacts * found.answer_rate
            offered += busy * row.contacts
    return np.asarray(answered / offered)


@pytest.fixture(scope="module")
def week() -> tuple[Problem, Plan]:
    of = shop({"answer_rate": 0.9}, 5)
    return of, make_plan(of)


def weekly(plan: Plan) -> ServiceRow:
    return next(row for row in plan.service if row.period == "week")


def test_one_day_is_planned_as_the_day_that_is_surely_no_busier() -> None:
    """Fact: where one factor spans the promise's period, the plain program at its quantile is the same."""
    service: Part = {"answer_rate": 0.9, "service_level": {"target": 0.8, "within_seconds": 20.0}}
    level = float(quantiles(BUSY, np.array([SURE]))[0])
    sure = make_plan(shop(service, 1))
    plain = make_plan(shop(service, 1, factor=level))
    assert sure.cost == pytest.approx(plain.cost, rel=1e-9)
    for row in sure.service:
        assert row.met
        assert row.sure is not None
        assert row.sure >= row.target - 1e-6
    again = evaluate_roster(shop(service, 1, factor=level), sure.seats, {})
    for row, same in zip(sure.service, again.service, strict=True):
        assert row.sure == pytest.approx(same.planned, abs=2e-3)  # two best splits of the same people


def test_a_promise_over_a_week_holds_in_as_many_weeks_as_asked_for(week: tuple[Problem, Plan]) -> None:
    row, rates = weekly(week[1]), weeks(week[1], 20_000)
    assert row.met
    assert float((rates >= 0.9).mean()) >= SURE - 0.006
    assert row.sure == pytest.approx(float(np.quantile(rates, 1 - SURE)), abs=6e-4)
    assert row.expected is not None
    assert row.planned is not None
    assert row.sure is not None
    assert row.sure < row.expected < row.planned


def test_it_is_asked_for_no_more_than_it_takes(week: tuple[Problem, Plan]) -> None:
    row = weekly(week[1])
    assert row.sure is not None
    assert row.sure - row.target < 0.01  # people are whole, so a little is left over
    assert any("for the confidence asked for" in note for note in week[1].notes)


def test_an_independent_recomputation_finds_no_fault(week: tuple[Problem, Plan], tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(week[1].to_json(), encoding="utf-8")
    check = [sys.executable, str(shared("checks/verify_plan.py")), str(file)]
    found = subprocess.run(check, capture_output=True, encoding="utf-8", check=False)
    assert found.stdout == "every check holds\n"


def test_more_confidence_costs_more_and_a_week_less_than_its_days(week: tuple[Problem, Plan]) -> None:
    average = make_plan(shop({"answer_rate": 0.9}, 5, None))
    daily = make_plan(shop({"answer_rate": {"target": 0.9, "period": "day"}}, 5))
    assert average.cost < week[1].cost < daily.cost
    assert {row.sure for row in average.service} == {None}


def test_a_roster_is_judged_by_what_is_sure(week: tuple[Problem, Plan]) -> None:
    average = make_plan(shop({"answer_rate": 0.9}, 5, None))
    found = evaluate_roster(week[0], average.seats, {})
    assert not weekly(found).met
    assert weekly(evaluate_roster(week[0], week[1].seats, {})).met


def test_where_nobody_leaves_a_day_is_sure_though_no_mean_is_finite() -> None:
    daily = {"average_wait_seconds": {"target": 30.0, "period": "day"}}
    plan = make_plan(shop(daily, 2, patience_seconds=None))
    for row in plan.service:
        assert row.met
        assert row.sure is not None
        assert row.sure <= 30.0 + 1e-6
        assert row.expected is None


def test_lost_contacts_cost_what_they_do_on_average_while_promises_are_sure() -> None:
    daily = {"answer_rate": {"target": 0.9, "period": "day"}}
    on = instance(shop(daily, 2, lost_contact_cost=1.0))
    average, sure = on.queues[0].measured
    assert (average.price, average.budgets, average.level) == (1.0, (), 1.0)
    assert sure.price == 0.0
    assert sure.level == pytest.approx(float(quantiles(BUSY, np.array([SURE]))[0]))
    assert [budget.limit for budget in sure.budgets] == pytest.approx([0.1 * sure.level] * 2)
    plan = make_plan(shop(daily, 2, lost_contact_cost=1.0))
    (line,) = (line for line in plan.costs if line.item == "lost_contacts")
    contacts = sum(row.contacts for row in plan.agents)
    lost = [1 - row.expected for row in plan.service if row.period == "day" and row.expected is not None]
    assert line.amount == pytest.approx(contacts * float(np.mean(lost)), rel=1e-4)


def test_confidence_without_busyness_asks_for_nothing_and_says_so() -> None:
    of = scenario(
        {"calls": queue(service={"answer_rate": 0.9})},
        {"team": pool(shifts("08:00", 4.0))},
        uncertainty={"confidence": 0.9},
    )
    plan = make_plan(problem(of, CONTACTS, HANDLE_TIME))
    assert {(row.expected, row.sure) for row in plan.service} == {(None, None)}
    assert any(note.startswith("uncertainty.confidence: asks for nothing") for note in plan.notes)


def test_a_reproducible_run_makes_the_same_plan_twice() -> None:
    limits = SolverLimits(gap=0.003, reproducible=True)
    first, second = (
        make_plan(shop({"answer_rate": 0.9}, 3), Run(time.monotonic(), limits)) for _ in range(2)
    )
    assert first.model_dump(exclude={"seconds"}) == second.model_dump(exclude={"seconds"})


KEY = ("calls", "answer_week_0")


@pytest.mark.parametrize(
    "asked, expected, sure, following",
    [
        (0.08, 0.08, 0.12, 0.1 - 0.04 - 0.0002),  # missed: shifted by the miss
        (0.08, 0.05, 0.095, 0.08),  # kept, and it was not this promise that cost
        (0.06, 0.06, 0.0995, 0.06),  # kept, hardly anything left over
        (0.05, 0.05, 0.08, 0.1 - 0.03 - 0.0002),  # kept with too much left over
        (0.1, 0.1, 0.3, 0.001),  # never nothing at all
    ],
)
def test_the_next_limit_is_the_promise_less_what_is_lost_surely_and_not_on_average(
    asked: float, expected: float, sure: float, following: float
) -> None:
    found = next_limits({KEY: asked}, {KEY: Reached(0.1, expected, sure)})
    assert found == {KEY: pytest.approx(following)}


def test_limits_are_put_into_the_budgets_they_name(week: tuple[Problem, Plan]) -> None:
    on = instance(week[0])
    limits = first_limits(week[0], on)
    assert list(limits) == [KEY]
    assert 0.03 < limits[KEY] < 0.1
    (part,) = with_limits(on, limits).queues[0].measured
    assert [budget.limit for budget in part.budgets] == [limits[KEY]]


def one_day(measure: Part) -> tuple[Wanted, list[ServiceRow]]:
    """A queue of two hours on one day, and its promises."""
    from planner.staffing.service import service_rows

    calendar = days(1)
    contacts, agents = np.zeros(calendar.intervals), np.zeros(calendar.intervals)
    contacts[8:10], agents[8:10] = (90.0, 18.0), (6.5, 3.0)
    rules = Queue.model_validate({"patience_seconds": PATIENCE, "service": {"floor": None, **measure}})
    handle = frozen(np.where(contacts > 0, SECONDS, 0.0))
    planned = Planned("calls", rules, frozen(contacts), handle, frozen(agents), BUSY)
    return Wanted(planned, calendar, SURE), list(service_rows(planned, calendar))


@pytest.mark.parametrize(
    "measure",
    [
        {"answer_rate": 0.9},
        {"average_wait_seconds": {"target": 30.0, "over": "answered"}},
        {"service_level": {"target": 0.8, "within_seconds": 20.0, "over": "virtual"}},
        {"occupancy": {"target": 0.9, "period": "week"}},
        {"waiting_probability": {"target": 0.5, "period": "week"}},
    ],
)
def test_a_sample_of_weeks_of_one_day_has_the_value_at_the_quantile(measure: Part) -> None:
    asked, (row,) = one_day(measure)
    sampled = week_value(row, asked, asked.busy)
    assert sampled == pytest.approx(sure_value(row, asked), rel=2e-4)
