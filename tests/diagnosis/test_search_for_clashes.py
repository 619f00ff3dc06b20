"""Smallest clashes, their corrections and nearest values, on questions made up and answered at once."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from planner.diagnosis import Effort, diagnose, rules_of
from planner.diagnosis.clash import fewest
from planner.diagnosis.repairs import nearest
from planner.diagnosis.rules import Rule
from planner.errors import NoPlanExists
from planner.problem import Problem
from tests.diagnosis.others import exists
from tests.program.small_problems import pool, problem, queue, scenario, shifts

LONG = shifts("08:00", 4.0)
RATE = {"answer_rate": 0.9, "floor": None}


def rule(number: int) -> Rule:
    return Rule(f"rule {number}", None, "", (), "limit")


@given(st.integers(1, 12), st.data())
def test_the_fewest_rules_that_clash_are_found_whatever_clashes(count: int, data: st.DataObject) -> None:
    rules = [rule(number) for number in range(count)]
    some = st.sets(st.integers(0, count - 1), min_size=1)
    clashing = [
        frozenset(f"rule {n}" for n in one) for one in data.draw(st.lists(some, min_size=1, max_size=4))
    ]

    def clashes(kept: Sequence[Rule]) -> bool:
        return any(one <= {each.field for each in kept} for one in clashing)

    found = fewest(clashes, rules)
    assert clashes(found)
    assert not any(clashes([other for other in found if other is not left]) for left in found)


def test_rules_named_first_are_preferred() -> None:
    rules = [rule(number) for number in range(6)]

    def clashes(kept: Sequence[Rule]) -> bool:
        names = {each.field for each in kept}
        return {"rule 0", "rule 1"} <= names or {"rule 4", "rule 5"} <= names

    assert [one.field for one in fewest(clashes, rules)] == ["rule 0", "rule 1"]


def test_where_nothing_can_be_left_out_there_is_no_rule_to_name() -> None:
    assert fewest(lambda kept: True, [rule(1), rule(2)]) == []


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 70))
def test_the_nearest_value_that_is_enough_is_found(first: int, last: int, least: int) -> None:
    asked: list[int] = []

    def enough(number: int) -> bool:
        asked.append(number)
        return number >= least

    found = nearest(enough, first, last)
    assert found == (max(first, least) if max(first, least) <= last else None)
    assert all(first <= number <= last for number in asked)


def two_short_queues() -> Problem:
    queues = {"calls": queue(service=RATE), "mail": queue(service=RATE)}
    pools = {
        "own": pool(LONG, maximum_headcount=2, queues="calls"),
        "post": pool(LONG, maximum_seats=2, queues="mail"),
    }
    return problem(scenario(queues, pools), {"calls": [40.0], "mail": [40.0]})


def test_two_queues_that_are_short_are_two_clashes_and_repaired_together() -> None:
    of = two_short_queues()
    found = diagnose(of, NoPlanExists(["as planted"]), Effort(120.0, of.scenario.solver))
    fields = [{rule.field for rule in clash.rules} for clash in found.clashes]
    assert {"queues.calls.service.answer_rate", "pools.own.maximum_headcount", "pools.post.queues"} in fields
    assert {"queues.mail.service.answer_rate", "pools.post.maximum_seats", "pools.own.queues"} in fields
    assert found.repairs
    assert all(len(repair.changes) > 1 for repair in found.repairs)
    costs = [repair.cost for repair in found.repairs if repair.cost is not None]
    assert costs == sorted(costs)


def test_what_is_not_found_in_time_is_not_claimed() -> None:
    of = two_short_queues()
    found = diagnose(of, NoPlanExists(["as planted"]), Effort(0.01, of.scenario.solver))
    assert not found.complete
    assert all(not rule.necessary for clash in found.clashes for rule in clash.rules)
    assert json.loads(found.to_json())["status"] == "infeasible"


def test_every_rule_left_out_alone_leaves_a_problem_that_can_be_planned() -> None:
    of = two_short_queues()
    ruled = rules_of(of)
    assert exists(ruled.keeping([]))
    for one in ruled.rules:
        kept = [other for other in ruled.rules if other is not one]
        assert ruled.keeping(kept).scenario != ruled.problem.scenario
