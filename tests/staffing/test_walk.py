"""Whole plans of small problems: what must hold of every plan, and what must not change for the worse."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from planner.errors import Interrupted, InvalidInput, NoPlanExists, OutOfTime
from planner.plan import Plan
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits
from planner.staffing import Progress, Run, evaluate_roster, make_plan
from tests.program.small_problems import Part, pool, problem, queue, scenario, shifts
from tests.shared_data import shared

AI = {
    "intents": [
        {"name": "parcel", "share": 0.4, "complexity": 0.6, "containment": 0.8, "wrong_containment": 0.1},
        {"name": "other", "share": 0.6, "automatable": False},
    ],
    "fixed_cost_per_month": 200.0,
    "price_per_session": 0.3,
    "level_step": 0.2,
}
MONTHLY = {"by": "month", "wage": 3000.0, "benefits": 0.2}
CONTACTS = {"calls": [20.0, 34.0, 26.0, 12.0], "mail": [10.0, 30.0, 22.0, 8.0]}


def shop(own: Part | None = None, **service: Any) -> Problem:
    """Two queues, one with AI; own people by the month for both, and a vendor by the hour for one."""
    queues = {
        "calls": queue(service={"answer_rate": 0.9, **service}, automation=AI, lost_contact_cost=1.5),
        "mail": queue(patience_seconds=600.0, service={"average_wait_seconds": 40.0}),
    }
    rules: Part = {
        "pay": MONTHLY,
        "desk_cost_per_month": 400.0,
        "shrinkage": {"absence": 0.1, "off_phone": 0.1},
    }
    pools = {
        "own": pool(own or shifts("08:00", 4.0), queues=["calls", "mail"], **rules),
        "vendor": pool(shifts(["08:00", "09:00"], 2.0), queues="mail", wage=26.0),
    }
    return problem(scenario(queues, pools), CONTACTS)


def night() -> Problem:
    """Two days around the clock in half-hours that wrap; nobody leaves, shifts have breaks."""
    pause = {"minutes": 15, "from_hours": 3.0, "to_hours": 4.0, "every_minutes": 60}
    calls = queue(open="always", patience_seconds=None, service={"average_wait_seconds": 60.0})
    own = pool(shifts(["06:00", "14:00", "22:00"], 8.5, breaks=pause), shrinkage=0.2)
    calendar = {"days": 2, "interval_minutes": 30, "cyclic": True}
    of = scenario({"calls": calls}, {"own": own}, calendar, solver={"gap": 0.01, "time_limit_seconds": 60.0})
    return problem(of, {"calls": [3.0, 6.0, 12.0, 9.0]}, handle_time=240.0)


TOLD: dict[str, list[Progress]] = {"shop": [], "night": []}


@pytest.fixture(scope="module")
def planned() -> dict[str, tuple[Problem, Plan]]:
    made = {"shop": shop(), "night": night()}
    return {
        name: (of, make_plan(of, Run(time.monotonic(), watch=TOLD[name].append))) for name, of in made.items()
    }


NAMES = pytest.mark.parametrize("name", ["shop", "night"])
Planned = dict[str, tuple[Problem, Plan]]


@NAMES
def test_an_independent_recomputation_finds_no_fault(planned: Planned, name: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(planned[name][1].to_json(), encoding="utf-8")
    check = [sys.executable, str(shared("checks/verify_plan.py")), str(file)]
    found = subprocess.run(check, capture_output=True, encoding="utf-8", check=False)
    assert found.stdout == "every check holds\n"
    assert found.returncode == 0


@NAMES
def test_cost_is_the_sum_of_its_items_and_no_less_than_the_bound(planned: Planned, name: str) -> None:
    plan = planned[name][1]
    assert sum(line.amount for line in plan.costs) == pytest.approx(plan.cost, rel=1e-12)
    assert plan.bound is not None
    assert plan.gap is not None
    assert plan.bound <= plan.cost
    assert plan.gap == pytest.approx((plan.cost - plan.bound) / plan.cost, abs=1e-9)
    assert plan.status == "optimal"


@NAMES
def test_every_promise_is_kept(planned: Planned, name: str) -> None:
    plan = planned[name][1]
    assert plan.service
    assert all(row.met for row in plan.service)


@NAMES
def test_pools_give_no_more_agents_than_their_people_are(planned: Planned, name: str) -> None:
    """People by the minute, breaks left out, from the plan's own table of seats."""
    of, plan = planned[name]
    begin, step = int(of.calendar.epoch[0]), of.calendar.interval
    span = of.calendar.end - begin
    worked: dict[tuple[str, int], float] = defaultdict(float)
    for seat in plan.seats:
        pauses = [(_epoch(pause.start), _epoch(pause.end)) for pause in seat.breaks]
        for minute in range(_epoch(seat.start), _epoch(seat.end), 60):
            if not any(first <= minute < last for first, last in pauses):
                at = (minute - begin) % span if of.calendar.cyclic else minute - begin
                worked[seat.pool, at // step] += seat.people * 60 / step
    given: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.agents:
        for part in row.pools:
            given[part.pool, (_epoch(row.start) - begin) // step] += part.agents
    for (name_, at), agents in given.items():
        most = worked[name_, at] * of.scenario.pools[name_].effective_share
        assert agents <= most + 1e-6


def _epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@NAMES
def test_a_plans_own_roster_costs_and_delivers_the_same_again(planned: Planned, name: str) -> None:
    of, plan = planned[name]
    again = evaluate_roster(of, plan.seats, {row.queue: row.share for row in plan.automation})
    assert again.status == "evaluated"
    assert (again.bound, again.gap) == (None, None)
    assert again.cost == pytest.approx(plan.cost, rel=1e-6)
    assert [seat.model_dump() for seat in again.seats] == [seat.model_dump() for seat in plan.seats]
    assert again.headcount == plan.headcount
    for now, before in zip(again.service, plan.service, strict=True):
        assert (now.queue, now.measure, now.met) == (before.queue, before.measure, True)


def test_a_roster_without_anybody_loses_every_contact(planned: Planned) -> None:
    of = planned["shop"][0]
    nobody = evaluate_roster(of, [], {})
    assert not any(row.met for row in nobody.service)
    assert [row.planned for row in nobody.service if row.measure == "answer_rate"] == [0.0] * 3
    lost = [line.amount for line in nobody.costs if line.item == "lost_contacts"]
    assert lost == pytest.approx([1.5 * sum(CONTACTS["calls"])])
    assert nobody.cost == pytest.approx(lost[0])


def test_a_roster_that_the_problem_cannot_place_is_refused(planned: Planned) -> None:
    of, plan = planned["shop"]
    seat = plan.seats[0]
    before = seat.model_copy(
        update={"start": "2026-03-01T22:00:00+00:00", "end": "2026-03-02T06:00:00+00:00"}
    )
    unknown = seat.model_copy(update={"pool": "nobody"})
    with pytest.raises(InvalidInput) as refused:
        evaluate_roster(of, [before, seat, unknown], {})
    assert [mistake.place for mistake in refused.value.mistakes] == ["seat 1", "seat 3"]


def test_shares_that_the_problem_does_not_allow_are_refused(planned: Planned) -> None:
    of, plan = planned["shop"]
    with pytest.raises(InvalidInput) as refused:
        evaluate_roster(of, plan.seats, {"calls": 0.9, "mail": 0.1, "chat": 0.1})
    assert [mistake.place for mistake in refused.value.mistakes] == ["calls", "mail", "chat"]


def test_a_looser_target_never_costs_more(planned: Planned) -> None:
    looser = make_plan(shop(answer_rate=0.85))
    assert looser.cost <= planned["shop"][1].cost + 1e-6


def test_more_patterns_to_choose_from_never_cost_more(planned: Planned) -> None:
    more = make_plan(shop(own=shifts("08:00", [2.0, 4.0])))
    assert more.cost <= planned["shop"][1].cost + 1e-6


def test_where_seats_are_too_few_queue_day_and_time_are_named() -> None:
    own = pool(shifts("08:00", 4.0), maximum_seats=1)
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": own})
    with pytest.raises(NoPlanExists) as failure:
        make_plan(problem(of, {"calls": [2.0, 40.0, 40.0, 2.0]}))
    assert any(
        reason.startswith("calls: ") and "2026-03-02 09:00-11:00" in reason
        for reason in failure.value.reasons
    )


def test_where_a_weekly_promise_cannot_be_kept_the_contacts_too_many_are_told() -> None:
    own = pool(shifts("08:00", 4.0), maximum_seats=2)
    of = scenario({"calls": queue(service={"answer_rate": 0.95, "floor": None})}, {"own": own})
    with pytest.raises(NoPlanExists) as failure:
        make_plan(problem(of, {"calls": [40.0]}))
    assert any("calls" in reason and "contacts too many lost" in reason for reason in failure.value.reasons)


def test_where_no_shift_reaches_an_open_hour_it_is_named() -> None:
    of = scenario({"calls": queue(service={"answer_rate": 0.9})}, {"own": pool(shifts("08:00", 3.0))})
    with pytest.raises(NoPlanExists) as failure:
        make_plan(problem(of, {"calls": [10.0]}))
    assert any("11:00-12:00" in reason for reason in failure.value.reasons)


def test_time_that_is_out_before_the_first_plan_is_told() -> None:
    started = time.monotonic()
    with pytest.raises(OutOfTime):
        make_plan(shop(), Run(started, SolverLimits(time_limit_seconds=0.1)))
    assert time.monotonic() - started < 5.0


def test_a_run_stopped_at_once_has_the_best_plan_so_far_or_none() -> None:
    try:
        plan = make_plan(shop(), Run(time.monotonic(), stopped=lambda: True))
    except Interrupted:
        return
    assert plan.status in {"feasible", "optimal"}
    assert all(row.met for row in plan.service)


def test_a_run_stopped_after_its_first_plan_returns_it() -> None:
    of = night()
    limits = SolverLimits(gap=0.0, time_limit_seconds=60.0)
    told: list[Progress] = []
    run = Run(time.monotonic(), limits, told.append, lambda: bool(told) and told[-1].cost is not None)
    plan = make_plan(of, run)
    assert plan.bound is not None
    assert plan.cost >= plan.bound
    assert all(row.met for row in plan.service)


def test_a_reproducible_run_makes_the_same_plan_twice() -> None:
    limits = SolverLimits(gap=0.0, time_limit_seconds=60.0, reproducible=True)
    first, second = (make_plan(night(), Run(time.monotonic(), limits)) for _ in range(2))
    assert first.stopped != "time limit"
    assert first.model_dump(exclude={"seconds"}) == second.model_dump(exclude={"seconds"})


@NAMES
def test_progress_tells_a_bound_that_rises_and_a_cost_that_falls(planned: Planned, name: str) -> None:
    plan, told = planned[name][1], TOLD[name]
    bounds = [one.bound for one in told if one.bound is not None]
    assert bounds == sorted(bounds)
    costs = [one.cost for one in told if one.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert bounds[-1] <= plan.cost + 1e-6 * plan.cost
    assert all(one.gap is None or 0 <= one.gap <= 1 for one in told)


def test_a_requirement_curve_is_planned_without_service() -> None:
    of = scenario({"calls": queue()}, {"own": pool(shifts(["08:00", "10:00"], 2.0))})
    plan = make_plan(problem(of, {}, agents={"calls": [2.0, 3.0, 1.0, 1.5]}))
    assert plan.service == ()
    assert plan.cost == pytest.approx((3 + 2) * 2 * 20.0)
    assert plan.inputs.forecast.contacts is None
    assert plan.inputs.forecast.agents == (2.0, 3.0, 1.0, 1.5)


def test_rows_that_were_ignored_are_noted(planned: Planned) -> None:
    of, plan = planned["shop"]
    ignoring = replace(of, forecast=replace(of.forecast, ignored_rows=1234))
    again = evaluate_roster(ignoring, plan.seats, {})
    assert any("1,234 rows" in note for note in again.notes)


def test_a_dearer_loss_is_worth_more_people_and_its_price_stands_in_the_plan() -> None:
    def worth(lost: float, waiting: float) -> Plan:
        calls = queue(service="economic", lost_contact_cost=lost, waiting_cost_per_hour=waiting)
        own = pool(shifts(["08:00", "09:00", "10:00"], 2.0))
        return make_plan(problem(scenario({"calls": calls}, {"own": own}), CONTACTS | {"calls": [60.0] * 4}))

    def amount(plan: Plan, item: str) -> float:
        return sum(line.amount for line in plan.costs if line.item == item)

    cheap, dear, waited = worth(1.0, 0.0), worth(9.0, 0.0), worth(1.0, 240.0)
    assert amount(cheap, "wages") < min(amount(dear, "wages"), amount(waited, "wages"))
    assert amount(dear, "lost_contacts") / 9.0 < amount(cheap, "lost_contacts")
    # with patience of 120 s every lost contact stands for 120 s waited: at 240 an hour, 8 times its own price
    assert amount(waited, "waiting") == pytest.approx(8.0 * amount(waited, "lost_contacts"))
    assert dear.service == ()
    assert any("it is worth answering" in note for note in dear.notes)
