"""Every family of rows alone, on decisions written by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from planner.program.build import Program
from planner.program.pool_sets import MOST_SETS
from planner.queueing import Goal, Systems, agents_needed
from planner.solver.matrix import objective
from tests.program.points import broken, point, row_names
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

FLOOR = {"answer_rate": {"target": 0.9, "period": "interval"}, "floor": None}
MORNING = shifts("08:00", 4.0)
HALVES = shifts(["08:00", "10:00"], 2.0)
MONTHLY = {"by": "month", "wage": 3000.0}


def calls(contacts: float = 20.0, **rules: Any) -> Program:
    """One queue, four hours, one pool, unless the rules say otherwise."""
    most_sets = rules.pop("most_sets", MOST_SETS)
    queues = {"calls": queue(**rules.pop("queue", {}))}
    calendar = rules.pop("calendar", None)
    first = rules.pop("shifts", (MORNING,))
    of = scenario(queues, {"own": pool(*first, **rules)}, calendar)
    return program(problem(of, {"calls": [contacts]}), most_sets)


def week(**rules: Any) -> Program:
    """Seven days, one shift of eight hours a day, paid by the month."""
    rules = {"pay": MONTHLY, "shifts": (shifts("08:00", 8.0),), **rules}
    days = {"days": rules.pop("days", 7)}
    return calls(queue={"hours": "08:00-16:00", "service": FLOOR}, calendar=days, **rules)


def at(hours: range, agents: float, *names: str) -> dict[str, float]:
    return {f"{name}_{hour}": agents for name in names for hour in hours}


def on_days(*people: float) -> dict[str, float]:
    return {f"x_0_{day}": count for day, count in enumerate(people)}


def needed(contacts: float, goal: Goal, patience: float = 120.0) -> float:
    systems = Systems(np.array([contacts / 3600]), np.array([180.0]), np.array([patience]))
    return float(agents_needed(systems, [goal])[0])


# (M1) cover, (M2) supply


def test_cover_breaks_in_the_one_interval_left_short() -> None:
    made = calls(shifts=(HALVES,), most_sets=0)
    enough = {"x_0_0": 3.0, "x_0_1": 2.0} | at(range(8, 10), 3.0, "y_0_0") | at(range(10, 12), 2.0, "y_0_0")
    assert broken(made, enough, "cover") == []
    assert broken(made, {**enough, "y_0_0_10": 2.1}, "cover") == ["cover_0_10"]


def test_cover_counts_shrinkage_and_productivity() -> None:
    made = calls(shrinkage={"absence": 0.1, "off_phone": 0.2}, productivity=0.5, most_sets=0)
    assert broken(made, {"x_0_0": 20.0, "y_0_0_8": 7.0}, "cover") == []
    assert broken(made, {"x_0_0": 20.0, "y_0_0_8": 7.01}, "cover") == ["cover_0_8"]


def test_cover_counts_the_worked_part_of_an_interval() -> None:
    pause = {"minutes": 15, "from_hours": 1.0, "to_hours": 1.0}
    made = calls(shifts=(shifts("08:00", 4.0, breaks=pause),), most_sets=0)
    all_day = {"x_0_0": 4.0} | at(range(8, 12), 4.0, "y_0_0")
    assert broken(made, all_day, "cover") == ["cover_0_9"]
    assert broken(made, {**all_day, "y_0_0_9": 3.0}, "cover") == []


def shared_pool(most_sets: int = 0) -> Program:
    queues = {"calls": queue(), "mail": queue()}
    pools = {"own": pool(MORNING, queues=["calls", "mail"]), "vendor": pool(MORNING, queues="mail")}
    return program(problem(scenario(queues, pools), {"calls": [20.0], "mail": [10.0]}), most_sets)


def test_an_agent_is_never_counted_on_two_queues_at_once() -> None:
    made = shared_pool()
    assert broken(made, {"x_0_0": 3.0, "y_0_0_8": 2.0, "y_0_1_8": 1.0}, "cover") == []
    assert broken(made, {"x_0_0": 3.0, "y_0_0_8": 3.0, "y_0_1_8": 3.0}, "cover") == ["cover_0_8"]


def test_a_queue_has_the_agents_its_pools_give_and_no_more() -> None:
    made = shared_pool()
    given = {"y_0_0_8": 2.0, "y_0_1_8": 1.0, "y_1_1_8": 4.0}
    assert broken(made, {**given, "n_0_8": 2.0, "n_1_8": 5.0}, "supply") == []
    assert broken(made, {**given, "n_0_8": 6.0, "n_1_8": 5.0}, "supply") == ["supply_0_8"]


# (M15) sharing


def test_two_queues_share_the_pools_that_serve_either_and_each_has_no_more_than_its_own() -> None:
    made = shared_pool(MOST_SETS)
    assert row_names(made, "cover") == row_names(made, "supply") == []
    four = {"x_0_0": 3.0, "x_1_0": 1.0}
    assert broken(made, {**four, "n_0_8": 3.0, "n_1_8": 1.0}, "sharing") == []
    assert broken(made, {**four, "n_0_8": 3.1, "n_1_8": 0.9}, "sharing") == ["sharing_0_8"]
    assert broken(made, {**four, "n_0_8": 2.0, "n_1_8": 2.1}, "sharing") == ["sharing_1_8"]


def test_where_sets_are_many_a_column_stands_for_the_agents_present() -> None:
    names = ["a", "b", "c", "d"]
    queues = {name: queue() for name in names}
    chain = {f"{one}{two}": pool(MORNING, queues=[one, two]) for one, two in pairwise(names)}
    made = program(problem(scenario(queues, chain), {name: [20.0] for name in names}))
    assert len(made.decide.sets.at[8]) == 5
    present = {"x_0_0": 2.0, "g_0_8": 2.0, "n_0_8": 2.0}
    assert broken(made, present, "cover", "sharing") == []
    assert broken(made, {**present, "g_0_8": 2.1}, "cover") == ["cover_0_8"]
    assert "sharing_0_8" in broken(made, {**present, "n_0_8": 2.1}, "sharing")


# (M16) whole people


def test_two_and_a_bit_agents_are_three_people_at_the_least() -> None:
    made = calls(queue={"service": FLOOR}, contacts=20.0, shrinkage=0.2)
    agents = needed(20.0, Goal("answer_rate", 0.9))
    assert 0.8 * 2 < agents <= 0.8 * 3
    assert row_names(made, "whole") == [f"whole_0_{hour}_0_0.8" for hour in range(8, 12)]
    assert broken(made, {"x_0_0": agents / 0.8}, "whole") == row_names(made, "whole")
    assert broken(made, {"x_0_0": 3.0}, "whole") == []


# (M3) level, (M5) promise, (M6) floor

INTENTS = [
    {"name": "parcel", "share": 0.5, "containment": 0.8},
    {"name": "other", "share": 0.5, "automatable": False},
]
AI = {"intents": INTENTS, "fixed_cost_per_month": 365.0, "price_per_session": 0.5, "level_step": 0.5}


def test_a_queue_runs_at_one_level() -> None:
    made = calls(queue={"automation": AI})
    assert broken(made, {"z_0_0": 1.0}, "level") == []
    assert broken(made, {}, "level") == ["level_0"]
    assert broken(made, {"z_0_0": 1.0, "z_0_1": 1.0}, "level") == ["level_0"]


def test_a_weekly_answer_rate_may_lose_one_contact_in_twenty_wherever_it_likes() -> None:
    made = calls(queue={"service": {"answer_rate": 0.95, "floor": None}})
    assert row_names(made, "promise") == ["promise_answer_week_0_0"]
    assert broken(made, {"V_0_0_8": 4.0}, "promise") == []
    assert broken(made, {"V_0_0_8": 2.0, "V_0_0_11": 2.1}, "promise") == ["promise_answer_week_0_0"]


def test_a_promise_counts_the_contacts_that_reach_people_at_the_level() -> None:
    made = calls(queue={"service": {"answer_rate": 0.95}, "automation": AI})
    lost = {"V_0_0_8": 2.5}
    assert broken(made, {**lost, "z_0_0": 1.0}, "promise") == []
    assert broken(made, {**lost, "z_0_1": 1.0}, "promise") == ["promise_answer_week_0_0"]
    assert broken(made, {"V_0_0_8": 2.4, "z_0_1": 1.0}, "promise") == []


def test_a_wait_over_all_offered_is_the_lost_share_times_patience() -> None:
    made = calls(queue={"service": {"average_wait_seconds": 12.0}})
    assert row_names(made, "promise") == ["promise_wait_week_0_0"]
    assert broken(made, {"V_0_0_8": 8.0}, "promise") == []
    assert broken(made, {"V_0_0_8": 8.1}, "promise") == ["promise_wait_week_0_0"]


def test_where_nobody_leaves_minutes_of_waiting_are_counted() -> None:
    made = calls(queue={"patience_seconds": None, "service": {"average_wait_seconds": 30.0}})
    assert broken(made, {"V_0_0_8": 40.0}, "promise") == []
    assert broken(made, {"V_0_0_8": 40.1}, "promise") == ["promise_wait_week_0_0"]


def test_a_promise_over_days_has_a_row_for_every_day() -> None:
    made = calls(queue={"service": {"answer_rate": {"target": 0.9, "period": "day"}}}, calendar={"days": 2})
    assert row_names(made, "promise") == ["promise_answer_day_0_0", "promise_answer_day_1_0"]
    assert broken(made, {"V_0_0_8": 9.0}, "promise") == ["promise_answer_day_0_0"]


def test_a_calendar_of_nine_days_has_two_weeks() -> None:
    made = calls(queue={"service": {"answer_rate": 0.95}}, calendar={"days": 9})
    assert row_names(made, "promise") == ["promise_answer_week_0_0", "promise_answer_week_1_0"]
    assert broken(made, {"V_0_0_176": 8.1}, "promise") == ["promise_answer_week_1_0"]


def test_two_service_levels_with_their_own_times_are_two_promises() -> None:
    fast = {"target": 0.8, "within_seconds": 20.0}
    slow = {"target": 0.95, "within_seconds": 60.0}
    made = calls(queue={"service": {"service_level": [fast, slow]}})
    assert len(set(row_names(made, "promise"))) == 2
    assert len(broken(made, {"V_0_0_8": 16.1}, "promise")) == 1
    assert len(broken(made, {"V_0_1_8": 4.1}, "promise")) == 1


def test_of_two_answer_rates_over_the_same_period_the_higher_binds() -> None:
    made = calls(queue={"service": {"answer_rate": [0.95, 0.9]}})
    assert broken(made, {"V_0_0_8": 4.0}, "promise") == []
    assert broken(made, {"V_0_0_8": 4.1}, "promise") == ["promise_answer_week_0_0"]


def test_the_floor_holds_in_every_interval() -> None:
    made = calls(queue={"service": FLOOR})
    least = needed(20.0, Goal("answer_rate", 0.9))
    assert broken(made, at(range(8, 12), least, "n_0"), "floor") == []
    short = at(range(8, 12), least, "n_0") | {"n_0_9": least - 1e-6}
    assert broken(made, short, "floor") == ["floor_0_9"]


def test_the_floor_falls_with_what_ai_contains() -> None:
    made = calls(queue={"service": FLOOR, "automation": AI})
    fewer = at(range(8, 12), needed(12.0, Goal("answer_rate", 0.9)), "n_0")
    assert broken(made, {**fewer, "z_0_1": 1.0}, "floor") == []
    assert broken(made, {**fewer, "z_0_0": 1.0}, "floor") == [f"floor_0_{hour}" for hour in range(8, 12)]


def test_a_cap_on_occupancy_is_a_floor_in_every_interval_whatever_its_period() -> None:
    made = calls(queue={"service": {"occupancy": {"target": 0.5, "period": "week"}, "floor": None}})
    least = needed(20.0, Goal("occupancy", 0.5))
    assert broken(made, at(range(8, 12), least, "n_0"), "floor") == []
    assert broken(made, at(range(8, 12), least - 0.01, "n_0"), "floor") == row_names(made, "floor")


def test_agents_asked_for_directly_are_the_floor() -> None:
    of = scenario({"calls": queue()}, {"own": pool(MORNING)})
    made = program(problem(of, {}, agents={"calls": [3.0, 4.5, 0.0, 2.0]}))
    asked = {"n_0_8": 3.0, "n_0_9": 4.5, "n_0_11": 2.0}
    assert row_names(made, "floor") == ["floor_0_8", "floor_0_9", "floor_0_11"]
    assert broken(made, asked, "floor") == []
    assert broken(made, {**asked, "n_0_9": 4.4}, "floor") == ["floor_0_9"]


# (M7) desks and seats


def desks(**rules: Any) -> Program:
    overlapping = shifts(["08:00", "10:00"], [2.0, 3.0], outside_opening_hours=True)
    return calls(shifts=(overlapping,), desk_cost_per_month=100.0, **rules)


def test_desks_are_counted_where_shifts_overlap() -> None:
    made = desks()
    people = {"x_0_1": 2.0, "x_0_3": 1.0}
    assert broken(made, {**people, "D_0": 3.0}, "desks") == []
    assert broken(made, {**people, "D_0": 2.0}, "desks") == ["desks_0_1"]


def test_a_shift_that_ends_when_another_starts_leaves_its_desk() -> None:
    assert broken(desks(), {"x_0_0": 2.0, "x_0_3": 2.0, "D_0": 2.0}, "desks") == []


def test_the_absent_need_no_desk_and_those_off_the_phone_do() -> None:
    made = desks(shrinkage={"absence": 0.25, "off_phone": 0.25})
    assert broken(made, {"x_0_0": 4.0, "D_0": 3.0}, "desks") == []
    assert broken(made, {"x_0_0": 4.0, "D_0": 2.9}, "desks") == ["desks_0_0"]


def test_seats_limit_everybody_scheduled_at_once() -> None:
    made = desks(maximum_seats=3, shrinkage={"absence": 0.5})
    assert broken(made, {"x_0_1": 2.0, "x_0_3": 1.0}, "seats") == []
    assert broken(made, {"x_0_1": 2.0, "x_0_3": 2.0}, "seats") == ["seats_0_1"]


def test_the_last_night_of_a_cyclic_calendar_needs_its_desks_on_the_first_morning() -> None:
    night, day = shifts("22:00", 10.0), shifts("06:00", 8.0)
    rules: dict[str, Any] = {"shifts": (night, day), "maximum_seats": 3, "queue": {"open": "always"}}
    both = {"x_0_0": 2.0, "x_0_1": 2.0}
    assert broken(calls(calendar={"cyclic": True}, **rules), both, "seats") == ["seats_0_0"]
    assert broken(calls(**rules), both, "seats") == []


# (M8) largest day, (M9) days, (M10) hours, (M11) days off


def test_headcount_covers_the_largest_day() -> None:
    people = on_days(2, 2, 2, 5, 2, 2, 2)
    assert broken(week(), {**people, "W_0": 5.0}, "day") == []
    assert broken(week(), {**people, "W_0": 4.0}, "day") == ["day_0_3"]


def test_nobody_works_more_days_than_the_contract_has() -> None:
    people = on_days(*[5] * 7)
    assert broken(week(), {**people, "W_0": 7.0}, "days") == []
    assert broken(week(), {**people, "W_0": 6.0}, "days") == ["days_0_0"]


def test_nobody_is_paid_for_more_hours_than_the_contract_has() -> None:
    made = week(contract={"hours_per_week": 24.0})
    assert broken(made, {**on_days(3, 3, 3), "W_0": 3.0}, "hours") == []
    assert broken(made, {**on_days(3, 3, 3, 1), "W_0": 3.0}, "hours") == ["hours_0_0"]


def test_a_week_cut_short_owes_a_days_share_of_the_hours_for_each_day() -> None:
    made = week(days=10, contract={"hours_per_week": 30.0})
    three_days = {"x_0_7": 3.0, "x_0_8": 3.0, "x_0_9": 3.0}
    assert row_names(made, "days") == ["days_0_0"]
    assert broken(made, {**three_days, "W_0": 4.0}, "hours") == []
    assert broken(made, {**three_days, "W_0": 3.0}, "hours") == ["hours_0_1"]


def test_a_day_alone_asks_for_its_people_and_their_share_of_the_contract() -> None:
    made = week(days=1, contract={"hours_per_week": 40.0})
    assert broken(made, {"x_0_0": 4.0, "W_0": 4.0}, "day", "days", "hours") == []
    assert broken(made, {"x_0_0": 4.0, "W_0": 3.0}, "day", "days", "hours") == ["day_0_0", "hours_0_0"]


PART_TIME = {"pay": {"by": "hour", "wage": 20.0}, "contract": {"least_hours_per_week": 20.0}}


def test_part_timers_on_the_books_get_their_least_hours() -> None:
    made = week(**PART_TIME)
    five_shifts = on_days(1, 1, 1, 1, 1)
    assert broken(made, {**five_shifts, "W_0": 2.0}, "owed", "day", "days", "hours") == []
    assert broken(made, {**five_shifts, "W_0": 3.0}, "owed") == ["owed_0_0"]


def test_a_week_cut_short_promises_a_days_share_of_the_least_hours_for_each_day() -> None:
    # Three days of five are twelve hours each: 24 hours are enough for two people and not for three.
    made = week(days=10, **PART_TIME)
    every_day = on_days(*[3] * 7)
    assert broken(made, {**every_day, "x_0_7": 2.0, "x_0_8": 1.0, "W_0": 2.0}, "owed") == []
    assert broken(made, {**every_day, "x_0_7": 2.0, "x_0_8": 1.0, "W_0": 3.0}, "owed") == ["owed_0_1"]


def test_people_by_the_hour_are_not_counted_unless_a_rule_asks() -> None:
    assert "W_0" not in week(pay={"by": "hour", "wage": 20.0}).matrix.column_names
    assert "W_0" in week(**PART_TIME).matrix.column_names


def test_days_off_in_a_row_bind_where_days_alone_do_not() -> None:
    made = week(contract={"days_off": "consecutive"})
    people = on_days(2, 2, 0, 2, 2, 0, 2)
    shared_out = {"W_0": 2.0, "w_0_3": 2.0}
    assert broken(made, {**people, **shared_out}, "day", "days", "hours") == []
    assert broken(made, {**people, **shared_out}, "off") == ["off_0_0_1"]


def test_everybody_on_the_books_has_days_off() -> None:
    made = week(contract={"days_off": "consecutive"})
    assert broken(made, {"W_0": 3.0, "w_0_0": 2.0, "w_0_6": 1.0}, "cycle") == []
    assert broken(made, {"W_0": 3.0, "w_0_0": 2.0}, "cycle") == ["cycle_0_0"]


def test_a_least_headcount_is_paid_whatever_the_shifts() -> None:
    assert broken(week(minimum_headcount=2), {"W_0": 1.0}, "least") == ["least_0"]
    unmet = {*row_names(week(), "floor"), *row_names(week(), "whole")}
    assert set(broken(week(minimum_headcount=2), {"W_0": 2.0})) == unmet


# (M12) used patterns, (M13) distinct patterns, (M14) fewest people


def test_a_pattern_that_people_work_counts_as_used_whatever_the_day() -> None:
    made = calls(shifts=(HALVES,), maximum_patterns=1, calendar={"days": 2})
    both_days = {"x_0_0": 1.0, "x_0_2": 1.0}
    assert broken(made, {**both_days, "u_0_0": 1.0}, "used", "distinct") == []
    assert broken(made, both_days, "used") == ["used_0_0", "used_0_2"]


def test_no_more_distinct_patterns_than_a_schedule_may_have() -> None:
    made = calls(shifts=(HALVES,), maximum_patterns=1)
    assert broken(made, {"u_0_0": 1.0, "u_0_1": 1.0}, "distinct") == ["distinct_0"]


def test_a_pattern_in_use_has_its_least_number_of_people() -> None:
    made = calls(shifts=(shifts("08:00", 4.0, minimum_people=3),))
    assert broken(made, {"x_0_0": 3.0, "v_0_0": 1.0}, "fewest", "most") == []
    assert broken(made, {"x_0_0": 2.0, "v_0_0": 1.0}, "fewest", "most") == ["fewest_0_0"]
    assert broken(made, {"x_0_0": 3.0}, "fewest", "most") == ["most_0_0"]
    assert broken(made, {}, "fewest", "most") == []


# (M0) cost


def test_an_hourly_shift_costs_its_paid_hours_and_benefits() -> None:
    made = calls(pay={"by": "hour", "wage": 20.0, "benefits": 0.25})
    assert objective(made.matrix, point(made, {"x_0_0": 3.0})) == pytest.approx(3 * 4 * 25.0)


def test_a_month_is_charged_by_the_calendars_share_of_a_year() -> None:
    made = week(desk_cost_per_month=365.0)
    paid = objective(made.matrix, point(made, {"W_0": 2.0, "D_0": 1.0, "x_0_0": 9.0}))
    assert paid == pytest.approx(7 * 12 / 365 * (2 * 3000.0 + 365.0))


def test_ai_costs_its_month_and_its_sessions() -> None:
    made = calls(queue={"automation": AI})
    assert objective(made.matrix, point(made, {"z_0_0": 1.0})) == 0.0
    assert objective(made.matrix, point(made, {"z_0_1": 1.0})) == pytest.approx(12.0 + 0.5 * 40.0)


def test_a_lost_contact_costs_what_it_is_worth() -> None:
    made = calls(queue={"lost_contact_cost": 7.0})
    assert objective(made.matrix, point(made, {"V_0_0_8": 2.0, "V_0_0_9": 1.0})) == pytest.approx(21.0)
