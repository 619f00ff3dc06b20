"""The walk, on one page: plans side by side, what they share, and why two of them differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.errors import InvalidInput, Mistake, NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.seasons.causes import ORDER, Cause
from planner.seasons.differences import Differences, SidePlan, Way
from planner.seasons.explaining import difference
from planner.seasons.lattice import Question
from planner.seasons.mixing import unlike
from planner.seasons.people import moves, shared_patterns
from planner.seasons.side import side_plan
from planner.staffing.several import Ask, Batch, several


@dataclass(frozen=True, slots=True)
class Given:
    """A problem to compare, and its plan where one is at hand; `source` is where a person finds it."""

    source: str
    problem: Problem
    plan: Plan | None = None


def compare(
    given: Sequence[Given],
    way: Way | None = None,
    batch: Batch | None = None,
    order: Sequence[Cause] = ORDER,
) -> Differences:
    """Plans side by side, and the difference of two explained.

    Parameters
    ----------
    given : at least one; what has no plan is planned
    way : how the difference of two is explained; None: it is not
    batch : how plans are made
    order : in which causes are swapped

    Raises
    ------
    InvalidInput
        If the currencies differ, or there are more causes than `shapley` takes.
    NoPlanExists, OutOfTime, Interrupted
        If one of those given got no plan, or, for `shapley`, no order of causes has a plan at every step.

    Notes
    -----
    docs/explanation/seasons.md.
    """
    _check_currency(given)
    on = batch or Batch()
    questions = _questions(given, on)
    plans = [question.plan for question in questions]
    beside = tuple(
        side_plan(number, each.source, each.plan, each.problem) for number, each in enumerate(questions, 1)
    )
    two = len(questions) == 2 and not any(unlike(*(each.problem for each in questions)))
    explained = difference(questions[0], questions[1], way, on, order) if way and two else None
    return Differences(
        currency=plans[0].currency,
        plans=beside,
        patterns=tuple(shared_patterns(plans)),
        moves=tuple(moves(plans)),
        difference=explained,
        notes=tuple(_notes(questions, beside, way)),
    )


def _check_currency(given: Sequence[Given]) -> None:
    first = given[0].problem.scenario.currency
    wrong = [
        Mistake(each.source, "currency", f"must be {first} like that of {given[0].source} (got {other})")
        for each in given
        if (other := each.problem.scenario.currency) != first
    ]
    if wrong:
        raise InvalidInput(wrong)


def _questions(given: Sequence[Given], batch: Batch) -> list[Question]:
    """Everything given with its plan."""
    missing = [each for each in given if each.plan is None]
    made = iter(several([Ask(each.source, each.problem) for each in missing], batch))
    found = []
    for each in given:
        plan = next(made) if each.plan is None else each.plan
        if isinstance(plan, NoPlanExists):
            raise NoPlanExists([f"{each.source}: {reason}" for reason in plan.reasons]) from plan
        found.append(Question(each.source, each.problem, plan))
    return found


def _notes(questions: Sequence[Question], beside: Sequence[SidePlan], way: Way | None) -> Iterator[str]:
    yield from _not_in_all(questions)
    yield from _too_near(beside)
    silent = [str(each.number) for each in beside if each.resolved is None]
    if silent:
        plans = f"plan {silent[0]}" if len(silent) == 1 else f"plans {', '.join(silent)}"
        yield f"nothing is known of resolved contacts in {plans}: that takes `repeats` of every queue"
    if len({each.days for each in beside}) > 1:
        yield "the calendars differ in length: compare what a contact costs, not what the plans cost"
    for number, each in enumerate(questions, 1):
        if each.plan.status == "evaluated":
            yield (
                f"plan {number} is a roster that was evaluated: what it costs beyond the least is part of "
                "every difference to it"
            )
        if each.plan.repair is not None:
            yield f"plan {number} was repaired by a replay, and plans in between are made by the formulas"
    if way and len(questions) == 2:
        for reason in unlike(questions[0].problem, questions[1].problem):
            yield f"the difference is not explained: {reason}"


def _not_in_all(questions: Sequence[Question]) -> Iterator[str]:
    for kind, one in (
        ("queues", "queue"), ("pools", "pool"), ("vendors", "vendor"), ("technologies", "technology"),
        ("investments", "investment"),
    ):  # fmt: skip
        names = [tuple(getattr(each.problem.scenario, kind)) for each in questions]
        for name in dict.fromkeys(name for these in names for name in these):
            having = [str(number) for number, these in enumerate(names, 1) if name in these]
            if len(having) < len(names):
                where = " and ".join(having)
                yield f"{one} {name} is in plan {where} alone; what it changes is structure"


def _too_near(beside: Sequence[SidePlan]) -> Iterator[str]:
    """Neighbours by cost whose gaps leave open which is cheaper."""
    ordered = sorted(beside, key=lambda each: each.cost)
    for cheap, dear in pairwise(ordered):
        if cheap.days == dear.days and dear.bound is not None and dear.bound <= cheap.cost:
            yield (
                f"plans {cheap.number} and {dear.number} are too near to tell which can be had for less: "
                "their costs differ by less than the gap"
            )
