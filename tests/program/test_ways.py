"""The relaxation way by way: its bound holds for every plan, its ways are together all there are."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from planner.arrays import Floats, frozen
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.build import Program
from planner.program.candidate import candidate, decided, seen
from planner.program.found import Found, Watcher
from planner.program.point import point_of
from planner.program.relaid import relaid
from planner.program.search import LITTLE, Ending, bounded, relaxed
from planner.program.way import OFF, Way, for_more_work
from planner.program.ways import held_at, least_by_platform
from planner.solver.linear import LinearSession
from planner.solver.matrix import objective
from planner.solver.relaxation import Relaxation
from tests.program.optimum import solved
from tests.program.small_problems import problem, program, queue, scenario
from tests.program.test_vendor_enumeration import AI, BUSY, CASES, OWN, minutes

NAMES = (
    "tiers_on_the_increment",
    "tiers_on_all_units",
    "a_minimum_spend_that_is_not_worth_signing",
    "a_fee_cap",
    "a_setup_fee_in_two_ways",
    "a_platform_for_own_people_or_a_vendor_alone",
)


def watcher() -> Watcher:
    return Watcher(time.monotonic() + 50, lambda doing, found: None, lambda: False)


USUAL = Ending()


def relaxation_of(made: Program, ending: Ending = USUAL) -> tuple[Relaxation, Found]:
    found = Found()
    with LinearSession(time.monotonic() + 50) as linear:
        return relaxed((made, None), linear, watcher(), found, ending), found


@pytest.mark.parametrize("name", NAMES)
def test_the_bound_of_every_way_is_below_the_best_plan_that_goes_it(name: str) -> None:
    made = program(CASES[name]())
    _, found = relaxation_of(made)
    best = float(objective(made.matrix, solved(made)))
    costs = [
        float(objective(made.matrix, values)) if (values := _best_on(made, way)) is not None else np.inf
        for way in found.ways
    ]
    assert found.bound == pytest.approx(min(way.bound for way in found.ways))
    assert all(way.bound <= cost * (1 + 1e-6) for way, cost in zip(found.ways, costs, strict=True))
    assert min(costs) == pytest.approx(best, rel=1e-6), "the ways are together all there are"


def _best_on(made: Program, way: Way) -> np.ndarray | None:
    try:
        return np.asarray(solved(replace(made, matrix=held_at(made, way))))
    except AssertionError:  # nothing holds on this way
        return None


def test_ways_raise_the_bound_of_fees_that_are_not_convex() -> None:
    raised = set()
    for name in NAMES:
        made = program(CASES[name]())
        alone, _ = relaxation_of(made, Ending(programs=0))
        done, found = relaxation_of(made)
        assert done.bound >= alone.bound - 1e-6
        if done.bound > alone.bound * (1 + 1e-4):
            raised.add(name)
            assert len(found.ways) > 1
    assert len(raised) >= 3, raised


def test_without_a_choice_there_are_no_ways() -> None:
    made = program(CASES["one_price"]())
    assert not made.decide.platforms.chosen.size
    done, found = relaxation_of(made)
    assert least_by_platform(made, found.ways) == {}
    assert done.bound == found.bound


def test_a_bound_that_is_enough_ends_it() -> None:
    made = program(CASES["tiers_on_the_increment"]())
    done, _ = relaxation_of(made)
    alone, _ = relaxation_of(made, Ending(programs=0))
    less, _ = relaxation_of(made, Ending(enough=alone.bound))
    assert less.bound == pytest.approx(alone.bound)
    assert less.rounds <= alone.rounds
    assert done.rounds > less.rounds


def test_a_relaxation_goes_on_from_its_own_ways() -> None:
    made = program(CASES["a_setup_fee_in_two_ways"]())
    first = bounded(made, watcher(), Ending(LITTLE, programs=0))
    again = bounded(made, watcher(), Ending(), first)
    alone = bounded(made, watcher(), Ending())
    assert again.bound >= first.bound - 1e-9
    assert again.bound == pytest.approx(alone.bound, rel=1e-3)


def weekly() -> Problem:
    """A promise over the whole calendar, so that contacts are counted beside the minutes."""
    relief = {"queues": "calls", "contract": minutes([{"up_to": 900.0, "price": 1.1}, {"price": 0.8}])}
    asked = {"calls": queue(service={"answer_rate": 0.93}, automation=AI)}
    of = scenario(asked, {"own": OWN}, vendors={"relief": relief})
    return problem(of, {"calls": BUSY})


@pytest.mark.parametrize("build", [CASES["tiers_on_the_increment"], CASES["a_setup_fee_in_two_ways"], weekly])
def test_rows_laid_anew_in_their_own_program_are_the_same(build: Callable[[], Problem]) -> None:
    made = program(build())
    done, _ = relaxation_of(made)
    again = relaid(made, done.rows)
    assert len(done.rows) > 0
    assert np.array_equal(again.starts, done.rows.starts)
    assert np.array_equal(again.columns, done.rows.columns)
    assert np.allclose(again.values, done.rows.values, rtol=1e-12)
    assert np.allclose(again.lower, done.rows.lower, rtol=1e-12)


def exact(made: Program) -> Floats:
    """The program's optimum as a plan, counted exactly, and that plan as a point."""
    values = solved(made)
    with LinearSession(time.monotonic() + 20) as session:
        plan = candidate(made.on, *decided(made, values), Splits(made.on, session), seen(made, values))
    return point_of(made, plan)


@pytest.mark.parametrize("build", [CASES["tiers_on_the_increment"], weekly])
def test_rows_laid_anew_hold_for_every_plan_of_the_other_program(build: Callable[[], Problem]) -> None:
    one = build()
    forecast = one.forecast
    busier = replace(one, forecast=replace(forecast, contacts=frozen(1.1 * forecast.contacts)))
    made, other = program(one), program(busier)
    assert made.matrix.column_names == other.matrix.column_names
    rows = relaid(other, relaxation_of(made)[0].rows)
    values = exact(other)
    lacking = rows.lower - np.add.reduceat(rows.values * values[rows.columns], rows.starts[:-1])
    assert lacking.max() < 1e-6
    warm = bounded(other, watcher(), Ending(), bounded(made, watcher(), Ending(programs=0)))
    assert warm.bound <= float(objective(other.matrix, values)) * (1 + 1e-6)


def test_a_way_inherits_the_least_of_those_that_may_lie_below_it() -> None:
    ways = (
        Way(10.0, None, {0: (OFF, 1)}),
        Way(12.0, 0, {0: (2, 2)}),
        Way(11.0, 1, {0: (2, 2), 1: (0, 0)}),
        Way(15.0, 1, {0: (2, 2), 1: (1, 3)}),
        Way(9.0, 1, {0: (3, 4)}),
    )
    bounds = [way.bound for way in for_more_work(ways)]
    assert bounds == [10.0, 10.0, 10.0, 10.0, 9.0]
    apart = (Way(5.0, 0, {}), Way(3.0, 1, {}))
    assert [way.bound for way in for_more_work(apart)] == [5.0, 3.0]
