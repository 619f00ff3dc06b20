"""Whether a plan exists: the relaxation can say no, the search for a plan can say yes or no."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Self, TypeAlias

import numpy as np

from planner.arrays import Floats
from planner.errors import NoPlanExists, OutOfTime
from planner.investment.effects import decided, undecided
from planner.problem import Problem
from planner.program.build import Program, build
from planner.program.instance import instance
from planner.program.separate import first_rows, violated
from planner.program.shortfall import Missed, Short, blamed, missing_where
from planner.scenario.scenario import SolverLimits
from planner.solver.linear import LinearSession
from planner.solver.matrix import Matrix, Rows
from planner.solver.relaxation import NoPointHolds, relaxation
from planner.staffing.solved import Run
from planner.staffing.walk import answered

Verdict: TypeAlias = Literal["yes", "no", "unknown"]

_FIRST_PLAN = 0.99
"""Gap at which the search of a large program stops: any plan will do."""
_TOLERANCE, _CONTENT = 1e-5, 1e-4
"""Of what is counted, as in the search for a plan."""
_WHERE_SECONDS = 20.0
_SMALL = 20_000
"""Entries of a program whose search may as well go on to the gap wanted, so that its plan is a price."""


@dataclass(frozen=True, slots=True)
class Price:
    """What the cheapest plan that was found costs, and what no plan can undercut."""

    cost: float
    bound: float


@dataclass(slots=True)
class Oracle:
    """Asks again and again whether a plan exists, and remembers.

    limits : of the search for a plan; its time limit is of each search
    deadline : of everything, in time.monotonic terms
    stopped : asked now and then
    small : whether the last program asked about is small, so that a plan is found soon
    """

    limits: SolverLimits
    deadline: float
    stopped: Callable[[], bool] = lambda: False
    small: bool = False
    _session: LinearSession | None = None
    _fractions: dict[str, Verdict] = field(default_factory=dict)
    _whole: dict[str, Verdict] = field(default_factory=dict)
    _prices: dict[str, Price] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._session is not None:
            self._session.close()

    def fractions(self, problem: Problem) -> Verdict:
        """Whether fractions of people could keep every rule; `no` proves that no plan exists.

        Raises
        ------
        OutOfTime, Interrupted
            If the time of everything is over.
        """
        key = problem.scenario.model_dump_json()
        if key not in self._fractions:
            self._fractions[key] = self._relaxed(problem)
        return self._fractions[key]

    def whole(self, problem: Problem) -> Verdict:
        """Whether a plan exists: `yes` has found one and counted it exactly, `no` is proven.

        Raises
        ------
        OutOfTime, Interrupted
            If the time of everything is over.
        """
        if self.fractions(problem) == "no":
            return "no"
        key = problem.scenario.model_dump_json()
        if key not in self._whole:
            self._whole[key] = self._searched(problem, key)
        return self._whole[key]

    def blamed(self, problem: Problem) -> frozenset[str]:
        """Rows and columns of the program that prove together that fractions of people fall short.

        Raises
        ------
        OutOfTime, Interrupted
            If the time of everything is over.
        """
        return blamed(build(instance(problem)), self._own_session())

    def price(self, problem: Problem) -> Price | None:
        """What a plan costs, to the gap wanted, where a search that was made for `whole` has shown it."""
        return self._prices.get(problem.scenario.model_dump_json())

    def _relaxed(self, problem: Problem) -> Verdict:
        self._in_time()
        session = self._own_session()
        program = build(instance(problem))
        self.small = len(program.matrix.rows.values) < _SMALL
        try:
            relaxation((_serving(program), first_rows(program)), _missing(program), session, _ignored)
        except NoPointHolds:
            return "no"
        return "unknown"

    def missing(self, problem: Problem) -> list[Short | Missed]:
        """Where fractions of people fall short, the worst first of every queue; none where they do not.

        It has a little time of its own, so that a clash found last is told like the others.

        Raises
        ------
        OutOfTime
            If that is over.
        """
        with LinearSession(time.monotonic() + _WHERE_SECONDS) as session:
            return missing_where(build(instance(problem)), session)

    def _own_session(self) -> LinearSession:
        if self._session is None:
            self._session = LinearSession(self.deadline, stopped=self.stopped)
        return self._session

    def _searched(self, problem: Problem, key: str) -> Verdict:
        self._in_time()
        wanted = self.limits.gap if self.small else max(self.limits.gap, _FIRST_PLAN)
        limits = self.limits.model_copy(update={"gap": wanted})
        until = min(self.deadline, time.monotonic() + limits.time_limit_seconds)
        run = Run(time.monotonic(), limits, stopped=self.stopped)
        try:
            found = answered(problem, run, limits, until)
        except NoPlanExists:
            return "no"
        except OutOfTime:
            self._in_time()
            return "unknown"
        if found.found.proven(self.limits.gap):
            self._prices[key] = Price(found.best.cost, min(found.found.bound, found.best.cost))
        return "yes"

    def _in_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise OutOfTime("the time for saying why is over")


def _serving(program: Program) -> Matrix:
    """The program that serves as well as it can, whatever it costs: a point is found soonest so."""
    counted = [name.startswith("V_") for name in program.matrix.column_names]
    return replace(program.matrix, cost=np.array(counted, dtype=np.float64), offset=0.0)


def _missing(program: Program) -> Callable[[Floats], tuple[Rows, bool]]:
    def separate(values: Floats) -> tuple[Rows, bool]:
        found = violated(program, values, _TOLERANCE)
        return found.rows, found.violation < _CONTENT

    return separate


def _ignored(_bound: float) -> None:
    """Nobody watches."""


def decided_on(problem: Problem) -> Problem:
    """The problem with every investment taken that could be: what `planner plan` asks last."""
    return decided(problem, undecided(problem))
