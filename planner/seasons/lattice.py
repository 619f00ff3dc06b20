"""The plans between two plans: some causes taken from the second, all else from the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from planner.errors import NoPlanExists
from planner.plan import Plan
from planner.problem import Problem
from planner.seasons.causes import Cause
from planner.seasons.differences import Between
from planner.seasons.mixing import impossible, mixed
from planner.sharing.cents import CENTS, cents
from planner.staffing.several import Ask, Batch, several


@dataclass(frozen=True, slots=True)
class Question:
    """A problem and the plan that answers it; `source` is where a person finds it."""

    source: str
    problem: Problem
    plan: Plan


@dataclass(frozen=True, slots=True)
class Lattice:
    """Sets of causes by their bits, and what is known of the plan of each.

    causes : in which the two questions differ, in the order in which they are swapped
    made : plans by set, or why there is none; grows while they are asked for
    """

    first: Question
    second: Question
    causes: tuple[Cause, ...]
    batch: Batch
    made: dict[int, Plan | NoPlanExists] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.made.update({0: self.first.plan, self.everything: self.second.plan})

    @property
    def everything(self) -> int:
        """The set of all causes: the second question. Without any, a step that no cause makes."""
        return (1 << max(1, len(self.causes))) - 1

    def names(self, taken: int) -> tuple[Cause, ...]:
        """The causes of a set."""
        return tuple(cause for place, cause in enumerate(self.causes) if taken >> place & 1)

    def ask(self, sets: Iterable[int]) -> None:
        """Have the plans of these sets made, as far as they are not known.

        Raises
        ------
        OutOfTime, Interrupted
            If a plan was not made in time, or the run was stopped.
        """
        asks: dict[int, Ask] = {}
        for taken in sets:
            if taken in self.made:
                continue
            names = self.names(taken)
            problem = mixed(self.first.problem, self.second.problem, set(names))
            wrong = impossible(problem)
            if wrong:
                self.made[taken] = NoPlanExists(wrong)
            else:
                asks[taken] = Ask(" + ".join(names), problem)
        self.made.update(zip(asks, several(list(asks.values()), self.batch, len(self.made)), strict=True))

    def there(self, taken: int) -> bool:
        """Whether the set has a plan; asks for it where that is not known."""
        self.ask([taken])
        return isinstance(self.made[taken], Plan)

    def costs(self) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
        """Least and largest value of the least cost of every set with a plan: its bound, and the plan's cost.

        The costs of the first and of the second plan are in whole cents.
        """
        plans = {taken: plan for taken, plan in self.made.items() if isinstance(plan, Plan)}
        ends = (0, self.everything)
        high = {
            taken: Fraction(cents(plan.cost), CENTS) if taken in ends else Fraction(plan.cost)
            for taken, plan in plans.items()
        }
        low = {
            taken: high[taken] if plan.bound is None else min(Fraction(plan.bound), high[taken])
            for taken, plan in plans.items()
        }
        return low, high

    def between(self) -> Iterator[Between]:
        """The plans between the two, as rows of the document."""
        for taken, plan in self.made.items():
            if taken in (0, self.everything):
                continue
            names = self.names(taken)
            if isinstance(plan, NoPlanExists):
                yield Between(causes=names, cost=None, bound=None, seconds=None, reasons=plan.reasons)
            else:
                yield Between(causes=names, cost=plan.cost, bound=plan.bound, seconds=plan.seconds)
