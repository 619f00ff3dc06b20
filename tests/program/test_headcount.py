"""People on the books and desks, against a search through all rosters of single people."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from planner.program.headcount import (
    desks_needed,
    fewest_with_days_in_a_row,
    headcount_needed,
    most_with_least_hours,
    room_for_one_more,
    working_days,
)
from planner.program.instance import Instance, instance
from planner.solver.matrix import objective
from tests.program.optimum import solved
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts
from tests.shared_data import shared


def one_pool(days: int, lengths: tuple[float, ...] = (8.0,), **rules: Any) -> Instance:
    of = scenario(
        {"calls": queue("08:00-20:00")},
        {"own": pool(shifts("08:00", lengths), **{"pay": {"by": "month", "wage": 3000.0}, **rules})},
        {"days": days},
    )
    return instance(problem(of, {"calls": [10.0]}))


def part_timers(days: int) -> Instance:
    return one_pool(days, pay={"by": "hour", "wage": 20.0}, contract={"least_hours_per_week": 20.0})


def test_no_more_part_timers_than_the_poorest_weeks_hours_suffice_for() -> None:
    # The first week has 56 hours for 20 each, the three days after it 24 hours for 12 each.
    people = np.array([1] * 7 + [2, 1, 0])
    on = part_timers(10)
    assert most_with_least_hours(on.pools[0], on.calendar, people) == pytest.approx(2.0)
    assert most_with_least_hours(on.pools[0], on.calendar, np.array([1] * 7 + [3, 3, 3])) == pytest.approx(
        2.8
    )


def test_without_least_hours_there_may_be_any_number() -> None:
    on = one_pool(7)
    assert most_with_least_hours(on.pools[0], on.calendar, np.zeros(7)) == np.inf


def headcount(on: Instance, people: list[int]) -> int:
    return headcount_needed(on.pools[0], on.calendar, np.array(people))


def weekly_cases() -> list[dict[str, Any]]:
    import json

    cases = json.loads(shared("cases/queueing_cases.json").read_text(encoding="utf-8"))
    return [case for case in cases if case["model"] == "days_off_cover"]


def test_five_days_on_and_two_off_in_a_row_need_what_textbooks_say() -> None:
    cases = weekly_cases()
    assert len(cases) >= 2
    for case in cases:
        per_day = np.array(case["inputs"]["requirement"], dtype=float)
        assert fewest_with_days_in_a_row(per_day, 5) == case["computed"]["min_staff"]
        on = one_pool(7, contract={"days_off": "consecutive", "hours_per_week": 168.0})
        assert headcount(on, list(case["inputs"]["requirement"])) == case["computed"]["min_staff"]


def test_where_days_off_follow_one_another_twenty_one_by_the_simple_rule_are_twenty_three() -> None:
    post_office = [17, 13, 15, 19, 14, 16, 11]
    assert -(-sum(post_office) // 5) == 21
    contract = {"hours_per_week": 168.0}
    assert headcount(one_pool(7, contract=contract), post_office) == 21
    assert headcount(one_pool(7, contract={**contract, "days_off": "consecutive"}), post_office) == 23


@pytest.mark.parametrize("days_off, people", [("any", 21), ("consecutive", 23)])
def test_the_program_pays_for_the_people_whom_days_off_need(days_off: str, people: int) -> None:
    post_office = [17.0, 13.0, 15.0, 19.0, 14.0, 16.0, 11.0]
    own = pool(
        shifts("08:00", 8.0),
        pay={"by": "month", "wage": 3000.0},
        contract={"days_off": days_off},
    )
    of = scenario({"calls": queue("08:00-16:00")}, {"own": own}, {"days": 7})
    made = program(problem(of, {}, agents={"calls": np.repeat(post_office, 8).tolist()}))
    paid = objective(made.matrix, solved(made))
    assert paid == pytest.approx(people * 3000.0 * 7 * 12 / 365)


@cache
def weeks_of_work(days: int, most: int, in_a_row: bool) -> tuple[tuple[int, ...], ...]:
    """Every set of days that one person may work."""
    if in_a_row:
        starts = range(7)
        return tuple(tuple(int((day - start) % 7 < most) for day in range(7)) for start in starts)
    sets = combinations(range(days), min(most, days))
    return tuple(tuple(int(day in chosen) for day in range(days)) for chosen in sets)


def fewest_by_search(per_day: tuple[int, ...], most: int, in_a_row: bool) -> int:
    """Fewest people, one week of work after another tried for each."""
    allowed = weeks_of_work(len(per_day), most, in_a_row)
    reached = {per_day}
    for people in range(1, 30):
        if any(not any(left) for left in reached):
            return people - 1
        reached = {
            tuple(max(0, need - works) for need, works in zip(left, one, strict=True))
            for left in reached
            for one in allowed
        }
    raise AssertionError("more people than the search allows")


@settings(max_examples=40)
@given(st.lists(st.integers(0, 2), min_size=7, max_size=7), st.integers(4, 6), st.booleans())
def test_headcount_is_what_a_search_through_everybodys_days_finds(
    people: list[int], most: int, in_a_row: bool
) -> None:
    contract = {
        "days_per_week": most,
        "hours_per_week": 168.0,
        "days_off": "consecutive" if in_a_row else "any",
    }
    found = headcount(one_pool(7, contract=contract), people)
    assert found == fewest_by_search(tuple(people), most, in_a_row)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=2), st.sampled_from([20.0, 30.0, 40.0]))
def test_contract_hours_count_where_shifts_differ_in_length(people: list[int], hours: float) -> None:
    """One day owes a fifth of the week's hours."""
    on = one_pool(1, (6.0, 10.0), contract={"hours_per_week": hours})
    paid = 6.0 * people[0] + 10.0 * people[1]
    expected = max(sum(people), int(np.ceil(paid / (hours / 5) - 1e-9)))
    assert headcount(on, people) == expected


def test_the_fullest_of_several_weeks_decides_the_headcount() -> None:
    on = one_pool(14, contract={"hours_per_week": 168.0})
    quiet, busy = [1] * 7, [5] * 7
    assert headcount(on, quiet + busy) == headcount(on, busy + quiet) == 7


def test_nobody_at_all_needs_nobody() -> None:
    assert headcount(one_pool(7, contract={"days_off": "consecutive"}), [0] * 7) == 0


@pytest.mark.parametrize("cyclic", [False, True])
@settings(max_examples=40)
@given(people=st.lists(st.integers(0, 5), min_size=6, max_size=6), absence=st.sampled_from([0.0, 0.1, 0.5]))
def test_desks_are_the_most_people_in_any_minute(cyclic: bool, people: list[int], absence: float) -> None:
    rule = shifts(["00:00", "07:30", "21:00"], [4.0, 9.5])
    of = scenario(
        {"calls": queue(open="always")},
        {"own": pool(rule, shrinkage={"absence": absence})},
        {"days": 1, "cyclic": cyclic},
    )
    on = instance(problem(of, {"calls": [10.0]}))
    there = np.zeros(2 * 1440)
    for (start, length), count in zip(product([0, 450, 1260], [240, 570]), people, strict=True):
        there[start : start + length] += count
    at_work = there[:1440] + (there[1440:] if cyclic else 0)
    expected = int(np.ceil((1 - absence) * at_work.max() - 1e-9))
    assert desks_needed(on.pools[0], np.array(people)) == expected


@settings(max_examples=30, deadline=None)
@given(
    people=st.lists(st.integers(0, 3), min_size=14, max_size=14),
    days_off=st.sampled_from(["any", "consecutive"]),
)
def test_there_is_room_for_one_more_where_adding_one_keeps_seats_and_books(
    people: list[int], days_off: str
) -> None:
    limits: dict[str, Any] = {"maximum_seats": 4, "maximum_headcount": 6}
    on = one_pool(7, lengths=(5.0, 8.0), contract={"days_off": days_off}, **limits)
    own, x = on.pools[0], np.array(people)

    def within(j: int) -> bool:
        more = x + (np.arange(x.size) == j)
        return desks_needed(own, more, absence=0.0) <= 4 and headcount_needed(own, on.calendar, more) <= 6

    assert room_for_one_more(own, on.calendar, x).tolist() == [within(j) for j in range(x.size)]


@settings(max_examples=60, deadline=None)
@given(per_day=st.lists(st.integers(0, 30), min_size=7, max_size=7), span=st.integers(1, 7))
def test_working_days_cover_every_day_with_as_few_people_as_an_integer_program_finds(
    per_day: list[int], span: int
) -> None:
    need = np.array(per_day, dtype=float)
    found = working_days(need, span)
    covers = np.array([[(day - start) % 7 < span for start in range(7)] for day in range(7)], dtype=float)
    assert (found == np.round(found)).all()
    assert found.min() >= 0
    assert (covers @ found >= need).all()
    fewest = milp(
        np.ones(7), constraints=LinearConstraint(covers, lb=need), integrality=np.ones(7, dtype=np.int64)
    )
    assert fewest.fun is not None
    assert found.sum() == round(fewest.fun)
