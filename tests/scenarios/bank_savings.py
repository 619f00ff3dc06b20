"""What a promise over the week saves against the same promise in every half hour, on the bank's week.

python -m tests.scenarios.bank_savings
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

from planner import Plan, read_problem
from planner.problem import Problem
from planner.scenario.pools import ShiftRule
from planner.scenario.scenario import Scenario
from planner.scenario.service import AnswerRate
from tests.scenarios.documents import SCENARIOS
from tests.scenarios.verified import planned

SETS: tuple[tuple[float, ...], ...] = ((8,), (6, 8), (4, 5, 6, 8, 10))
GAP = 0.001


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans for one set of shift lengths, in hours; they differ in the promise's period alone."""

    lengths: tuple[float, ...]
    interval: Plan
    week: Plan

    @property
    def saving(self) -> float:
        """Share of the interval plan's cost that the weekly promise saves."""
        return 1 - self.week.cost / self.interval.cost

    @property
    def doubt(self) -> float:
        """Share of the cost by which the saving may be off, since neither plan is proven to the last."""
        return max(self.interval.gap or 0.0, self.week.gap or 0.0)


def variant(problem: Problem, lengths: tuple[float, ...], period: Literal["interval", "week"]) -> Problem:
    """The bank's week with shifts of these lengths and 95 % answered in each such period."""
    given = problem.scenario
    pool, queue = given.pools["staff"], given.queues["bank"]
    rules: tuple[ShiftRule, ...] = tuple(
        rule.model_copy(update={"lengths_hours": lengths}) for rule in pool.shifts
    )
    service = queue.promises.model_copy(update={"answer_rate": (AnswerRate(target=0.95, period=period),)})
    scenario: Scenario = given.model_copy(
        update={
            "pools": {"staff": pool.model_copy(update={"shifts": rules})},
            "queues": {"bank": queue.model_copy(update={"service": service})},
        }
    )
    return Problem(
        scenario, problem.calendar, problem.forecast, problem.scenario_sha256, problem.forecast_sha256
    )


def compared(lengths: tuple[float, ...]) -> Comparison:
    """Both plans for one set of shift lengths."""
    problem = read_problem(SCENARIOS / "bank" / "week.yaml")
    interval, week = (planned(variant(problem, lengths, period), GAP, 60) for period in ("interval", "week"))
    return Comparison(lengths, interval, week)


def row(found: Comparison) -> str:
    """The comparison as a row of the table in docs/explanation/period-targets.md."""
    hours = ", ".join(f"{length:g}" for length in found.lengths)
    plans = (found.interval, found.week)
    costs = " | ".join(f"{plan.cost:,.0f}" for plan in plans)
    gaps = " | ".join(f"{100 * (plan.gap or 0.0):.2f} %" for plan in plans)
    return f"| {hours} | {costs} | {gaps} | {100 * found.saving:.1f} % |"


def main() -> None:
    """Print a row for every set."""
    for lengths in SETS:
        sys.stdout.write(row(compared(lengths)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
