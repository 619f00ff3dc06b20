"""What a replay assumes of customers, people and routing, and how much work it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from planner.arrays import require
from planner.demand import first_attempts
from planner.scenario import repeats
from planner.scenario.scenario import Queue, Scenario
from planner.simulation.laws import Exponential, Law, Lognormal
from planner.simulation.repeats import NEVER, Repeats

Attendance: TypeAlias = Literal["random", "steady"]

_AS_ERLANG = Exponential()
USUAL_PRIORITY = 5
MOST_ATTEMPTS = 20
"""Of one customer, where the scenario has repeats; hardly anybody is left then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers:
    """How the contacts of a queue come and how long they talk and wait.

    handle_time, patience : scatter around the plan's means; where patience is endless in the plan, it is here
    ramped : the rate of arrival moves in straight lines within an interval; False: it is constant there
    day_cv, interval_cv : coefficient of variation of a gamma factor on every day's, on every interval's
        expected contacts; 0 for none
    repeats : who comes again
    first_attempts : share of the forecast that are first attempts; less than 1 where the forecast counts
        repeats too, which then come by themselves
    """

    handle_time: Law = _AS_ERLANG
    patience: Law = _AS_ERLANG
    ramped: bool = True
    day_cv: float = 0.0
    interval_cv: float = 0.0
    repeats: Repeats = NEVER
    first_attempts: float = 1.0

    def __post_init__(self) -> None:
        require(0 < self.first_attempts <= 1, "first attempts are a share of the forecast")
        require(0 <= self.day_cv < 10 and 0 <= self.interval_cv < 10, "a variation lies between 0 and 10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The world in which a plan is replayed.

    customers : of all queues that `queues` does not name
    queues : customers by name of queue
    attendance : `random`: each person may be absent and is off the phone now and then, by chance;
        `steady`: people take turns, so that as many work as the plan counts on, rounded by chance
    off_phone_seconds : mean length of a stretch off the phone where attendance is random
    day_cv : coefficient of variation of a gamma factor on every day's expected contacts that all queues share
    priority : by name of queue, lower is served first; 5 where not named
    reserve : by name of queue: while it is open, so many idle people of each pool that serves it take no
        contact of a queue of higher priority number; 0 where not named
    pool_order : names of pools, asked in this order for whom a contact goes to; left out: fewest queues first
    within_seconds : the times of service levels
    """

    customers: Customers = Customers()
    queues: Mapping[str, Customers] = field(default_factory=dict)
    attendance: Attendance = "random"
    off_phone_seconds: float = 600.0
    day_cv: float = 0.0
    priority: Mapping[str, int] = field(default_factory=dict)
    reserve: Mapping[str, int] = field(default_factory=dict)
    pool_order: tuple[str, ...] = ()
    within_seconds: tuple[float, ...] = (20.0,)

    def __post_init__(self) -> None:
        require(self.off_phone_seconds > 0, "a stretch off the phone has a length")
        require(bool(self.within_seconds), "a service level has a time")
        require(0 <= self.day_cv < 10, "a variation lies between 0 and 10")
        require(all(people >= 0 for people in self.reserve.values()), "a reserve is not negative")

    def of(self, queue: str) -> Customers:
        """The customers of a queue."""
        return self.queues.get(queue, self.customers)


def conditions_of(scenario: Scenario) -> Conditions:
    """The world that a scenario describes: how its contacts scatter, and who serves whom first."""
    queues = scenario.queues
    return Conditions(
        queues={name: _customers(queue) for name, queue in queues.items()},
        day_cv=scenario.uncertainty.day_cv,
        priority={name: queue.priority for name, queue in queues.items()},
        reserve={name: queue.reserve for name, queue in queues.items() if queue.reserve > 0},
    )


def _customers(queue: Queue) -> Customers:
    said, again = queue.customers, queue.repeats

    def law(cv: float | None) -> Law:
        return _AS_ERLANG if cv is None else Lognormal(cv)

    return Customers(
        handle_time=law(said.handle_time_cv),
        patience=law(said.patience_cv),
        day_cv=said.day_cv,
        interval_cv=said.interval_cv,
        repeats=NEVER if again is None else _repeats(again),
        first_attempts=1.0 if again is None else first_attempts(queue),
    )


def _repeats(again: repeats.Repeats) -> Repeats:
    """As of the queue; people of pools that solve more or fewer are not told apart."""
    return Repeats(
        after_abandonment=again.redials,
        unresolved=1.0 - again.first_contact_resolution,
        after_unresolved=again.calls_back,
        most_attempts=MOST_ATTEMPTS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How often a plan is replayed, and from which numbers.

    seed : replays with one seed meet the same contacts
    replications : at most so many
    half_width : stop once every answer rate and service level over a week is known to within this share;
        0 for never
    seconds : begin no further batch after so many
    batch : replications between two looks at those limits
    workers : threads; they change the time a replay takes, never its facts
    """

    seed: int = 1
    replications: int = 100
    half_width: float = 0.0
    seconds: float = float("inf")
    batch: int = 10
    workers: int = 2

    def __post_init__(self) -> None:
        require(self.replications >= 1 and self.batch >= 1, "at least one replication")
        require(self.workers >= 1, "at least one worker")
        require(self.seed >= 0, "a seed is not negative")
