"""Lines planned alone: what they ask for, who plans it, and what the shares then are."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from decimal import Decimal
from fractions import Fraction
from functools import cache
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pytest

from planner.allocation import Allocation, Lines, Progress, Terms, allocate, lines_from
from planner.allocation.coalitions import coalition_plans
from planner.allocation.ownership import Ownership, ownership, usual_lines
from planner.allocation.subset import problem_for
from planner.errors import Interrupted, InvalidInput, NoPlanExists, OutOfTime
from planner.plan import Plan
from planner.problem import Problem
from planner.staffing import evaluate_roster, make_plan
from tests.allocation.plans import by_hand
from tests.program.enumeration import cheapest
from tests.program.small_problems import pool, problem, queue, scenario, shifts

P = ParamSpec("P")
T = TypeVar("T")
MOST = 5
EXACT = Terms(gap=1e-6)
AI = {
    "intents": [
        {"name": "parcel", "share": 0.4, "containment": 0.9},
        {"name": "complaints", "share": 0.6, "automatable": False},
    ],
    "fixed_cost_per_month": 400.0,
    "level_step": 0.4,
}
SPLIT = {
    "shop": {"queues": {"sales": 1.0}},
    "web": {"queues": {"service": 0.6}},
    "store": {"queues": {"service": 0.4}},
}


class Here(Executor):
    """Does at once what it is given, and remembers how much time each had."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.seconds.append(float(args[1].time_limit_seconds))  # type: ignore[attr-defined]  # its limits
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except (NoPlanExists, OutOfTime) as failure:
            future.set_exception(failure)
        return future


def two_queues(**rules: Any) -> Problem:
    """Sales and service for four hours, people who serve both, and a pool for service alone."""
    queues = {
        "sales": queue(service={"answer_rate": 0.9, "floor": 0.6}),
        "service": queue(service={"answer_rate": 0.9, "floor": 0.6}, automation=AI),
    }
    pools = {
        "own": pool(shifts("08:00", 4.0), queues=["sales", "service"], **rules),
        "late": pool(shifts("10:00", 2.0), queues="service", wage=15.0),
    }
    return problem(
        scenario(queues, pools), {"sales": [14.0, 22.0, 30.0, 9.0], "service": [9.0, 12.0, 40.0, 35.0]}
    )


@cache
def planned() -> Plan:
    return make_plan(two_queues())


@cache
def lines() -> Lines:
    return lines_from({"lines": SPLIT})


@cache
def shared() -> Allocation:
    return allocate(planned(), lines(), "shapley", EXACT)


def owned() -> Ownership:
    return ownership(lines(), ("sales", "service"))


def test_lines_alone_bring_their_own_contacts_and_nobody_elses() -> None:
    of = two_queues()

    web = problem_for(of, owned(), 0b010)

    assert tuple(web.scenario.queues) == ("service",)
    assert {name: rules.queues for name, rules in web.scenario.pools.items()} == {
        "own": ("service",),
        "late": ("service",),
    }
    np.testing.assert_allclose(web.forecast.contacts[:, 0], 0.6 * of.forecast.contacts[:, 1])
    np.testing.assert_array_equal(web.forecast.handle_time[:, 0], of.forecast.handle_time[:, 1])


def test_pools_that_no_line_here_can_use_are_left_out() -> None:
    shop = problem_for(two_queues(), owned(), 0b001)
    assert {name: rules.queues for name, rules in shop.scenario.pools.items()} == {"own": ("sales",)}


def test_all_lines_together_ask_for_the_whole_problem() -> None:
    of = two_queues()
    every = problem_for(of, owned(), 0b111)

    assert every.scenario == of.scenario
    np.testing.assert_array_equal(every.forecast.contacts, of.forecast.contacts)


def test_agents_asked_for_are_shared_like_contacts() -> None:
    rules = {name: queue(patience_seconds=None) for name in ("sales", "service")}
    own = pool(shifts("08:00", 4.0), queues=["sales", "service"])
    of = problem(scenario(rules, {"own": own}), {}, agents={"sales": [3.0], "service": [5.0]})

    found = problem_for(of, owned(), 0b011).forecast.agents

    assert found is not None
    assert found[8].tolist() == [3.0, 3.0]


def test_every_coalition_costs_what_trying_every_plan_finds() -> None:
    rows = {row.lines: row for row in shared().coalitions}
    assert len(rows) == 7
    names = tuple(SPLIT)
    for members in range(1, 8):
        lines_there = tuple(name for line, name in enumerate(names) if members >> line & 1)
        least = cheapest(problem_for(two_queues(), owned(), members), MOST)
        assert rows[lines_there].cost == pytest.approx(least, abs=0.01)


def test_shares_are_the_shapley_value_of_those_costs() -> None:
    """In every order of the three lines, written out."""
    cost = {frozenset(row.lines): row.cost for row in shared().coalitions} | {frozenset[str](): 0.0}
    a, b, c = (frozenset([name]) for name in SPLIT)
    want = (
        2 * (cost[a] - 0)
        + (cost[a | b] - cost[b])
        + (cost[a | c] - cost[c])
        + 2 * (cost[a | b | c] - cost[b | c])
    ) / 6

    assert float(shared().lines[0].cost) == pytest.approx(want, abs=0.011)


def test_shares_add_up_to_the_plan_to_the_cent_item_by_item() -> None:
    made = shared()
    assert sum(line.cost for line in made.lines) == made.cost == round(Decimal(planned().cost), 2)
    assert sum(cell.amount for cell in made.cells) == made.cost
    for line in planned().costs:
        found = [
            cell.amount
            for cell in made.cells
            if (cell.item, cell.pool, cell.queue) == (line.item, line.pool, line.queue)
        ]
        assert float(sum(found)) == pytest.approx(line.amount, abs=0.011)


def test_the_range_holds_the_share_and_is_as_wide_as_the_gaps() -> None:
    for line in shared().lines:
        assert line.low is not None
        assert line.high is not None
        assert line.low <= line.cost <= line.high
        assert line.high - line.low < Decimal("0.05")


def test_lines_that_are_alike_pay_alike() -> None:
    half = {"a": {"queues": {"sales": 0.5, "service": 0.5}}, "b": {"queues": {"sales": 0.5, "service": 0.5}}}
    first, second = allocate(planned(), lines_from({"lines": half}), "shapley", EXACT).lines
    assert abs(first.cost - second.cost) <= Decimal("0.02")


def test_one_line_bears_all_and_nothing_is_planned() -> None:
    whole = lines_from({"lines": {"all": {"queues": {"sales": 1.0, "service": 1.0}}}})
    elsewhere = Here()

    made = allocate(planned(), whole, "shapley", Terms(executor=elsewhere))

    assert [line.cost for line in made.lines] == [made.cost]
    assert elsewhere.seconds == []


def test_a_line_without_contacts_costs_nothing() -> None:
    rules = {"sales": queue(), "quiet": queue()}
    own = pool(shifts("08:00", 4.0), queues=["sales", "quiet"])
    of = problem(scenario(rules, {"own": own}), {"sales": [14.0], "quiet": [0.0]})

    made = allocate(make_plan(of), by="shapley", terms=EXACT)

    assert {line.line: line.cost for line in made.lines} == {"sales": made.cost, "quiet": 0}
    assert made.lines[1].cost_per_contact is None


def test_people_who_are_kept_all_year_are_paid_by_whoever_may_use_them() -> None:
    """Ten are on the books at the least, and either line alone would need them too: half each."""
    rules = {"sales": queue(), "service": queue()}
    own = pool(shifts("08:00", 4.0), queues=["sales", "service"], minimum_headcount=10)
    monthly = own | {"pay": {"by": "month", "wage": 3650.0}}
    of = problem(scenario(rules, {"own": monthly}), {"sales": [14.0], "service": [3.0]})

    made = allocate(make_plan(of), by="shapley", terms=EXACT)

    assert [line.cost for line in made.lines] == [Decimal("600.00"), Decimal("600.00")]


def test_time_is_shared_out_evenly_and_what_is_left_goes_to_those_after() -> None:
    elsewhere = Here()

    coalition_plans(two_queues(), owned(), (1, 2, 4), Terms(time_limit_seconds=30.0, executor=elsewhere))

    assert elsewhere.seconds[0] == pytest.approx(10.0, abs=0.5)
    assert elsewhere.seconds[1] > 10.0
    assert elsewhere.seconds[2] > 20.0


def test_more_workers_have_more_time_each() -> None:
    elsewhere = Here()
    terms = Terms(time_limit_seconds=30.0, executor=elsewhere, workers=2)

    coalition_plans(two_queues(), owned(), (1, 2, 4), terms)

    assert elsewhere.seconds[0] == pytest.approx(20.0, abs=0.5)


def test_processes_elsewhere_find_the_same() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        made = allocate(planned(), lines(), "shapley", Terms(gap=1e-6, executor=processes, workers=2))
    for mine, theirs in zip(shared().lines, made.lines, strict=True):
        assert float(mine.cost) == pytest.approx(float(theirs.cost), abs=0.03)


def test_threads_side_by_side_find_the_same() -> None:
    made = allocate(planned(), lines(), "shapley", Terms(gap=1e-6, workers=3))
    for mine, theirs in zip(shared().lines, made.lines, strict=True):
        assert float(mine.cost) == pytest.approx(float(theirs.cost), abs=0.03)


def test_progress_tells_which_lines_are_planned_alone() -> None:
    seen: list[Progress] = []
    coalition_plans(two_queues(), owned(), (1, 6), Terms(watch=seen.append))

    assert {each.doing for each in seen} == {("shop",), ("web + store",)}
    assert (seen[0].done, seen[0].of, seen[-1].done) == (0, 2, 1)


def test_a_coalition_without_a_plan_is_named() -> None:
    """One seat is too few for the shop, whose plan at hand has more."""
    plan = planned()
    tight = plan.inputs.scenario["pools"]["own"] | {"maximum_seats": 1}
    inputs = plan.inputs.model_copy(
        update={"scenario": plan.inputs.scenario | {"pools": plan.inputs.scenario["pools"] | {"own": tight}}}
    )
    with pytest.raises(NoPlanExists, match="shop alone: "):
        allocate(plan.model_copy(update={"inputs": inputs}), lines(), "shapley", EXACT)


def test_a_coalition_without_time_is_named() -> None:
    with pytest.raises(OutOfTime, match=r"shop alone: no plan within .* allow more with --time-limit"):
        allocate(planned(), lines(), "shapley", Terms(time_limit_seconds=0.3))


def test_time_that_is_up_before_the_start_is_told() -> None:
    with pytest.raises(OutOfTime, match="6 coalitions of lines have no plan yet"):
        allocate(planned(), lines(), "shapley", Terms(started=time.monotonic() - 1000.0))


def test_a_run_that_is_stopped_ends_soon_and_has_no_result() -> None:
    asked = threading.Event()
    asked.set()
    with pytest.raises(Interrupted, match="before every coalition"):
        coalition_plans(two_queues(), owned(), (1, 2), Terms(stopped=asked.is_set))


def test_nine_lines_are_too_many() -> None:
    many = {f"l{place}": {"queues": {"sales": 1 / 9, "service": 1 / 9}} for place in range(9)}
    with pytest.raises(InvalidInput, match=r"--by: shapley takes at most 8 lines, 255 plans \(got 9\)"):
        allocate(by_hand(), lines_from({"lines": many}), "shapley")


def test_a_roster_is_shared_out_at_its_own_cost_and_that_is_noted() -> None:
    of = two_queues()
    plan = planned()
    shares = {row.queue: row.share for row in plan.automation}
    roster = [seat.model_copy(update={"people": seat.people + 1}) for seat in plan.seats]
    dear = evaluate_roster(of, roster, shares)

    made = allocate(dear, lines(), "shapley", EXACT)

    assert sum(line.cost for line in made.lines) == made.cost == round(Decimal(dear.cost), 2)
    assert any("evaluated" in note for note in made.notes)


def test_usual_lines_are_queues() -> None:
    of = two_queues()
    found = ownership(usual_lines(of.scenario.queues), tuple(of.scenario.queues))
    assert found.lines == ("sales", "service")
    assert found.share == ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))


def test_a_part_that_is_dearer_than_the_whole_is_noted() -> None:
    """The plan at hand as if it cost 1."""
    wages = planned().costs[0].model_copy(update={"amount": 1.0})
    made = allocate(planned().model_copy(update={"costs": (wages,), "cost": 1.0}), lines(), "shapley", EXACT)

    dearest = max(row.cost for row in made.coalitions[:-1])
    (note,) = (note for note in made.notes if "alone cost" in note)
    assert f"alone cost {dearest - 1:,.2f} more than shop + web + store" in note
    assert sum(line.cost for line in made.lines) == 1
