"""From a problem to a plan: the walk, on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.plan import Plan, Seat
from planner.problem import Problem
from planner.scenario.scenario import SolverLimits


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: seconds since its start, what it does, and the proof so far."""

    seconds: float
    doing: str
    bound: float | None
    cost: float | None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost, once there are both."""
        if self.bound is None or self.cost is None:
            return None
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """How a run is watched and stopped.

    started : time.monotonic() at which the clock of the time limit began
    limits : gap, time limit, solver and seed; None takes the scenario's
    watch : called with every progress
    stopped : asked now and then; true ends the run with the best plan so far
    """

    started: float
    limits: SolverLimits | None = None
    watch: Callable[[Progress], None] = lambda progress: None
    stopped: Callable[[], bool] = lambda: False


def make_plan(problem: Problem, run: Run | None = None) -> Plan:
    """The cheapest plan that keeps every promise, with its proof.

    Raises
    ------
    NoPlanExists
        If the promises cannot be kept.
    OutOfTime
        If the time limit came before the first plan.
    Interrupted
        If the run was stopped before the first plan.
    """
    raise NotImplementedError


def evaluate_roster(problem: Problem, seats: Sequence[Seat], shares: Mapping[str, float]) -> Plan:
    """What a roster and AI shares that the user already has deliver and cost; status `evaluated`."""
    raise NotImplementedError
