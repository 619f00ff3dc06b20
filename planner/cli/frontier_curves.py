"""Which curve was asked for on the command line, and how it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.cli.ending import wrong
from planner.problem import Problem
from planner.sweep import AiCurve, Frontier, Terms, Tornado, ai_curve, frontier, tornado
from planner.sweep.file import Steps
from planner.sweep.points import stepped
from planner.sweep.promise_curve import USUAL, strictness
from planner.sweep.sensitivity import usual_fields
from planner.sweep.share_curve import most_automated, spread

USUAL_RANGE = 0.8, 0.98


@dataclass(frozen=True, slots=True)
class CurveAsked:
    """What was typed.

    first, last : targets of a promise; None: not said
    """

    promise: str | None
    first: float | None
    last: float | None
    points: int
    queue: str | None
    tornado: bool
    fields: Sequence[str]
    change: float

    def check(self) -> None:
        """See that one curve is asked for, and that its numbers can be.

        Raises
        ------
        InvalidInput
            If not.
        """
        if (self.promise is not None) + (self.queue is not None) + self.tornado > 1:
            raise wrong("--promise", "and --ai and --tornado are three curves: ask for one at a time")
        if self.fields and not self.tornado:
            raise wrong("--field", "needs --tornado: it names a field to move")
        if not 2 <= self.points <= 1000:
            raise wrong("--points", f"must be 2 to 1000 (got {self.points})")
        if not 0 < self.change < 1:
            raise wrong("--change", f"must be above 0 and below 1 (got {self.change:g}; 0.1 is 10 %)")

    def found(self, problem: Problem, terms: Terms) -> Frontier | AiCurve | Tornado:
        """The curve.

        Raises
        ------
        InvalidInput
            If the scenario has no such field, or its values are refused.
        """
        if self.tornado:
            return tornado(problem, self.fields or usual_fields(problem), self.change, terms)
        if self.queue is not None:
            shares = spread(most_automated(problem, self.queue), self.points)
            return ai_curve(problem, self.queue, shares, terms)
        return frontier(problem, self.promise or USUAL, self._targets(), terms)

    def _targets(self) -> list[float]:
        promise = self.promise or USUAL
        strictness(promise)
        usual = USUAL_RANGE if promise.endswith("answer_rate") else (None, None)
        first = usual[0] if self.first is None else self.first
        last = usual[1] if self.last is None else self.last
        if first is None or last is None:
            raise wrong("--from", f"and --to must say between which targets of {promise}")
        if not first < last:
            raise wrong("--from", f"must be below --to (got {first:g} and {last:g})")
        return stepped(Steps.model_validate({"from": first, "to": last, "steps": self.points}))
