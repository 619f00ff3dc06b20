"""The usual pipeline, as favourably as pyworkforce allows: Erlang C per interval, then set covering.

Its user knows the AI shares, which pools serve which queues and what a shift costs:

- Every queue's requirement is Erlang C's, in whole agents; AI takes what it takes in our plan.
- Covering knows no queues. For every set of queues that only certain pools can serve, those pools cover the
  sum of the requirements: with pools that are nested, as here, this is exact, and nobody is counted twice.
- A shift of one pool on one day is a shift of its own, so that nights run into the next day, and covers
  its pool's effective share, which knows shrinkage and productivity without rounding.
- Seats and people on the books are limits like ours, written as further periods.
- A month's pay is spread over the shifts that a contract asks for. Covering does not know that people
  stand on the books; that is part of what is compared. The outcome is priced by our `evaluate_roster`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from planner import Plan, evaluate_roster
from planner.arrays import Counts, Floats
from planner.plan import Seat
from planner.problem import Problem
from planner.program.assignment import Assignment
from planner.program.candidate import Candidate
from planner.program.instance import Instance, PoolInstance, instance
from planner.staffing.rows import seats
from tests.bench.peer import ask

SCALE = 1000  # covering takes whole numbers: effective agents are counted in thousandths
MOST = 10_000_000
SEARCH_SECONDS = 20.0
WITHIN_SECONDS = 20.0
STEPS = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the pipeline made, priced and measured by our own formulas.

    asked : its service level within 20 s
    limited : whether seats and people on the books are within their limits
    gap : what covering says of its own objective, (cost - bound) / cost
    seconds : requirements and covering together, without the start of Python
    """

    asked: float
    limited: bool
    gap: float
    seconds: float
    plan: Plan

    @property
    def answer_rate(self) -> float:
        """Of all contacts that reach people, over the whole calendar."""
        return answer_rate(self.plan)


def answer_rate(plan: Plan) -> float:
    """Answered / offered over all queues and the whole calendar, from the plan's own exact figures."""
    contacts: dict[str, float] = {}
    for row in plan.agents:
        contacts[row.queue] = contacts.get(row.queue, 0.0) + row.contacts
    rates = {
        row.queue: row.planned
        for row in plan.service
        if row.measure == "answer_rate" and not row.floor and row.planned is not None
    }
    return sum(rates[name] * contacts[name] for name in rates) / sum(contacts[name] for name in rates)


def run(problem: Problem, shares: Mapping[str, float], level: float, limited: bool = True) -> Outcome | None:
    """The pipeline at one service level; None where no roster within the limits covers it."""
    on = instance(problem, shares)
    answer = ask("pipeline", question(on, level, limited))
    if not answer["people"]:
        return None
    plan = evaluate_roster(problem, _roster(on, answer["people"]), shares)
    return Outcome(level, limited, answer["gap"], sum(answer["seconds"].values()), plan)


def tuned(
    problem: Problem, shares: Mapping[str, float], rate: float, limited: bool = True
) -> tuple[Outcome | None, float]:
    """The pipeline at the lowest service level with which it answers at least this rate, by bisection.

    Returns
    -------
    The outcome, None where no roster within the limits answers so much, and the seconds of all attempts
    """
    low, high = 0.0, 0.99
    best = run(problem, shares, low, limited)
    spent = best.seconds if best else 0.0
    if best is None or best.answer_rate >= rate:
        return best, spent
    found: Outcome | None = None
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried = run(problem, shares, middle, limited)
        spent += tried.seconds if tried else 0.0
        if tried is not None and tried.answer_rate < rate:
            low = middle
        else:
            high, found = middle, tried or found
    return found, spent


def question(on: Instance, level: float, limited: bool) -> dict[str, Any]:
    """What tests/bench/peers/pipeline.py is asked; `limited` keeps seats and people within their limits."""
    groups = list(_groups(on))
    height = on.calendar.intervals
    limits = [(pool, limit) for p, pool in enumerate(on.pools) if limited for limit in _limits(on, p)]
    shifts: dict[str, Any] = {}
    for p, pool in enumerate(on.pools):
        effective = np.floor(SCALE * pool.effective * pool.patterns.work.toarray() + 1e-6).astype(int)
        places = [height * number for number, (_, pools) in enumerate(groups) if p in pools]
        for j in range(pool.patterns.count):
            at = np.flatnonzero(effective[:, j])
            covers = [[int(start + t), int(effective[t, j])] for start in places for t in at]
            ends = ((height * len(groups) + number, *limit) for number, limit in enumerate(limits))
            covers += [[period, int(part[j])] for period, whose, part in ends if whose is pool and part[j]]
            shifts[f"{p}/{j}"] = {"cost": float(_shift_price(on, pool)[j]), "covers": covers}
    return {
        "interval_minutes": on.calendar.interval // 60,
        "within_seconds": WITHIN_SECONDS,
        "service_level": level,
        "queues": {
            queue.name: np.column_stack(
                [queue.demand.contacts[:, 0], queue.demand.handle_time[:, 0]]
            ).tolist()
            for queue in on.queues
        },
        "groups": [[on.queues[q].name for q in members] for members, _ in groups],
        "scale": SCALE,
        "limits": len(limits),
        "most": MOST,
        "shifts": shifts,
        "search_seconds": SEARCH_SECONDS,
    }


def _groups(on: Instance) -> Iterator[tuple[list[int], frozenset[int]]]:
    """Sets of queues with all the pools that can serve any of them; one per distinct set of pools."""
    serving = [
        frozenset(p for p, pool in enumerate(on.pools) if q in pool.serves) for q in range(len(on.queues))
    ]
    distinct = set(serving)
    unions = {
        frozenset().union(*chosen)
        for size in range(1, len(distinct) + 1)
        for chosen in combinations(distinct, size)
    }
    for pools in sorted(unions, key=sorted):
        yield [q for q, able in enumerate(serving) if able <= pools], pools


def _limits(on: Instance, p: int) -> Iterator[Counts]:
    """(J,) weights of the pool's shifts in each limit, scaled so that a limit is MOST."""
    pool = on.pools[p]
    rules, found = pool.rules, pool.patterns
    if rules.maximum_seats is not None:
        for present in _present(on, pool):
            yield np.where(present, MOST // max(1, rules.maximum_seats), 0)
    if rules.maximum_headcount is not None:
        most = max(1, rules.maximum_headcount)
        for day in range(len(on.calendar.days)):
            yield np.where(found.day == day, MOST // most, 0)
        for week in np.unique(found.day // 7):
            yield np.where(found.day // 7 == week, MOST // (most * rules.contract.days_per_week), 0)


def _present(on: Instance, pool: PoolInstance) -> Iterator[np.ndarray]:
    """(J,) who is at work when a shift starts, at each such moment."""
    found, span = pool.patterns, on.calendar.end - int(on.calendar.epoch[0])
    for moment in np.unique(found.start):
        here = (found.start <= moment) & (moment < found.end)
        yield here | (on.calendar.cyclic & (found.start - span <= moment) & (moment < found.end - span))


def _shift_price(on: Instance, pool: PoolInstance) -> Floats:
    """(J,) money per shift, with its part of a month's pay and of a desk."""
    days = len(on.calendar.days)
    worked = max(1.0, pool.rules.contract.days_per_week * days / 7)
    desk = pool.desk_cost * (1 - pool.rules.shrinkage.absence) / days
    return np.asarray(pool.shift_cost + pool.person_cost / worked + desk, dtype=np.float64)


def _roster(on: Instance, people: Mapping[str, int]) -> Sequence[Seat]:
    """The shifts as seats of a plan."""
    given = [np.zeros(pool.patterns.count, dtype=np.int64) for pool in on.pools]
    for name, count in people.items():
        p, j = map(int, name.split("/"))
        given[p][j] = count
    nobody = Assignment({}, 0.0, np.zeros((0, 0)))
    return tuple(seats(on, Candidate(tuple(given), (), nobody, (), (), 0.0)))
