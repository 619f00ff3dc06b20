"""The cheapest plan of a small problem, found by trying every one: people, AI levels, and the best split.

Prices, limits and promises are read from the scenario here once more; of the planner only the demand by
level, the list of patterns and the queueing formulas are used, which have tests of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import product

import numpy as np
from scipy.optimize import linprog

from planner.arrays import Floats
from planner.calendar import Calendar
from planner.demand import QueueDemand, demand
from planner.problem import Problem
from planner.queueing import Systems, measures
from planner.scenario.labour import Premium
from planner.scenario.pools import HourlyPay, MonthlyPay, Pool
from planner.scenario.scenario import Queue
from planner.scenario.seat_pay import SeatPay
from planner.shifts import Patterns, patterns
from tests.program.platform_prices import Seated, platform_cost, seated
from tests.program.seat_orders import cheapest_order

MOST_AGENTS = 40
EVEN = 1e-9


@dataclass(frozen=True)
class Staff:
    """People of one pool on its patterns, what they cost, and the effective agents they are."""

    cost: float
    agents: Floats
    seated: Seated


@dataclass(frozen=True)
class Limit:
    """Counts of some intervals together stay at or below a number; (T, N) counts by whole agents."""

    tables: Floats
    intervals: Floats
    most: float


@dataclass(frozen=True)
class Asked:
    """What one queue asks for at one level: least agents, limits on counts, and what losses cost."""

    least: Floats
    limits: list[Limit]
    money: Floats
    ai_cost: float


def cheapest(of: Problem, most: int) -> float:
    """Cost of the cheapest plan with at most so many people on each pattern; infinite if there is none."""
    pools = [list(staff_of(of, name, rules, most)) for name, rules in of.scenario.pools.items()]
    queues = [levels_of(of, number) for number in range(len(of.scenario.queues))]
    serves = np.array(
        [[name in rules.queues for name in of.scenario.queues] for rules in of.scenario.pools.values()]
    )
    every = [
        (people + sum(asked.ai_cost for asked in level), labour, level)
        for labour, people in _paid(of, pools)
        for level in product(*queues)
    ]
    best = float("inf")
    for cost, labour, level in sorted(every, key=lambda entry: entry[0]):
        if cost >= best:
            break
        agents = np.array([staff.agents for staff in labour])
        best = min(best, cost + _service_cost(agents, serves, list(level)))
    return best


def _paid(of: Problem, pools: list[list[Staff]]) -> Iterator[tuple[tuple[Staff, ...], float]]:
    """Every way to staff all pools, and what people and their platform cost."""
    for labour in product(*pools):
        platform = platform_cost(of, [staff.seated for staff in labour])
        yield labour, sum(staff.cost for staff in labour) + platform


def staff_of(of: Problem, name: str, rules: Pool, most: int) -> Iterator[Staff]:
    """Every allowed way to put people on the patterns of a pool."""
    columns = [list(of.scenario.queues).index(queue) for queue in rules.queues]
    opened = np.asarray(of.forecast.open[:, columns].any(axis=1))
    found = patterns(rules, of.calendar, opened)
    effective = (1 - rules.shrinkage.absence - rules.shrinkage.off_phone) * rules.productivity
    for people in product(range(most + 1), repeat=found.count):
        x = np.array(people)
        if _allowed(rules, found, x, of.calendar):
            cost, agents = _labour_cost(rules, found, x, of.calendar), effective * (found.work @ x)
            yield Staff(cost, agents, seated(of, rules, found, x))


def _allowed(rules: Pool, found: Patterns, x: Floats, calendar: Calendar) -> bool:
    fewest = np.all((x == 0) | (x >= found.minimum_people))
    shapes = len({int(shape) for shape in found.shape[x > 0]})
    return bool(
        fewest
        and shapes <= (rules.maximum_patterns or shapes)
        and (rules.maximum_seats is None or _at_once(found, x) <= rules.maximum_seats)
        and (
            rules.maximum_headcount is None
            or _headcount(rules, found, x, calendar) <= rules.maximum_headcount
        )
        and _enough_hours(rules, found, x, calendar)
    )


def _enough_hours(rules: Pool, found: Patterns, x: Floats, calendar: Calendar) -> bool:
    """Whether the fewest people on the books get the least hours of so many days of a week."""
    least = rules.contract.least_hours_per_week * len(calendar.days) / rules.contract.days_per_week
    return least == 0 or _headcount(rules, found, x, calendar) * least <= float(x @ found.paid_hours) + EVEN


def _at_once(found: Patterns, x: Floats) -> int:
    """Most people at work in any minute of a calendar that does not wrap."""
    minutes = range(int(found.start.min()), int(found.end.max()), 60)
    return max(int(x[(found.start <= minute) & (minute < found.end)].sum()) for minute in minutes)


def _headcount(rules: Pool, found: Patterns, x: Floats, calendar: Calendar) -> int:
    """For calendars no longer than the contract's week: the largest day, and the hours owed."""
    days = len(calendar.days)
    assert days <= rules.contract.days_per_week
    largest = max(int(x[found.day == day].sum()) for day in range(days))
    owed = rules.contract.hours_per_week * days / rules.contract.days_per_week
    by_hours = int(np.ceil(float(x @ found.paid_hours) / owed - EVEN))
    return max(largest, by_hours, rules.minimum_headcount)


def _labour_cost(rules: Pool, found: Patterns, x: Floats, calendar: Calendar) -> float:
    months = len(calendar.days) * 12 / 365
    worked = float(x @ found.paid_hours)
    books = _headcount(rules, found, x, calendar)
    full_month = rules.contract.hours_per_week * 52 / 12
    if isinstance(rules.pay, SeatPay):
        posts = rules.pay.seats_are == "people"
        fee = cheapest_order(rules.pay, books if posts else _at_once(found, x), months)
        unpaid = MonthlyPay(by="month", wage=0.0) if posts else HourlyPay(by="hour", wage=0.0)
        return fee + _labour_cost(rules.model_copy(update={"pay": unpaid}), found, x, calendar)
    counted = (
        isinstance(rules.pay, MonthlyPay)
        or rules.minimum_headcount > 0
        or rules.maximum_headcount is not None
        or rules.contract.least_hours_per_week > 0
    )
    people = books * months if counted else worked / full_month
    an_hour = rules.pay.wage if isinstance(rules.pay, HourlyPay) else rules.pay.wage / full_month
    wages = worked * an_hour if isinstance(rules.pay, HourlyPay) else books * rules.pay.wage * months
    better = sum(count * paid_better(rules, found, j) for j, count in enumerate(x) if count) * an_hour
    desks = np.ceil((1 - rules.shrinkage.absence) * _at_once(found, x) - EVEN)
    a_desk = rules.desk_cost_per_month + rules.desk_rent_per_month + rules.seat_licence_per_month
    a_person = rules.person_licence_per_month + _leaving(rules, an_hour)
    return float(wages * (1 + rules.pay.benefits) + better + desks * a_desk * months + people * a_person)


def _leaving(rules: Pool, an_hour: float) -> float:
    """What one post costs in a month because people leave it."""
    went = rules.turnover
    assert not isinstance(rules.pay, SeatPay)
    a_week = an_hour * rules.contract.hours_per_week * (1 + rules.pay.benefits)
    idle_weeks = went.training_weeks + went.ramp_up_weeks - went.ramp_up_weeks * went.ramp_up_productivity
    return went.monthly_attrition * (went.recruiting_cost + idle_weeks * a_week)


def paid_better(rules: Pool, found: Patterns, pattern: int) -> float:
    """Hours of wage that a shift earns on top, minute by minute, by a clock on UTC."""
    shape, total = found.shapes[found.shape[pattern]], 0.0
    for minute in range(shape.start, shape.end):
        if any(pause.start <= minute < pause.end and not pause.paid for pause in shape.breaks):
            continue
        seconds = int(found.start[pattern]) + 60 * (minute - shape.start)
        shares = [one.share for one in rules.premiums if _holds(one, datetime.fromtimestamp(seconds, UTC))]
        total += (sum(shares) if rules.overlapping_premiums == "add" else max(shares, default=0.0)) / 60
    return total


def _holds(premium: Premium, now: datetime) -> bool:
    """Whether a premium that began today, or yesterday and reaches over midnight, still holds."""
    first, last = (60 * int(time[:-3]) + int(time[-2:]) for time in (premium.from_, premium.to))
    minute = 60 * now.hour + now.minute
    if last > first:
        return first <= minute < last and _begins(premium, now)
    return (minute >= first and _begins(premium, now)) or (
        minute < last and _begins(premium, now - timedelta(days=1))
    )


def _begins(premium: Premium, day: datetime) -> bool:
    names = {"mon-sun": range(7), "mon-fri": range(5), "sat-sun": (5, 6), "sat": (5,), "sun": (6,)}
    return day.weekday() in names[premium.days] and (not premium.dates or day.date() in premium.dates)


def levels_of(of: Problem, number: int) -> list[Asked]:
    asked = demand(of.scenario.queues, of.forecast)[number]
    return [_asked(of, number, asked, level) for level in range(asked.share.size)]


@dataclass(frozen=True)
class _Counts:
    """Counts of one queue at one level, (T, N) each, by whole numbers of agents."""

    contacts: Floats
    handle_time: Floats
    patience: float
    interval: int

    def table(self, measure: str, within: float = 0.0) -> Floats:
        agents = np.arange(MOST_AGENTS + 1.0)
        rows = []
        for contacts, handle in zip(self.contacts, self.handle_time, strict=True):
            each = np.ones(agents.size)
            systems = Systems(each * contacts / self.interval, each * handle, each * self.patience)
            found = measures(systems, agents, within)
            share = {
                "lost": 1 - found.answer_rate,
                "late": 1 - found.service_level_offered,
                "waited": found.average_wait,
            }[measure]
            rows.append(share * contacts if contacts > 0 else np.zeros(agents.size))
        return np.array(rows)

    @cached_property
    def busy(self) -> Floats:
        return np.asarray(self.contacts > 0)


def _asked(of: Problem, number: int, asked: QueueDemand, level: int) -> Asked:
    rules = list(of.scenario.queues.values())[number]
    patience = np.inf if rules.patience_seconds is None else rules.patience_seconds
    counts = _Counts(asked.contacts[:, level], asked.handle_time[:, level], patience, of.calendar.interval)
    least = np.zeros(counts.contacts.size) if asked.requirement is None else np.array(asked.requirement)
    limits: list[Limit] = []
    if asked.requirement is None:
        limits = list(_limits(rules, counts, of.calendar))
        least = np.maximum(least, _least(rules, counts))
    ai = rules.automation
    share = float(asked.share[level])
    months = len(of.calendar.days) * 12 / 365
    sessions = share * float(of.forecast.contacts[:, number].sum())
    cost = ai.fixed_cost_per_month * months + ai.price_per_session * sessions if ai and share > 0 else 0.0
    return Asked(least, limits, _money(rules, counts), cost)


def _money(rules: Queue, counts: _Counts) -> Floats:
    """What lost contacts and waiting cost, with so many agents; waits that never end are never chosen."""
    waited = counts.table("waited")
    money = np.where(np.isfinite(waited), waited, 0.0) * rules.waiting_cost_per_hour / 3600.0
    if rules.patience_seconds is not None:
        money = money + counts.table("lost") * rules.lost_contact_cost
    return np.asarray(money)


def _limits(rules: Queue, counts: _Counts, calendar: Calendar) -> Iterator[Limit]:
    service = rules.promises
    wanted = [("lost", 0.0, one.period, 1 - one.target) for one in service.answer_rate]
    wanted += [("waited", 0.0, one.period, one.target) for one in service.average_wait_seconds]
    wanted += [("late", one.within_seconds, one.period, 1 - one.target) for one in service.service_level]
    if service.floor is not None and rules.patience_seconds is not None:
        wanted.append(("lost", 0.0, "interval", 1 - service.floor))
    for measure, within, period, limit in wanted:
        tables = counts.table(measure, within)
        number = {"interval": np.arange(calendar.intervals), "day": calendar.day, "week": calendar.week}[
            period
        ]
        for part in np.unique(number[counts.busy]):
            inside = (number == part) & counts.busy
            yield Limit(tables, inside, limit * float(counts.contacts[inside].sum()))


def _least(rules: Queue, counts: _Counts) -> Floats:
    """More agents than load where nobody leaves; the inflection of X % within T over longer periods."""
    least = np.zeros(counts.contacts.size)
    if rules.patience_seconds is None:
        load = counts.contacts * counts.handle_time / counts.interval
        least = np.where(counts.busy, np.floor(load + EVEN) + 1, 0.0)
    for level in rules.promises.service_level:
        if level.period != "interval":
            bends = np.diff(counts.table("late", level.within_seconds), 2, axis=1)
            wrong = [np.flatnonzero(row < -EVEN) for row in bends]
            least = np.maximum(least, [row[-1] + 1 if row.size else 0 for row in wrong])
    return least


def _at(tables: Floats, agents: Floats) -> Floats:
    """(T,) counts, linear between whole agents; infinite where a queue grows for ever."""
    low = np.minimum(np.floor(agents + EVEN).astype(int), MOST_AGENTS - 1)
    row = np.arange(low.size)
    below, above = tables[row, low], tables[row, low + 1]
    part = np.clip(agents - low, 0.0, 1.0)
    rise = np.where(np.isfinite(below), above, 0.0) - below
    return np.asarray(np.where(part < EVEN, below, below + part * rise))


def _service_cost(agents: Floats, serves: Floats, queues: list[Asked]) -> float:
    """What losses cost at the best split of (P, T) agents; infinite if no split keeps every promise."""
    if len(queues) == 1:
        return _alone(agents.sum(axis=0), queues[0])
    reach = np.array([agents[serves[:, q]].sum(axis=0) for q in range(len(queues))])
    if any((have < asked.least - EVEN).any() for have, asked in zip(reach, queues, strict=True)):
        return float("inf")
    if any(not np.isfinite(_alone(have, asked)) for have, asked in zip(reach, queues, strict=True)):
        return float("inf")
    return _shared(agents, serves, queues)


def _alone(agents: Floats, asked: Asked) -> float:
    if (agents < asked.least - EVEN).any():
        return float("inf")
    for limit in asked.limits:
        if _at(limit.tables, agents)[limit.intervals].sum() > limit.most + EVEN:
            return float("inf")
    return float(_at(asked.money, agents).sum())


def _shared(agents: Floats, serves: Floats, queues: list[Asked]) -> float:
    """The split as a linear program over every line of every table, a column per agent and per count."""
    program = _Split(serves)
    for p, present in enumerate(agents):
        for t, most in enumerate(present):
            program.row({program.column("agents", p, q, t): 1.0 for q in program.served_by(p)}, float(most))
    for q, asked in enumerate(queues):
        for t, least in enumerate(asked.least):
            program.row(dict.fromkeys(program.given(q, t), -1.0), -float(least))
        for number, limit in enumerate(asked.limits):
            inside = [int(t) for t in np.flatnonzero(limit.intervals)]
            places = [program.counted((q, number), limit.tables, t, int(asked.least[t])) for t in inside]
            program.row(dict.fromkeys(places, 1.0), limit.most)
        if asked.money.any():
            for t in range(asked.least.size):
                place = program.counted((q, -1), asked.money, t, int(asked.least[t]))
                program.cost[place] = 1.0
    return program.optimum()


class _Split:
    """A linear program written row by row; columns come to be where they are first named."""

    def __init__(self, serves: Floats) -> None:
        self.serves = serves
        self.cost: dict[int, float] = {}
        self._columns: dict[tuple[str, int, int, int], int] = {}
        self._rows: list[dict[int, float]] = []
        self._most: list[float] = []

    def column(self, kind: str, one: int, other: int, t: int) -> int:
        return self._columns.setdefault((kind, one, other, t), len(self._columns))

    def row(self, parts: dict[int, float], most: float) -> None:
        self._rows.append(parts)
        self._most.append(most)

    def served_by(self, pool: int) -> list[int]:
        return [int(q) for q in np.flatnonzero(self.serves[pool])]

    def given(self, q: int, t: int) -> list[int]:
        return [self.column("agents", int(p), q, t) for p in np.flatnonzero(self.serves[:, q])]

    def counted(self, what: tuple[int, int], tables: Floats, t: int, least: int) -> int:
        """A count above every line of its table."""
        here, mine = self.column("count", *what, t), self.given(what[0], t)
        for n in range(least, MOST_AGENTS):
            slope = float(tables[t, n + 1] - tables[t, n])
            self.row({**dict.fromkeys(mine, slope), here: -1.0}, float(slope * n - tables[t, n]))
        return here

    def optimum(self) -> float:
        width = len(self._columns)
        matrix = np.zeros((len(self._rows), width))
        for number, parts in enumerate(self._rows):
            matrix[number, list(parts)] = list(parts.values())
        prices = [self.cost.get(place, 0.0) for place in range(width)]
        found = linprog(prices, A_ub=matrix, b_ub=np.array(self._most))
        return float(found.fun or 0.0) if found.status == 0 else float("inf")
