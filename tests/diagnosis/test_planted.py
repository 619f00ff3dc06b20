"""Scenarios without a plan: the planted clash is found and minimal, its cheapest repair has its price."""

from __future__ import annotations

from functools import cache

import pytest

from planner.diagnosis import Effort, Infeasible, diagnose, rules_of
from planner.diagnosis.document import Change, PricedRepair
from planner.diagnosis.edits import Edit, edited
from planner.diagnosis.rules import Rule
from planner.errors import NoPlanExists
from planner.problem import Problem
from tests.diagnosis.others import exists, least_cost
from tests.diagnosis.planted import PLANTED, Planted

every = pytest.mark.parametrize("case", PLANTED, ids=lambda case: case.name)
WEEKS_FOR_SURE = "uncertainty.confidence"


@cache
def found(case: Planted) -> Infeasible:
    of = case.problem()
    return diagnose(of, NoPlanExists(["as planted"]), Effort(60.0, of.scenario.solver))


def rules(of: Problem) -> dict[str, Rule]:
    return {rule.field: rule for rule in rules_of(of).rules}


def test_thirty_clashes_are_planted() -> None:
    assert len({case.name for case in PLANTED}) >= 30


@every
def test_the_planted_clash_is_named(case: Planted) -> None:
    named = [frozenset(rule.field for rule in clash.rules) for clash in found(case).clashes]
    assert case.clash in named


@every
def test_a_clash_leaves_no_plan_and_without_any_one_of_its_rules_there_is_one(case: Planted) -> None:
    ruled = rules_of(case.problem())
    for clash in found(case).clashes:
        fields = {rule.field for rule in clash.rules}
        assert clash.minimal
        assert not exists(ruled.keeping([rule for rule in ruled.rules if rule.field in fields]))
        for left_out in fields:
            kept = [rule for rule in ruled.rules if rule.field in fields - {left_out}]
            assert exists(ruled.keeping(kept)), left_out


@every
def test_the_cheapest_repair_costs_what_another_solver_says(case: Planted) -> None:
    cheapest = found(case).repairs[0]
    assert found(case).complete
    assert cheapest.cost is not None
    assert cheapest.cost == min(one.cost for one in found(case).repairs if one.cost is not None)
    assert cheapest.cost == pytest.approx(least_cost(repaired(case.problem(), cheapest)), rel=2e-4)


@every
def test_one_step_less_than_a_repair_is_not_enough(case: Planted) -> None:
    of = case.problem()
    for repair in found(case).repairs:
        (change, *more) = repair.changes
        steps = rules(of)[change.field].steps
        if more or steps is None or change.field == WEEKS_FOR_SURE or not change.smallest:
            continue
        assert isinstance(change.after, (int, float))
        less = change.model_copy(update={"after": change.after - steps.step})
        if less.after != change.before:
            assert not exists(repaired(of, repair.model_copy(update={"changes": (less,)})))


def repaired(of: Problem, repair: PricedRepair) -> Problem:
    """The problem with the changes that a repair names."""
    return edited(rules_of(of).problem, [edit for one in repair.changes for edit in edits(of, one)])


def edits(of: Problem, change: Change) -> tuple[Edit, ...]:
    rule = rules(of)[change.field]
    if rule.steps is not None:
        return (Edit(rule.steps.place, change.after),)
    return next(option.edits for option in rule.options if option.after == change.after)
