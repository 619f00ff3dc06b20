"""A plan that a replay keeps: plan, replay, ask for what was missing, plan again, and certify the last."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Floats
from planner.calendar import Calendar
from planner.certificate import USUAL, Certificate, beforehand, certify, looks, spent, times
from planner.errors import Interrupted, NoPlanExists, OutOfTime
from planner.plan import Plan, Repair, Round, RoundPromise
from planner.problem import Problem
from planner.program.asked import Asked, with_asked
from planner.program.instance import Instance, instance
from planner.scenario.scenario import SolverLimits
from planner.simulation import Conditions, Effort, centre_of, conditions_of, simulate
from planner.simulation import Progress as Replaying
from planner.staffing.confidence import Answer
from planner.staffing.investment_rows import with_investments
from planner.staffing.repair import Aim, asked_target, competing, held, margins, repaired
from planner.staffing.replayed import Replayed, replayed
from planner.staffing.solved import Progress, Run, deadline_of, solved
from planner.staffing.walk import best_choice, plan_of

Ended: TypeAlias = Literal["held", "rounds", "time limit", "Ctrl-C", "no plan"]

MOST_ROUNDS = 5
_LAST = 0.05
"""Share of the time limit below which no further round begins."""
_REPLICATIONS = 300
"""Of the replay in each round: enough to see which way a promise is off."""
_REPLAY_SHARE = 0.1
"""Of the time limit, for the replay of one round."""


_ASKED_LESS = (
    "promises were asked for less where people who help out serve better than the formulas say: the bound is "
    "that of what was asked, and the replay, not the formulas, says that the promises are kept"
)

_ENDINGS: dict[type[Exception], Ended] = {
    NoPlanExists: "no plan",
    OutOfTime: "time limit",
    Interrupted: "Ctrl-C",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a plan is repaired and certified.

    effort : of the certificate, which comes after the time limit of the run
    rounds : plans at most
    credit : whether promises that are over-served may be asked for less than promised
    """

    effort: Effort = USUAL
    rounds: int = MOST_ROUNDS
    credit: bool = False


@dataclass(frozen=True, slots=True)
class Certified:
    """A plan and the certificate of its own days."""

    plan: Plan
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class _Task:
    """What stays the same from round to round; `on` is the program as promised."""

    problem: Problem
    run: Run
    limits: SolverLimits
    terms: Terms
    world: Conditions
    on: Instance

    @property
    def over(self) -> bool:
        """Whether there is no time for another round."""
        return self.run.seconds >= self.limits.time_limit_seconds * (1.0 - _LAST)

    @property
    def deadline_of_round(self) -> float:
        """Half of the time that is left, so that another round can follow."""
        return half_way(self.run, self.limits)

    @property
    def effort(self) -> Effort:
        """Of the replay in each round: the same days every time, and none of the certificate's."""
        seconds = _REPLAY_SHARE * self.limits.time_limit_seconds
        return Effort(
            seed=self.terms.effort.seed,
            replications=_REPLICATIONS,
            seconds=float("inf") if self.limits.reproducible else seconds,
            workers=self.terms.effort.workers,
        )


@dataclass(frozen=True, slots=True)
class _Turn:
    """One round: what was asked, the plan, and its replay."""

    asked: Asked
    answer: Answer
    plan: Plan
    rows: tuple[Replayed, ...]
    aim: Aim
    seconds: float

    @property
    def held(self) -> bool:
        """Whether the replay says that the certificate will be good."""
        return held(self.rows, self.aim)


def half_way(run: Run, limits: SolverLimits) -> float:
    """Half of the time that is left, in time.monotonic terms."""
    now = time.monotonic()
    return now + max(deadline_of(run, limits) - now, 0.0) / 2


def make_certified_plan(problem: Problem, run: Run | None = None, terms: Terms | None = None) -> Certified:
    """The cheapest plan found whose promises a replay keeps, and its certificate.

    The first round plans for what is promised. Each further round asks for as much more as the replay of the
    plan before fell short, see repair.py. The certificate replays days that no round has seen; the plan is
    not changed after it, whatever it says.

    Raises
    ------
    NoPlanExists, OutOfTime, Interrupted
        As of make_plan, from the first round. Where a later one fails, the best plan so far is certified.
    """
    run, terms = run or Run(time.monotonic()), terms or Terms()
    limits = run.limits or problem.scenario.solver
    choice = best_choice(problem, run, limits, half_way(run, limits))
    of = choice.problem
    task = _Task(of, run, limits, terms, conditions_of(of.scenario), instance(of))
    turns, ended = _rounds(task, choice.answer)
    plan = with_investments(_with_repair(task, turns, ended), problem, choice)
    listener = _listener(run, plan.bound, plan.cost)
    return Certified(plan, certify(plan, task.world, terms.effort, listener, run.stopped))


def _rounds(task: _Task, answer: Answer) -> tuple[list[_Turn], Ended]:
    turns = [_turn(task, Asked(dict(answer.limits)), answer)]
    while True:
        last = turns[-1]
        following = repaired(last.rows, last.asked, last.aim, task.problem.calendar)
        if last.held and (not task.terms.credit or following == last.asked):
            return turns, "held"
        if len(turns) >= task.terms.rounds:
            return turns, "rounds"
        if task.over or task.run.stopped():
            return turns, "Ctrl-C" if task.run.stopped() else "time limit"
        try:
            turns.append(_turn(task, following, _again(task, following, last.answer)))
        except (NoPlanExists, OutOfTime, Interrupted) as failure:
            return turns, _ENDINGS[type(failure)]


def _again(task: _Task, asked: Asked, before: Answer) -> Answer:
    on = with_asked(task.problem, task.on, asked)
    found = solved(on, task.run, task.limits, task.deadline_of_round, before.found)
    return Answer(found, {key: asked.budgets[key] for key in before.limits}, task.limits.gap)


def _turn(task: _Task, asked: Asked, answer: Answer) -> _Turn:
    plan = plan_of(task.problem, task.run, answer, task.limits.gap)
    seconds = task.run.seconds
    world = replace(task.world, within_seconds=times(plan.service))
    listener = _listener(task.run, plan.bound, plan.cost)
    centre = centre_of(plan)
    facts = simulate(centre, world, task.effort, listener, lambda facts: task.run.stopped())
    seen = facts, beforehand(centre, world)
    made = answer.solved.on, answer.best
    rows = tuple(replayed(task.problem.scenario, made, plan.service, seen))
    return _Turn(asked, answer, plan, rows, _aim(task, facts.replications), seconds)


def _aim(task: _Task, replications: int) -> Aim:
    """The last look of the certificate is the one that has to be passed."""
    certified = task.terms.effort.replications
    share = spent(certified, looks(certified))
    return Aim(replications, certified, share, competing(task.problem.scenario), task.terms.credit)


def _listener(run: Run, bound: float | None, cost: float) -> Callable[[Replaying], None]:
    def tell(progress: Replaying) -> None:
        doing = f"replaying {progress.done} of {progress.most}"
        run.watch(Progress(run.seconds, doing, bound, cost))

    return tell


def _with_repair(task: _Task, turns: Sequence[_Turn], ended: Ended) -> Plan:
    """The chosen round's plan, measured against the bound of the first.

    Where a promise is asked for less than promised, the first round's bound is none for this plan: it is kept
    apart, and the plan's own bound is that of what was asked.
    """
    chosen = _chosen(turns)
    plan, first = turns[chosen].plan, turns[0].plan
    assert plan.bound is not None
    assert first.bound is not None
    less = task.terms.credit and chosen > 0
    bound = plan.bound if less else min(first.bound, plan.cost)
    gap = (plan.cost - bound) / max(1.0, plan.cost)
    return plan.model_copy(
        update={
            "bound": bound,
            "gap": gap,
            "status": "optimal" if gap <= task.limits.gap else "feasible",
            "seconds": task.run.seconds,
            "notes": (*plan.notes, _ASKED_LESS) if less else plan.notes,
            "repair": Repair(
                rounds=tuple(_round(turn, task.problem) for turn in turns),
                chosen=chosen + 1,
                credit=task.terms.credit,
                uncalibrated_cost=first.cost,
                uncalibrated_bound=first.bound,
                difference=(plan.cost - first.bound) / max(1.0, plan.cost),
                ended=ended,
            ),
        }
    )


def _chosen(turns: Sequence[_Turn]) -> int:
    """The cheapest round that held; where none did, the last."""
    holding = [number for number, turn in enumerate(turns) if turn.held]
    return min(holding, key=lambda number: turns[number].plan.cost) if holding else len(turns) - 1


def _round(turn: _Turn, problem: Problem) -> Round:
    assert turn.plan.bound is not None
    parts = zip(turn.rows, margins(turn.rows, turn.aim), strict=True)
    return Round(
        cost=turn.plan.cost,
        bound=turn.plan.bound,
        seconds=turn.seconds,
        replications=turn.aim.replications,
        held=turn.held,
        promises=tuple(_promise(row, margin, turn.asked, problem.calendar) for row, margin in parts),
    )


def _promise(row: Replayed, margin: Floats, asked: Asked, calendar: Calendar) -> RoundPromise:
    """The span that the replay came nearest to missing."""
    place = int(np.argmax(margin - row.reserve))
    first, predicted = int(row.first[place]), float(row.predicted[place])
    several = row.first.size > 1 or row.row.period != "week"
    return RoundPromise(
        **row.row.model_dump(include={"queue", "measure", "over", "within_seconds", "period", "floor"}),
        start=calendar.text(int(calendar.epoch[first])) if several else None,
        target=row.row.target,
        asked=asked_target(row, first, asked, calendar),
        predicted=predicted if np.isfinite(predicted) else None,
        simulated=float(row.simulated[place]),
        short=int(np.sum(row.reserve < margin)),
    )
