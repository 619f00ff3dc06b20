"""The smallest change of each rule, or of a few together, with which a plan exists.

(E4) of docs/explanation/why.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.diagnosis.clash import Ruled
from planner.diagnosis.document import Change
from planner.diagnosis.edits import Edit, edited
from planner.diagnosis.feasible import Oracle, Verdict
from planner.diagnosis.rules import Option, Rule, Steps, edits_of
from planner.diagnosis.words import change_in_words
from planner.problem import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """Changes that are enough, as edits and in words."""

    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]


def smallest(ruled: Ruled, oracle: Oracle, rules: Sequence[Rule]) -> Found | None:
    """The smallest change of each of these rules, one after the other, with which a plan exists.

    While one is made smaller, those after it are left out whole. None where no value that makes sense is
    enough.

    Raises
    ------
    OutOfTime, Interrupted
        If the time of everything is over.
    """
    edits: tuple[Edit, ...] = ()
    changes: list[Change] = []
    for number, rule in enumerate(rules):
        rest = edits_of(list(rules[number + 1 :]))

        def allows(
            tried: tuple[Edit, ...], kept: tuple[Edit, ...] = edits, after: tuple[Edit, ...] = rest
        ) -> Problem:
            return edited(ruled.problem, (*kept, *tried, *after))

        found = _steps(rule, rule.steps, allows, oracle) if rule.steps else _options(rule, allows, oracle)
        if found is None:
            return None
        edits, changes = (*edits, *found.edits), [*changes, *found.changes]
    return Found(edits, tuple(changes))


def _options(rule: Rule, allows: Callable[[tuple[Edit, ...]], Problem], oracle: Oracle) -> Found | None:
    """The first option that is enough."""
    for option in rule.options:
        if oracle.whole(allows(option.edits)) == "yes":
            return _chosen(rule, option)
    return None


def _chosen(rule: Rule, option: Option) -> Found:
    says = change_in_words(rule, option.after)
    change = Change(field=rule.field, before=rule.value, after=option.after, says=says, smallest=False)
    return Found(option.edits, (change,))


def _steps(
    rule: Rule, steps: Steps, allows: Callable[[tuple[Edit, ...]], Problem], oracle: Oracle
) -> Found | None:
    """The value nearest to what it holds with which a plan exists."""

    def asked(ask: Callable[[Problem], Verdict]) -> Callable[[int], Verdict]:
        return lambda number: ask(allows((Edit(steps.place, steps.value(number)),)))

    first = nearest(lambda number: asked(oracle.fractions)(number) != "no", 1, steps.count)
    if first is None:
        return None
    at = nearest(lambda number: asked(oracle.whole)(number) == "yes", first, steps.count)
    if at is None:
        return None
    proven = at == 1 or asked(oracle.whole)(at - 1) == "no"
    value = steps.value(at)
    says = change_in_words(rule, value)
    change = Change(field=rule.field, before=steps.now, after=value, says=says, smallest=proven)
    if steps.whole:
        change = change.model_copy(update={"before": int(steps.now)})
    return Found((Edit(steps.place, value),), (change,))


def nearest(enough: Callable[[int], bool], first: int, last: int) -> int | None:
    """The least number from first to last that is enough, where larger ones are too; None without any.

    Steps double from the first one on until one is enough, then the gap before it is halved.
    """
    if first > last:
        return None
    below, step, at = first - 1, 1, first
    while not enough(at):
        if at == last:
            return None
        below, at, step = at, min(at + step, last), 2 * step
    while at - below > 1:
        middle = (at + below) // 2
        at, below = (middle, below) if enough(middle) else (at, middle)
    return at
