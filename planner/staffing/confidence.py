"""Promises over a week that hold with a probability: plan, see what is sure, ask for more, plan again.

The program counts a week on average. What a plan loses at most, with probability p, is more than that by an
amount that changes little from one plan to the next. So the limit asked for on average is the one promised
less that amount.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.arrays import Floats
from planner.errors import NoPlanExists, OutOfTime, SolverFailed
from planner.plan import Measure
from planner.problem import Problem
from planner.program.assignment import Splits
from planner.program.candidate import Candidate, candidate, faults, repaired
from planner.program.found import Found
from planner.program.instance import Budget, Instance, Limits, Measured, systems_of, with_limits
from planner.program.uncertainty import busyness_of
from planner.queueing import Goal, agents_needed, measures
from planner.solver.linear import LinearSession
from planner.staffing.service import Over, Planned, over_period
from planner.staffing.solved import Solved
from planner.staffing.sure import Wanted, week_value

_SHARES = (0.25, 0.6, 1.0)
"""Of the time left, how much each round may use; it hardly ever needs it all."""
_FIRST_GAP = 0.02
"""Of the first round, whose plan only shows how much to ask for."""
_MARGIN = 0.002
"""Share of a limit that is asked for beside what one plan makes seem enough: the next differs a little."""
_EXACT = 1e-7
_LEAST = 0.01
"""Share of a limit below which no round asks."""
_MOST_MENDS, _MENDING_SECONDS = 4, 5.0
_SLACK = 0.01
"""Share of a limit that may be left over before less is asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A program that was solved with limits asked for, and the gap wanted."""

    solved: Solved
    limits: Limits
    gap: float

    @property
    def found(self) -> Found:
        """How the search ended."""
        return self.solved.found

    @property
    def best(self) -> Candidate:
        """The best plan."""
        return self.solved.best


@dataclass(frozen=True, slots=True)
class Reached:
    """What is lost or late over a week, per contact: promised, on average, at most with the confidence."""

    promised: float
    expected: float
    sure: float

    @property
    def kept(self) -> bool:
        """Whether the promise holds with the confidence."""
        return self.sure <= self.promised + _EXACT


@dataclass(frozen=True, slots=True)
class _Week:
    """A budget of a week whose days differ, and what it counts as a measure."""

    queue: int
    measured: Measured
    budget: Budget

    @property
    def measure(self) -> Measure:
        """Its contacts are lost, or late."""
        return "answer_rate" if self.measured.kind == "lost" else "service_level"

    @property
    def over(self) -> Over:
        """A week's budget is per offered contact."""
        return None if self.measured.kind == "lost" else "offered"

    @property
    def within_seconds(self) -> float | None:
        """Seconds of a service level."""
        return self.measured.within


Solve = Callable[[Limits, float, float | None], Answer]
"""Solves the program with limits asked for, until a deadline in time.monotonic terms, or to a gap."""


def confident(problem: Problem, on: Instance, deadline: float, solve: Solve) -> Answer:
    """The cheapest plan found whose promises over weeks hold with the confidence; else the nearest to it.

    Parameters
    ----------
    on : the program as promised
    deadline : of the last round
    """
    limits: Limits = first_limits(problem, on)
    first = _in_time(solve, limits, deadline)
    limits = next_limits(limits, reached(problem, on, first.best))
    turns: list[_Turn] = []
    for share in _SHARES[1:]:
        try:
            answer = solve(limits, _part(share, deadline), None)
        except (OutOfTime, NoPlanExists):
            break
        turn = _turn(problem, on, answer)
        turns += [turn, *_mended(problem, on, turn)]
        following = next_limits(limits, turn.reached)
        done = following == limits or any(one.done for one in turns)
        if done or answer.found.reason == "Ctrl-C" or time.monotonic() > deadline - 1.0:
            break
        limits = following
    turns = turns or [_turn(problem, on, first)]
    return min(turns, key=lambda one: (one.missed, one.answer.best.cost)).answer


@dataclass(frozen=True, slots=True)
class _Turn:
    """A plan, and what it reaches."""

    answer: Answer
    reached: Mapping[tuple[str, str], Reached]

    @property
    def missed(self) -> float:
        """By how much the worst promise misses; 0 where all are kept."""
        return max((one.sure - one.promised for one in self.reached.values() if not one.kept), default=0.0)

    @property
    def done(self) -> bool:
        """Whether all promises are kept, at a cost near enough to the bound."""
        answer = self.answer
        return self.missed == 0.0 and answer.best.cost - answer.found.bound <= answer.gap * answer.best.cost


def _turn(problem: Problem, on: Instance, answer: Answer) -> _Turn:
    return _Turn(answer, reached(problem, on, answer.best))


def _mended(problem: Problem, on: Instance, turn: _Turn) -> Iterator[_Turn]:
    """The plan with a few people more, where its promises are narrowly missed; nothing if that does not do.

    It keeps to the limits that were asked for, so the bound is its bound too.
    """
    for _ in range(_MOST_MENDS):
        if turn.missed == 0.0:
            break
        limits = next_limits(turn.answer.limits, turn.reached)
        stricter = with_limits(on, limits)
        with LinearSession(time.monotonic() + _MENDING_SECONDS) as session:
            splits, best = Splits(stricter, session), turn.answer.best
            try:
                again = repaired(stricter, candidate(stricter, best.people, best.level, splits), splits)
            except (OutOfTime, SolverFailed):
                break
        if faults(stricter, again):
            break
        mended = replace(turn.answer.solved, on=stricter, best=again)
        turn = _turn(problem, on, replace(turn.answer, solved=mended, limits=limits))
        yield turn


def best_split(problem: Problem, on: Instance, split: Callable[[Instance], Candidate]) -> Candidate:
    """A roster's people, split so that promises over weeks are kept with the confidence if they can be."""
    if not asks_for_more(problem, on):
        return split(on)
    limits: Limits = first_limits(problem, on)
    made = split(with_limits(on, limits))
    for _ in range(_MOST_MENDS):
        following = next_limits(limits, reached(problem, on, made))
        if following == limits:
            break
        limits = following
        made = split(with_limits(on, limits))
    return made


def _in_time(solve: Solve, limits: Limits, deadline: float) -> Answer:
    """The first round, which may take all the time there is if it finds no plan sooner."""
    try:
        return solve(limits, _part(_SHARES[0], deadline), _FIRST_GAP)
    except OutOfTime:
        return solve(limits, deadline, _FIRST_GAP)


def _part(share: float, deadline: float) -> float:
    now = time.monotonic()
    return now + share * (deadline - now)


def next_limits(limits: Limits, found: Mapping[tuple[str, str], Reached]) -> Limits:
    """(U3)  What to ask for after a plan; the same limits again if nothing is to be gained."""
    following = dict(limits)
    for key, one in found.items():
        wanted = one.promised - (one.sure - one.expected) - _MARGIN * one.promised
        binding = one.expected > (1.0 - _SLACK) * limits[key]
        if not one.kept or (binding and one.promised - one.sure > _SLACK * one.promised):
            following[key] = min(max(wanted, _LEAST * one.promised), one.promised)
    return following


def first_limits(problem: Problem, on: Instance) -> dict[tuple[str, str], float]:
    """Limits to begin with: by the agents that would keep the promise on average in every interval alike."""
    found = {}
    for week in _weeks(problem, on):
        one = _reached(problem, on, week, 0, _even_agents(problem, on, week))
        share = one.expected / one.sure if one.sure > 0 else 1.0
        found[on.queues[week.queue].name, week.budget.name] = one.promised * min(share, 1.0)
    return found


def _even_agents(problem: Problem, on: Instance, week: _Week) -> Floats:
    queue = on.queues[week.queue]
    systems = systems_of(queue.demand, queue.patience, on.calendar.interval)
    target = max(1.0 - week.budget.limit, 0.0)  # a wait as long as patience is a promise to nobody
    goal = Goal(week.measure, target, week.over, week.within_seconds)
    rules = problem.scenario.queues[queue.name]
    needed = agents_needed(systems, [goal], busyness=busyness_of(rules, problem.scenario.uncertainty))
    return needed.reshape(queue.demand.contacts.shape)[:, 0]


def reached(problem: Problem, on: Instance, made: Candidate) -> dict[tuple[str, str], Reached]:
    """What a plan reaches in every week whose days differ."""
    return {
        (on.queues[week.queue].name, week.budget.name): _reached(
            problem, on, week, made.level[week.queue], made.assignment.on_queue(week.queue)
        )
        for week in _weeks(problem, on)
    }


def _weeks(problem: Problem, on: Instance) -> Iterator[_Week]:
    """Budgets over days that differ: where a confidence is asked for, those that are counted on average."""
    unsure = problem.scenario.uncertainty
    for number, queue in enumerate(on.queues):
        varies = busyness_of(problem.scenario.queues[queue.name], unsure).variations
        if unsure.confidence is not None and varies:
            for part in queue.measured:
                yield from (_Week(number, part, budget) for budget in part.budgets if part.average)


def _reached(problem: Problem, on: Instance, week: _Week, level: int, agents: Floats) -> Reached:
    unsure, queue = problem.scenario.uncertainty, on.queues[week.queue]
    rules, demand = problem.scenario.queues[queue.name], queue.demand
    planned = Planned(
        queue.name,
        rules,
        demand.contacts[:, level],
        demand.handle_time[:, level],
        agents,
        busyness_of(rules, unsure),
    )
    inside = np.zeros(on.calendar.intervals, dtype=np.bool_)
    inside[week.budget.intervals] = planned.contacts[week.budget.intervals] > 0
    if not inside.any():
        return Reached(week.budget.limit, 0.0, 0.0)
    systems, within = planned.systems(on.calendar.interval), week.within_seconds or 0.0
    found = measures(systems, agents, within, planned.busyness)
    expected = over_period(planned, week.measure, week.over, found, inside)
    sure = week_value(week, Wanted(planned, on.calendar, unsure.confidence or 0.5), inside)
    return Reached(week.budget.limit, 1.0 - expected, 1.0 - sure)


def asks_for_more(problem: Problem, on: Instance) -> bool:
    """Whether any promise adds up days that differ, so that confidence takes more than one round."""
    return any(True for _ in _weeks(problem, on))


def notes_of(on: Instance, limits: Limits) -> Iterator[str]:
    """What was asked for in place of what was promised, a line for each limit that matters."""
    for queue in on.queues:
        for part in queue.measured:
            asked = {
                budget.name: limits[queue.name, budget.name]
                for budget in part.budgets
                if (queue.name, budget.name) in limits
            }
            if asked:
                share = f"{100 * min(asked.values()):.3g} %"
                what = "answered late or not at all" if part.kind == "late" else "lost"
                yield (
                    f"{queue.name}: for the confidence asked for, at most {share} of a week's contacts are "
                    f"planned to be {what} on average; the bound is for plans that keep to this"
                )
