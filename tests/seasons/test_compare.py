"""Plans side by side: their figures, what they share, who comes and goes, and what is told beside."""

from __future__ import annotations

import numpy as np
import pytest

from planner.errors import InvalidInput, NoPlanExists
from planner.plan import Headcount, Plan, Repair, Seat
from planner.queueing import Systems, measures
from planner.seasons import Differences, Given, compare
from planner.seasons.people import moves, shared_patterns
from planner.seasons.side import side_plan
from planner.staffing import evaluate_roster, make_plan
from tests.program.small_problems import pool, problem, queue, scenario, shifts
from tests.report.sample_plan import sample_plan
from tests.seasons.pairs import AI, CONTACTS, EXACT, by_formula, given, priced, promise, shop


def with_people(*counts: tuple[str, int]) -> Plan:
    return sample_plan(headcount=tuple(Headcount(pool=name, people=many) for name, many in counts))


def with_seats(*seats: tuple[str, int]) -> Plan:
    start, end = "2026-06-15T08:00:00+08:00", "2026-06-15T12:00:00+08:00"
    made = tuple(
        Seat(pool="own", pattern=pattern, start=start, end=end, people=people) for pattern, people in seats
    )
    return sample_plan(seats=made, headcount=(Headcount(pool="own", people=5),))


def test_people_come_and_go_from_season_to_season_and_back_to_the_first() -> None:
    plans = [with_people(("own", 30), ("remote", 8)), with_people(("own", 43)), with_people(("own", 30))]

    found = {(row.from_plan, row.to_plan, row.pool): (row.come, row.go) for row in moves(plans)}

    assert found == {
        (1, 2, "own"): (13, 0),
        (1, 2, "remote"): (0, 8),
        (2, 3, "own"): (0, 13),
        (2, 3, "remote"): (0, 0),
        (3, 1, "own"): (0, 0),
        (3, 1, "remote"): (8, 0),
    }
    assert sum(come - go for come, go in found.values()) == 0
    assert [(row.from_plan, row.to_plan) for row in moves(plans[:2])] == [(1, 2), (1, 2)]


def test_patterns_that_all_seasons_work_are_shared() -> None:
    plans = [with_seats(("a", 3), ("b", 1)), with_seats(("a", 2), ("c", 6), ("b", 0)), with_seats(("a", 1))]

    (row,) = shared_patterns(plans)

    assert (row.pool, row.shared, row.worked) == ("own", ("a",), (2, 2, 1))
    assert row.on_shared == (0.75, 0.25, 1.0)


def test_a_pool_that_only_one_has_shares_nothing() -> None:
    rows = {row.pool: row for row in shared_patterns([with_people(("own", 1)), with_people(("odd", 1))])}
    assert rows["odd"].shared == ()


def test_the_service_of_a_queue_is_that_of_its_agents() -> None:
    """By the exact formulas, hour by hour, for whatever agents the plan gives."""
    of = shop()
    plan = make_plan(of)
    agents = np.array([row.planned for row in plan.agents if row.contacts > 0])
    found = measures(Systems(np.array(CONTACTS) / 3600, np.full(4, 180.0), np.full(4, 120.0)), agents, 0.0)

    side = side_plan(1, "plan", plan, of)

    answered = float(np.array(CONTACTS) @ found.answer_rate)
    assert side.answer_rate == pytest.approx(answered / 75)
    assert side.average_wait_seconds == pytest.approx(np.array(CONTACTS) @ found.average_wait / 75)
    assert side.served == pytest.approx(answered)
    assert side.cost_per_contact == pytest.approx(plan.cost / 75)
    assert side.cost_per_served == pytest.approx(plan.cost / answered)
    assert (side.resolved, side.cost_per_resolved, side.labour_share) == (None, None, 1.0)


def test_what_ai_keeps_is_served_and_beside_the_answer_rate() -> None:
    of = shop(calls={"automation": {**AI, "price_per_session": 0.0}}, contacts=(140.0, 220.0, 300.0, 90.0))
    plan = make_plan(of)
    (ai,) = plan.automation
    assert ai.share == pytest.approx(0.4)

    side = side_plan(1, "plan", plan, of)

    reaching = sum(row.contacts for row in plan.agents)
    assert side.ai_share == pytest.approx(0.4)
    assert side.served == pytest.approx(750 * ai.contained + reaching * (side.answer_rate or 0))


def test_resolved_contacts_are_those_of_the_plan() -> None:
    again = {"first_contact_resolution": 0.7, "calls_back": 0.5}
    of = shop(calls={"repeats": again})
    plan = make_plan(of)

    side = side_plan(1, "plan", plan, of)

    assert side.resolved == plan.attempts[0].resolved
    assert side.cost_per_resolved == pytest.approx(plan.cost / plan.attempts[0].resolved)
    assert side.served * 0.7 == pytest.approx(side.resolved, rel=1e-3)


def test_a_forecast_of_agents_has_no_contacts_to_divide_by() -> None:
    of = problem(shop().scenario, {}, agents={"calls": (3.0,) * 4})
    side = side_plan(1, "plan", make_plan(of), of)
    assert (side.contacts, side.cost_per_contact, side.ai_share, side.answer_rate) == (0, None, None, None)


def compared(*of: Given, way: None = None) -> Differences:
    return compare(of, way, by_formula())


def test_scenarios_are_planned_and_plans_are_taken_as_they_are() -> None:
    found = compare([Given("plan", shop(), priced(shop())), Given("x.yaml", shop())], None, EXACT)
    assert [plan.source for plan in found.plans] == ["plan", "x.yaml"]
    assert found.plans[0].cost == priced(shop()).cost
    assert found.plans[1].cost == make_plan(shop()).cost


def test_other_currencies_are_refused() -> None:
    other = shop()
    dollars = other.scenario.model_copy(update={"currency": "USD"})
    with pytest.raises(InvalidInput, match=r"b: currency: must be CNY like that of a \(got USD\)"):
        compared(Given("a", shop()), Given("b", type(other)(dollars, other.calendar, other.forecast, "", "")))


def test_a_scenario_without_a_plan_is_named() -> None:
    hopeless = Given("b.yaml", shop(own={"maximum_seats": 0}))
    with pytest.raises(NoPlanExists, match=r"b\.yaml: "):
        compare([given(shop()), hopeless], None, EXACT)


def notes(*of: Given) -> str:
    return "\n".join(compare(of, "order" if len(of) == 2 else None, by_formula()).notes)


def test_what_only_some_plans_have_is_told() -> None:
    pools = {"own": pool(shifts("08:00", 4.0)), "night": pool(shifts("10:00", 2.0))}
    other = problem(scenario({"calls": queue(service=promise())}, pools), {"calls": CONTACTS})
    given_one, given_two = (Given("", each, priced(each)) for each in (shop(), other))
    assert "pool night is in plan 2 alone" in notes(given_one, given_two)
    assert "pool night is in plan 2 and 3 alone" in notes(given_one, given_two, given_two)


def test_plans_within_their_gaps_are_too_near_to_tell() -> None:
    near, far = (
        Given("", shop(), priced(shop(), slack=0.1).model_copy(update={"cost": cost, "bound": 0.9 * cost}))
        for cost in (100.0, 109.0)
    )
    apart = Given("", shop(), priced(shop(), lambda of: 150.0, 0.1))
    assert "plans 1 and 2 are too near to tell" in notes(near, far)
    assert "too near" not in notes(near, apart)


def test_calendars_of_other_lengths_are_compared_and_not_explained() -> None:
    week = shop(calendar={"start": "2026-03-02", "days": 7})
    found = compare([Given("", of, priced(of)) for of in (shop(), week)], "order", by_formula())
    assert found.difference is None
    assert any(note.startswith("the calendars differ in length") for note in found.notes)
    assert any("the difference is not explained: the calendars have 1 and 7 days" in n for n in found.notes)


def test_rosters_and_repaired_plans_are_named() -> None:
    plan = make_plan(shop())
    roster = evaluate_roster(shop(), plan.seats, {})
    repaired = plan.model_copy(
        update={
            "repair": Repair(
                rounds=(),
                chosen=1,
                credit=False,
                uncalibrated_cost=1.0,
                uncalibrated_bound=1.0,
                difference=0.0,
                ended="held",
            )
        }
    )
    told = notes(Given("", shop(), roster), Given("", shop(), repaired))
    assert "plan 1 is a roster that was evaluated" in told
    assert "plan 2 was repaired by a replay" in told
