"""What the program is about: queues with their tables and promises, pools with their patterns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np

from planner.arrays import Counts, Flags, Floats, frozen, require
from planner.calendar import Calendar
from planner.demand import Again, QueueDemand, demand
from planner.investment.effects import bought
from planner.labour import Prices, prices
from planner.problem import Problem
from planner.program.promises import Counted, Kind, counted_promises, interval_goals, price_of
from planner.program.seat_offers import SeatOffer, offer_of, within_offer
from planner.program.uncertainty import Days, days_of
from planner.program.vendors import VendorInstance, vendor_instances
from planner.queueing import Busyness, LossTables, Systems, agents_needed, loss_tables
from planner.queueing.overflow import OverflowTables, overflow_tables
from planner.repeats import Returning, resolutions, returning
from planner.scenario.pools import Pool
from planner.scenario.scenario import Queue
from planner.shifts import Patterns, patterns
from planner.technology import Option, options

Limits: TypeAlias = Mapping[tuple[str, str], float]
"""By queue and name of a budget, such as `answer_week_0`: most of what it counts per offered contact."""

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Budget:
    """(M5) Over some intervals, what is counted stays within a limit per contact.

    name : stands in the row's name
    intervals : indices of the period's intervals that have contacts
    limit : most of it per contact as forecast
    """

    name: str
    intervals: Counts
    limit: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing counted on a queue: contacts lost, contacts not answered in time, or minutes waited.

    tables : per contact as forecast, averaged over busyness; entry t x K + k is interval t at level k
    unit : what one of the tables' units is in the program (a second waited is 1/60 minute)
    budgets : the promises over it
    level : busyness of the days that are counted, 1 on average
    average : whether this is what happens on average, and not on days that are surely no busier
    price : money for each one counted, in the program's units
    """

    kind: Kind
    within: float | None
    tables: LossTables
    unit: float
    budgets: tuple[Budget, ...]
    level: float = 1.0
    average: bool = True
    price: float = 0.0


@dataclass(frozen=True, slots=True)
class QueueInstance:
    """One queue: demand by level, agents needed, what is counted, what AI costs.

    floor : (T, K) least effective agents
    ceiling : (T,) agents beyond which nothing gets better at any level
    active : (T,) whether the queue asks for agents at all
    ai_cost : (K,) money over the calendar
    """

    name: str
    demand: QueueDemand
    patience: float
    floor: Floats
    ceiling: Floats
    active: Flags
    measured: tuple[Measured, ...]
    ai_cost: Floats

    @property
    def levels(self) -> int:
        """K, how many AI levels there are."""
        return int(self.demand.share.size)


@dataclass(frozen=True, slots=True)
class PoolInstance:
    """One pool: what a person gives, the patterns, and what everything costs over the calendar.

    rules : with no more people than its contract by the seat has seats for
    prices : of these patterns, people and desks, item by item
    offer : the vendor's, where pay is by the seat
    """

    name: str
    rules: Pool
    serves: tuple[int, ...]
    patterns: Patterns
    prices: Prices
    offer: SeatOffer | None = None

    @property
    def shift_cost(self) -> Floats:
        """(J,) money per person on the pattern."""
        return self.prices.shift

    @property
    def person_cost(self) -> float:
        """Money per person on the books; 0 where nothing is paid by the head."""
        return self.prices.person

    @property
    def desk_cost(self) -> float:
        """Money per desk."""
        return self.prices.desk

    @property
    def effective(self) -> float:
        """phi, effective agents one scheduled person gives."""
        return self.rules.effective_share


@dataclass(frozen=True, slots=True)
class Solving:
    """Who of a queue comes again, and how many matters each of those who answer it solves.

    solved : {pool: first-contact resolution}, vendors numbered after the pools
    forecast : contacts of the forecast over the calendar
    """

    who: Returning
    solved: Mapping[int, float]
    forecast: float


@dataclass(frozen=True, slots=True)
class Instance:
    """The whole program's data.

    overflow : {queue: tables} of the queues that a vendor serves, entry t x K + k as in `Measured`
    again : {queue: who comes again} of queues with repeats
    below : the same program with the fewest contacts of every volume level, whose rows bound it from below;
        None where nobody comes again
    investments : money over the calendar of what is bought whatever the plan
    technologies : platforms to choose exactly one of; none where the scenario says nothing of them
    """

    calendar: Calendar
    queues: tuple[QueueInstance, ...]
    pools: tuple[PoolInstance, ...]
    vendors: tuple[VendorInstance, ...] = ()
    overflow: Mapping[int, OverflowTables] = field(default_factory=dict)
    technologies: tuple[Option, ...] = ()
    again: Mapping[int, Solving] = field(default_factory=dict)
    below: Instance | None = None
    investments: float = 0.0

    def __post_init__(self) -> None:
        require(len(self.queues) > 0 and len(self.pools) > 0, "there is a queue and a pool")


def instance(
    problem: Problem,
    shares: Mapping[str, float] | None = None,
    volumes: Mapping[str, float] | None = None,
) -> Instance:
    """The program's data of a problem.

    shares : AI shares of some queues, held fixed
    volumes : contacts / contacts of the forecast of some queues with repeats, in place of volume levels
    """
    back = {name: who for name in problem.scenario.queues if (who := returning(problem.scenario, name))}
    fixed = volumes or {}
    most = {name: Again(who, True, fixed.get(name)) for name, who in back.items()}
    on = _instance(problem, shares, most)
    if all(name in fixed for name in back):
        return on
    fewest = {name: replace(again, most=False) for name, again in most.items()}
    return replace(on, below=_instance(problem, shares, fewest))


def _instance(problem: Problem, shares: Mapping[str, float] | None, again: Mapping[str, Again]) -> Instance:
    scenario, calendar = problem.scenario, problem.calendar
    demands = demand(scenario.queues, problem.forecast, shares, again)
    queues = tuple(
        _queue(name, rules, asked, days_of(rules, scenario.uncertainty, calendar))
        for (name, rules), asked in zip(scenario.queues.items(), demands, strict=True)
    )
    names = list(scenario.queues)
    pools = tuple(
        _pool(name, rules, tuple(sorted({names.index(queue) for queue in rules.queues})), problem)
        for name, rules in scenario.pools.items()
    )
    vendors = vendor_instances(scenario.vendors, names, demands, calendar)
    served = {q for vendor in vendors for q in vendor.serves}
    overflow = {q: _overflow(queues[q], calendar.interval) for q in sorted(served)}
    platforms = options(scenario.technologies, scenario.pools, calendar.months)
    solving = {names.index(name): _solving(problem, name, one.who) for name, one in again.items()}
    return Instance(
        calendar=calendar,
        queues=queues,
        pools=pools,
        vendors=vendors,
        overflow=overflow,
        technologies=platforms,
        again=solving,
        investments=bought(scenario.investments, calendar.months),
    )


def _solving(problem: Problem, name: str, who: Returning) -> Solving:
    scenario = problem.scenario
    every = [*scenario.pools, *scenario.vendors]
    solved = {every.index(one): share for one, share in resolutions(scenario, name).items()}
    column = list(scenario.queues).index(name)
    return Solving(who, solved, float(problem.forecast.contacts[:, column].sum()))


def with_limits(on: Instance, limits: Limits) -> Instance:
    """The same program, with other limits asked for in some budgets."""
    if not limits:
        return on

    def asked(queue: str, part: Measured, budget: Budget) -> Budget:
        limit = limits.get((queue, budget.name))
        return budget if limit is None else replace(budget, limit=limit * part.unit * part.level)

    def queue(one: QueueInstance) -> QueueInstance:
        parts = (
            replace(part, budgets=tuple(asked(one.name, part, budget) for budget in part.budgets))
            for part in one.measured
        )
        return replace(one, measured=tuple(parts))

    below = None if on.below is None else with_limits(on.below, limits)
    return replace(on, queues=tuple(queue(one) for one in on.queues), below=below)


def systems_of(asked: QueueDemand, patience: float, interval: int) -> Systems:
    """The T x K queueing systems of a queue, level by level within each interval."""
    rate = asked.contacts.ravel() / interval
    return Systems(rate, asked.handle_time.ravel(), np.full(rate.size, patience))


def _queue(name: str, rules: Queue, asked: QueueDemand, days: Days) -> QueueInstance:
    patience = np.inf if rules.patience_seconds is None else rules.patience_seconds
    systems = systems_of(asked, patience, days.calendar.interval)
    shape = asked.contacts.shape
    measured = tuple(_measured(one, systems, asked) for one in _tabled(rules, asked, days))
    floor = agents_needed(systems, interval_goals(rules), busyness=days.for_intervals).reshape(shape)
    if asked.requirement is not None:
        floor = np.maximum(floor, asked.requirement[:, None])
    for part in measured:
        floor = np.maximum(floor, _first(part.tables).reshape(shape))
    ends = [_last(part.tables).reshape(shape).max(axis=1) for part in measured]
    months = days.calendar.months
    ai = rules.automation
    fixed = np.where(asked.share > 0, ai.fixed_cost_per_month * months, 0.0) if ai else np.zeros(shape[1])
    return QueueInstance(
        name=name,
        demand=asked,
        patience=patience,
        floor=frozen(floor),
        ceiling=frozen(np.max([floor.max(axis=1), *ends], axis=0)),
        active=(asked.contacts.max(axis=1) > 0) | (floor.max(axis=1) > 0),
        measured=measured,
        ai_cost=frozen(fixed + (asked.sessions * ai.price_per_session if ai else 0.0)),
    )


def _overflow(queue: QueueInstance, interval: int) -> OverflowTables:
    """As forecast: days that may be busier change the service, and the vendor's minutes not on average."""
    systems = systems_of(queue.demand, queue.patience, interval)
    return overflow_tables(systems, int(np.ceil(queue.ceiling.max())))


@dataclass(frozen=True, slots=True)
class _Tabled:
    """What is counted, over which days, and whether that is what happens on average."""

    counted: Counted
    busyness: Busyness
    calendar: Calendar
    average: bool
    price: float


def _tabled(rules: Queue, asked: QueueDemand, days: Days) -> Iterator[_Tabled]:
    """Everything that is counted on a queue; nothing where agents are asked for directly."""
    if asked.requirement is not None:
        return
    for counted in counted_promises(rules):
        price = price_of(counted.kind, rules)
        for part, busyness in days.split(counted, asked.contacts.max(axis=1) > 0, price > 0):
            average = busyness is days.busyness
            yield _Tabled(part, busyness, days.calendar, average, price if average else 0.0)


def _measured(of: _Tabled, systems: Systems, asked: QueueDemand) -> Measured:
    counted, level = of.counted, of.busyness.level
    unit = 1.0 / MINUTE if counted.kind == "waited" else 1.0
    has_contacts = asked.contacts.max(axis=1) > 0
    budgets = tuple(
        Budget(f"{promise.label}_{promise.period}_{number}", intervals, promise.limit * unit * level)
        for promise in counted.promises
        for number, intervals in _periods(promise.period, of.calendar, has_contacts)
    )
    tables = loss_tables(systems, counted.kind, counted.within, of.busyness)
    return Measured(counted.kind, counted.within, tables, unit, budgets, level, of.average, of.price / unit)


def _periods(
    period: Literal["day", "week"], calendar: Calendar, wanted: Flags
) -> Iterator[tuple[int, Counts]]:
    """Number and intervals with contacts of every day or week that has any."""
    of = calendar.day if period == "day" else calendar.week
    for number in range(int(of[-1]) + 1):
        intervals = np.flatnonzero((of == number) & wanted)
        if intervals.size:
            yield number, intervals


def _first(tables: LossTables) -> Floats:
    return tables.first[tables.which].astype(np.float64)


def _last(tables: LossTables) -> Floats:
    size = np.diff(tables.offsets)
    return (tables.first + size - 1)[tables.which].astype(np.float64)


def _pool(name: str, rules: Pool, serves: tuple[int, ...], problem: Problem) -> PoolInstance:
    calendar = problem.calendar
    opened = np.asarray(problem.forecast.open[:, list(serves)].any(axis=1), dtype=np.bool_)
    found = patterns(rules, calendar, opened)
    offer, limited = offer_of(rules, calendar.months), within_offer(rules)
    return PoolInstance(name, limited, serves, found, prices(rules, found, calendar), offer)
