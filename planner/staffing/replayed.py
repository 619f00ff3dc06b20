"""A plan's promises, span by span: what the formulas predict beside what a replay shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen, require
from planner.calendar import Calendar
from planner.certificate import Beforehand, estimated, spans
from planner.plan import AT_MOST, ServiceRow
from planner.program.candidate import Candidate
from planner.program.instance import Instance
from planner.program.uncertainty import busyness_of
from planner.scenario.scenario import Queue, Scenario
from planner.simulation import Facts
from planner.staffing.service import Planned, expected, over_period


@dataclass(frozen=True, slots=True)
class Replayed:
    """One promise in the G intervals, days or weeks in which it has to hold.

    row : the promise
    rules : of its queue
    first : (G,) interval with which each span begins
    predicted : (G,) by the formulas; nan where they say nothing
    simulated : (G,) by the replay
    error : (G,) standard error of simulated
    """

    row: ServiceRow
    rules: Queue
    first: Counts
    predicted: Floats
    simulated: Floats
    error: Floats

    def __post_init__(self) -> None:
        require(self.first.shape == self.predicted.shape == self.simulated.shape, "an entry per span")
        require(self.first.shape == self.error.shape, "an error per span")

    @property
    def at_most(self) -> bool:
        """Whether the target is a cap, not a floor."""
        return self.row.measure in AT_MOST

    @property
    def reserve(self) -> Floats:
        """(G,) by how much the replay does better than the target; negative where it misses."""
        better = self.simulated - self.row.target
        return -better if self.at_most else better

    def counted(self, value: Floats | float) -> Floats:
        """What is counted per contact and should be little: of a share the rest to 1, of a cap itself."""
        return np.asarray(value if self.at_most else 1.0 - np.asarray(value))

    @property
    def summed(self) -> bool:
        """Whether the program adds it up over the period; if not it holds it in every interval."""
        adds_up = self.row.measure in {"answer_rate", "average_wait", "service_level"}
        return adds_up and self.row.period != "interval" and self.row.over in {None, "offered"}


def replayed(
    scenario: Scenario,
    made: tuple[Instance, Candidate],
    rows: tuple[ServiceRow, ...],
    seen: tuple[Facts, Beforehand],
) -> Iterator[Replayed]:
    """Every promise that a replay can count, in the order of the plan's rows."""
    (on, best), (facts, known) = made, seen
    for row in rows:
        q, rules = facts.queues.index(row.queue), scenario.queues[row.queue]
        if row.measure == "occupancy" and known.only_for(q) is None:
            continue  # people's time is counted by pool
        over = spans(row, facts, known)
        if over.first.size:
            coming, k = on.queues[q].demand, best.level[q]
            planned = Planned(
                row.queue,
                rules,
                coming.contacts[:, k],
                coming.handle_time[:, k],
                best.assignment.on_queue(q),
                busyness_of(rules, scenario.uncertainty),
            )
            shown = estimated(over)
            predicted = _predicted(planned, row, over.first, on.calendar)
            yield Replayed(row, rules, over.first, predicted, shown.mean, shown.error)


def _predicted(planned: Planned, row: ServiceRow, first: Counts, calendar: Calendar) -> Floats:
    found = expected(planned, row.within_seconds, calendar)
    values = [
        over_period(planned, row.measure, row.over, found, span_of(row, int(begins), calendar))
        for begins in first
    ]
    return frozen(values)


def span_of(row: ServiceRow, first: int, calendar: Calendar) -> Flags:
    """(T,) the intervals of the promise's span that begins with an interval."""
    if row.period == "interval":
        return np.asarray(np.arange(calendar.intervals) == first, dtype=np.bool_)
    of = calendar.day if row.period == "day" else calendar.week
    return np.asarray(of == of[first], dtype=np.bool_)
