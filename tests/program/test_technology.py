"""Platforms: each family of rows alone, seats counted, bounds one by one, and a plan as a point."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.arrays import Counts, frozen_counts
from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.candidate import candidate, decided, decided_platform, faults
from planner.program.found import Found, Watcher
from planner.program.platforms import cheapest_platform, platform_seats_needed, possible
from planner.program.point import point_of
from planner.program.search import Ending, relaxed
from planner.program.separate import first_rows, violated
from planner.program.ways import Begun, least_by_platform, way_by_way, without_dear_platforms
from planner.solver.basis import NamedBasis
from planner.solver.linear import LinearSession
from planner.solver.matrix import objective, violation, with_bounds, with_rows
from planner.solver.relaxation import NoPointHolds, Relaxation
from tests.program.optimum import solved
from tests.program.points import broken, row_names
from tests.program.small_problems import pool, problem, program, queue, scenario, shifts

PLATFORMS: dict[str, Any] = {
    "seats": {"seat_price_per_month": 365.0},
    "flat": {"subscription_per_year": 36_500.0},
    "theirs": {"pools": "vendor"},
}
OWN, VENDOR = shifts(["08:00", "10:00"], 2.0), shifts(["09:00", "10:00"], 2.0)


def two_pools(technologies: dict[str, Any] = PLATFORMS, cyclic: bool = False, **vendor: Any) -> Program:
    """Own people, a tenth of them absent, and a vendor's; nothing is said of service beyond the usual."""
    own = pool(OWN, shrinkage={"absence": 0.1})
    pools = {"own": own, "vendor": pool(VENDOR, wage=26.0, **vendor)}
    of = scenario({"calls": queue()}, pools, {"cyclic": cyclic}, technologies=technologies)
    return program(problem(of, {"calls": [20.0]}))


def on_shifts(*people: tuple[int, ...]) -> tuple[Counts, ...]:
    return tuple(frozen_counts(np.array(x, dtype=np.int64)) for x in people)


# (M20) technology


def test_a_plan_takes_exactly_one_platform() -> None:
    made = two_pools()
    assert broken(made, {"c_1": 1.0}, "technology") == []
    assert broken(made, {}, "technology") == ["technology"]
    assert broken(made, {"c_0": 1.0, "c_1": 1.0}, "technology") == ["technology"]


def test_without_technologies_there_are_no_rows_and_no_columns() -> None:
    made = two_pools({})
    assert not any(row_names(made, family) for family in ("technology", "platform", "chosen", "allowed"))
    assert not any(name.startswith(("c_", "S_")) for name in made.matrix.column_names)


# (M21) platform seats


def test_seats_are_shared_by_all_who_are_at_work_at_once() -> None:
    """At nine there are five of the own people, a tenth of them absent, and two of the vendor's."""
    made = two_pools()
    people = {"x_0_0": 5.0, "x_0_1": 3.0, "x_1_0": 2.0, "x_1_1": 1.0}
    assert broken(made, {**people, "S_0": 6.5}, "platform") == []
    assert broken(made, {**people, "S_0": 6.4}, "platform") == ["platform_1"]
    assert broken(made, {**people, "S_0": 3.2, "S_1": 3.3}, "platform") == []
    assert platform_seats_needed(made.on, on_shifts((5, 3), (2, 1))) == 7


def test_there_is_a_row_for_every_start_of_any_pool() -> None:
    assert row_names(two_pools(), "platform") == ["platform_0", "platform_1", "platform_2"]


def test_those_who_bring_a_platform_take_no_seat() -> None:
    made = two_pools(brings_platform=True)
    assert broken(made, {"x_0_0": 5.0, "x_1_0": 20.0, "S_0": 4.5}, "platform") == []
    assert platform_seats_needed(made.on, on_shifts((5, 0), (20, 20))) == 5


def test_where_seats_cost_nothing_nobody_counts_them() -> None:
    assert row_names(two_pools({"flat": PLATFORMS["flat"], "theirs": PLATFORMS["theirs"]}), "platform") == []


def test_in_a_cyclic_calendar_the_night_sits_there_in_the_morning() -> None:
    always = {"calls": {"patience_seconds": 120.0, "service": {"answer_rate": 0.9}}}
    pools = {"own": pool(shifts(["22:00", "02:00", "12:00"], 8.0))}
    rules = {"days": 1, "cyclic": True}
    of = scenario(always, pools, rules, technologies={"seats": PLATFORMS["seats"]})
    made = program(problem(of, {"calls": [9.0]}))
    found = made.on.pools[0].patterns
    by_hour = dict(zip((found.start // 3600 % 24).tolist(), (4, 2, 1), strict=True))
    at_once = {hour: sum(n for begin, n in by_hour.items() if (hour - begin) % 24 < 8) for hour in range(24)}
    assert platform_seats_needed(made.on, on_shifts((4, 2, 1))) == max(at_once.values())


@given(people=st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_seats_of_whole_people_are_those_minute_by_minute(people: list[int]) -> None:
    spans = [(0, 8, 10), (0, 10, 12), (1, 9, 11), (1, 10, 12)]
    share = (0.9, 1.0)
    at = [
        sum(share[p] * n for (p, begin, end), n in zip(spans, people, strict=True) if begin <= hour < end)
        for hour in range(8, 12)
    ]
    made = SMALL
    found = platform_seats_needed(made.on, on_shifts((people[0], people[1]), (people[2], people[3])))
    assert found == int(np.ceil(max(at) - 1e-9))


SMALL = two_pools()


# (M22) chosen seats


def test_seats_are_those_of_the_chosen_platform() -> None:
    made = two_pools()
    assert broken(made, {"S_0": 3.0, "c_0": 1.0}, "chosen") == []
    assert broken(made, {"S_0": 3.0, "c_1": 1.0}, "chosen") == ["chosen_0"]


# (M23) allowed pools


def test_a_platform_keeps_those_out_who_cannot_work_with_it() -> None:
    made = two_pools()
    assert broken(made, {"x_1_0": 3.0, "c_2": 1.0}, "allowed") == []
    assert broken(made, {"x_0_0": 1.0, "c_2": 1.0}, "allowed") == ["allowed_0_0"]
    assert broken(made, {"x_0_0": 1.0, "c_0": 1.0}, "allowed") == []


def test_the_cheapest_platform_is_among_those_that_let_all_work() -> None:
    on = two_pools().on
    both, vendor = on_shifts((1, 0), (1, 0)), on_shifts((0, 0), (1, 0))
    assert possible(on, both) == (0, 1)
    assert possible(on, vendor) == (0, 1, 2)
    assert cheapest_platform(on, vendor, 1) == 2
    assert cheapest_platform(on, both, 8) == 0
    assert cheapest_platform(on, both, 9) == 1


def test_people_whom_no_platform_lets_work_together_are_a_fault() -> None:
    made = two_pools({"a": {"pools": "own"}, "b": {"pools": "vendor"}})
    with LinearSession(time.monotonic() + 20) as session:
        plan = candidate(made.on, on_shifts((3, 3), (3, 3)), (0,), Splits(made.on, session))
    assert plan.platform is None
    assert "no technology lets all these pools work" in faults(made.on, plan)


# A plan as a point, and bounds platform by platform


def test_a_plan_as_a_point_keeps_every_row_and_costs_the_same() -> None:
    for technologies in (PLATFORMS, {"flat": PLATFORMS["flat"]}, {"seats": PLATFORMS["seats"]}):
        made = two_pools(technologies)
        values = solved(made)
        people, level = decided(made, values)
        with LinearSession(time.monotonic() + 20) as session:
            plan = candidate(made.on, people, level, Splits(made.on, session))
        assert plan.platform == decided_platform(made, values)
        put = point_of(made, plan)
        assert violation(made.matrix, put) < 1e-6
        assert objective(made.matrix, put) == pytest.approx(plan.cost, rel=1e-6)


def bounded(made: Program) -> tuple[Relaxation, dict[int, float]]:
    """The relaxation platform by platform, with a search's own parts."""
    watcher = Watcher(time.monotonic() + 50, lambda doing, found: None, lambda: False)
    found = Found()
    with LinearSession(time.monotonic() + 50) as linear:
        done = relaxed((made, None), linear, watcher, found, Ending())
    return done, dict(found.by_platform)


def best_with(made: Program, platform: int) -> float:
    """Cost of the cheapest plan with one platform, by the other solver; infinite if there is none."""
    whole = (np.arange(3) == platform).astype(float)
    fixed = replace(made, matrix=with_bounds(made.matrix, made.decide.platforms.chosen, whole, whole))
    return float(objective(made.matrix, solved(fixed)))


@pytest.mark.parametrize("wage, cheap", [*product((18.0, 26.0), (False, True))])
def test_the_bound_of_each_platform_is_below_every_plan_with_it(wage: float, cheap: bool) -> None:
    own = pool(OWN, shrinkage={"absence": 0.1})
    pools = {"own": own, "vendor": pool(shifts("08:00", 2.0), VENDOR, wage=wage)}
    technologies = {**PLATFORMS, "flat": {"subscription_per_year": 3650.0 if cheap else 36_500.0}}
    of = scenario({"calls": queue()}, pools, technologies=technologies)
    made = program(problem(of, {"calls": [20.0, 31.0, 12.0, 8.0]}))
    done, bounds = bounded(made)
    best = {platform: best_with(made, platform) for platform in range(3)}
    assert all(bounds[platform] <= best[platform] * (1 + 1e-6) for platform in range(3))
    assert done.bound <= min(best.values()) * (1 + 1e-6)
    assert done.bound >= min(bounds.values()) * (1 - 1e-9)
    assert done.values[made.decide.platforms.chosen].max() == pytest.approx(1.0)


def test_bounds_of_columns_are_given_back_and_the_session_holds_what_it_says() -> None:
    made = two_pools()
    with LinearSession(time.monotonic() + 20) as linear:
        rows = first_rows(made)
        program_held = with_rows(made.matrix, rows)
        linear.load(program_held)
        start = linear.solve()
        names = made.matrix.column_names, made.matrix.rows.names
        stands = NamedBasis(*names, linear.basis())
        done = Relaxation(start.cost, start.values, start.reduced_costs, rows, stands, 1, program_held)

        def separate(values: Any) -> Any:
            missing = violated(made, values, 1e-5)
            return missing.rows, missing.violation < 1e-4

        found, ways = way_by_way(made, Begun(done, (), separate), linear)
        again = linear.solve()
    assert found.bound >= again.cost - 1e-6
    assert len(found.held.rows) == len(made.matrix.rows) + len(found.rows)
    assert found.basis.basis.rows.size == len(made.matrix.rows) + len(found.rows)
    assert set(least_by_platform(made, ways)) == {0, 1, 2}


def test_a_platform_that_lets_too_few_work_has_an_infinite_bound() -> None:
    made = two_pools(maximum_seats=0)
    _, bounds = bounded(made)
    assert bounds[2] == float("inf")
    assert np.isfinite(bounds[0])


def test_where_no_platform_will_do_there_is_no_point() -> None:
    made = two_pools({"a": {"pools": "vendor"}, "b": {"pools": "vendor"}}, maximum_seats=0)
    with pytest.raises(NoPointHolds):
        bounded(made)


def test_platforms_that_cannot_better_the_plan_are_left_out() -> None:
    made = two_pools()
    people = on_shifts((4, 4), (0, 0))
    with LinearSession(time.monotonic() + 20) as session:
        plan = candidate(made.on, people, (0,), Splits(made.on, session))
    found = Found(best=plan, by_platform={0: plan.cost - 1, 1: plan.cost + 1, 2: float("inf")})
    narrowed = without_dear_platforms(made, made.matrix, found)
    assert narrowed.upper[made.decide.platforms.chosen].tolist() == [1.0, 0.0, 0.0]
    assert without_dear_platforms(made, made.matrix, Found(best=plan)) is made.matrix
