from __future__ import annotations

import itertools
import os
import signal
import time
from dataclasses import replace

import numpy as np
import pytest

from planner.solver.matrix import Matrix, objective, violation
from planner.solver.mixed import Event, Runs, Task
from planner.solver.process import Engine
from tests.solver.programs import dense_rows, market_split, program

ENGINES: tuple[Engine, ...] = ("scip", "highs")
both = pytest.mark.parametrize("solver", ENGINES)


def soon(seconds: float = 30.0) -> float:
    return time.monotonic() + seconds


def told(*tasks: Task, seconds: float = 30.0) -> list[Event]:
    """Every event of these tasks, run side by side."""
    events: list[Event] = []
    with Runs(soon(seconds)) as runs:
        for task in tasks:
            runs.start(task)
        while runs.running:
            event = runs.next(seconds + 5)
            assert event is not None
            events.append(event)
    return events


def knapsack() -> Matrix:
    """The cheapest exact change: 12 a + 17 b + 25 c = 101."""
    return replace(program([5, 7, 9], dense_rows([[12, 17, 25]], [101], [101])), offset=100.0)


def cheapest_change() -> float:
    """The knapsack's cost by trying every amount."""
    amounts = itertools.product(range(9), range(6), range(5))
    return 100 + min(5 * a + 7 * b + 9 * c for a, b, c in amounts if 12 * a + 17 * b + 25 * c == 101)


@both
def test_an_equation_over_whole_numbers_is_solved_as_by_enumeration(solver: Engine) -> None:
    last = told(Task("change", solver, knapsack()))[-1]
    assert (last.kind, last.status) == ("done", "optimal")
    assert last.cost == pytest.approx(cheapest_change())
    assert last.bound == pytest.approx(last.cost)
    assert last.values is not None
    assert violation(knapsack(), last.values) == 0.0


@both
def test_a_cover_needs_the_people_that_counting_says(solver: Engine) -> None:
    """Five cyclic days on, two off, 3 people a day: ceil(7 x 3 / 5) = 5."""
    days = [[1.0 if (day - start) % 7 < 5 else 0.0 for start in range(7)] for day in range(7)]
    last = told(Task("week", solver, program([1.0] * 7, dense_rows(days, [3.0] * 7, [np.inf] * 7))))[-1]
    assert last.cost == pytest.approx(5.0)


@both
def test_an_impossible_program_is_called_infeasible(solver: Engine) -> None:
    last = told(Task("none", solver, program([1, 1], dense_rows([[2, 4]], [7], [7]))))[-1]
    assert (last.kind, last.status, last.cost) == ("done", "infeasible", None)


@both
def test_an_endless_program_is_called_unbounded(solver: Engine) -> None:
    last = told(Task("endless", solver, program([-1, 1], dense_rows([[1, -1]], [0], [np.inf]))))[-1]
    assert (last.kind, last.status) == ("done", "unbounded")


@both
def test_plans_and_bounds_come_before_the_end_and_close_in(solver: Engine) -> None:
    events = told(Task("split", solver, market_split(seed=3, rows=3)))
    plans = [event.cost for event in events if event.kind == "plan" and event.cost is not None]
    bounds = [event.bound for event in events if event.kind == "bound" and event.bound is not None]
    assert len(plans) > 1
    assert bounds
    assert plans == sorted(plans, reverse=True)
    assert bounds == sorted(bounds)
    assert all(e.bound <= e.cost + 1e-6 for e in events if e.bound is not None and e.cost is not None)
    assert (events[-1].kind, events[-1].status) == ("done", "optimal")


def test_both_solvers_agree_side_by_side() -> None:
    events = told(*(Task(solver, solver, market_split(rows=2)) for solver in ENGINES))
    costs = {event.task: event.cost for event in events if event.kind == "done"}
    assert costs["scip"] == pytest.approx(costs["highs"])


@both
def test_a_solver_stops_at_the_gap_asked_for(solver: Engine) -> None:
    last = told(Task("split", solver, market_split(seed=3, rows=3), gap=0.5))[-1]
    assert last.status == "optimal"
    assert last.cost is not None
    assert last.bound is not None
    assert (last.cost - last.bound) / last.cost <= 0.5


@both
def test_a_start_is_the_first_plan_and_is_never_lost(solver: Engine) -> None:
    matrix = market_split(rows=4)
    values = np.concatenate([np.zeros(30), matrix.rows.lower, np.zeros(4)])
    events = told(Task("split", solver, matrix, start=values), seconds=1.5)
    assert events[-1].cost is not None
    assert events[-1].cost <= objective(matrix, values)
    assert all(event.cost is not None for event in events)


@both
def test_the_deadline_holds_and_keeps_the_best_plan(solver: Engine) -> None:
    began = time.monotonic()
    last = told(Task("split", solver, market_split(rows=5)), seconds=2.0)[-1]
    assert time.monotonic() - began < 3.0
    assert (last.kind, last.status) == ("done", "stopped")
    assert last.values is not None


def test_a_solver_that_stands_still_is_ended_at_the_deadline() -> None:
    began = time.monotonic()
    with Runs(soon(1.5)) as runs:
        runs.start(Task("split", "highs", market_split(rows=5)))
        [run] = runs._runs.values()
        os.kill(run.child.pid, signal.SIGSTOP)
        event = runs.next(10.0)
    assert time.monotonic() - began < 2.5
    assert event is not None
    assert (event.kind, event.status, event.cost) == ("done", "stopped", None)


def test_a_solver_that_crashes_is_told_of_and_the_others_go_on() -> None:
    with Runs(soon()) as runs:
        runs.start(Task("crash", "highs", market_split(rows=5)))
        [run] = runs._runs.values()
        os.kill(run.child.pid, signal.SIGSEGV)
        runs.start(Task("change", "scip", knapsack()))
        ends = {}
        while runs.running:
            event = runs.next(10.0)
            assert event is not None
            ends[event.task] = event
    assert ends["crash"].kind == "failed"
    assert "code -11" in ends["crash"].message
    assert ends["change"].status == "optimal"


def test_an_option_the_solver_does_not_know_is_a_failure_with_its_words() -> None:
    [event] = told(Task("odd", "scip", knapsack(), options={"no/such/option": 1}))
    assert event.kind == "failed"
    assert "Not a valid parameter name" in event.message


def test_a_stopped_task_is_heard_of_no_more() -> None:
    with Runs(soon()) as runs:
        runs.warm("highs")
        runs.start(Task("split", "highs", market_split(rows=5)))
        assert runs.next(10.0) is not None
        runs.stop("split")
        assert runs.running == ()
        assert runs.next(5.0) is None


def test_columns_that_are_no_whole_numbers_are_computed_again_after_rounding() -> None:
    """A level that is 1 to within a solver's tolerance, times a large number, must not break the row."""
    matrix = Matrix(
        column_names=("lost", "level"),
        cost=np.array([1.0, 0.0]),
        offset=0.0,
        lower=np.zeros(2),
        upper=np.array([np.inf, 1.0]),
        integer=np.array([False, True]),
        rows=dense_rows([[1.0, -1e6], [0.0, 1.0]], [0.0, 0.999999], [np.inf, np.inf]),
    )
    for solver in ENGINES:
        last = told(Task("level", solver, matrix))[-1]
        assert last.values is not None
        assert last.values.tolist() == [1e6, 1.0]
