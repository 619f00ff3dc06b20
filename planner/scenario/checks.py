"""What the fields of a scenario owe each other: rules that no single field can break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from planner.calendar import Calendar, grid
from planner.scenario.automation import Automation
from planner.scenario.clock import opening_spans
from planner.scenario.customers import Uncertainty
from planner.scenario.holiday_checks import opening_mistakes, premium_mistakes
from planner.scenario.investment_checks import investment_mistakes
from planner.scenario.investments import Investment
from planner.scenario.pools import Break, MonthlyPay, Pool, ShiftRule
from planner.scenario.promotion_checks import promotion_mistakes
from planner.scenario.repeats_checks import repeats_mistakes, resolution_mistakes
from planner.scenario.scenario import CalendarRules, ForecastFile, Queue, Scenario
from planner.scenario.seat_pay_checks import seat_pay_mistakes
from planner.scenario.service import Service
from planner.scenario.sourcing import Alternative
from planner.scenario.sourcing_checks import sourcing_mistakes
from planner.scenario.technology import Technology
from planner.scenario.technology_checks import technology_mistakes
from planner.scenario.vendor_checks import same_name, vendor_mistakes
from planner.scenario.vendors import Vendor
from planner.scenario.words import suggestion

Found: TypeAlias = tuple[str, str]
"""Place and problem of one mistake."""

_SAME = 1e-6
_FLOOR_NEEDS_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be understood of a scenario document; None stands for a part with mistakes of its own."""

    calendar: CalendarRules | None
    forecast: ForecastFile | None
    queues: Mapping[str, Queue | None]
    pools: Mapping[str, Pool | None]
    uncertainty: Uncertainty | None = None
    vendors: Mapping[str, Vendor | None] = field(default_factory=dict)
    technologies: Mapping[str, Technology | None] = field(default_factory=dict)
    sourcing: Mapping[str, Alternative | None] = field(default_factory=dict)
    investments: Mapping[str, Investment | None] = field(default_factory=dict)


def draft_of(scenario: Scenario) -> Draft:
    """A scenario all of whose fields are right."""
    return Draft(
        scenario.calendar,
        scenario.forecast,
        scenario.queues,
        scenario.pools,
        scenario.uncertainty,
        scenario.vendors,
        scenario.technologies,
        scenario.sourcing,
        scenario.investments,
    )


def cross_mistakes(draft: Draft) -> Iterator[Found]:
    """Every rule between fields that the scenario breaks."""
    if draft.calendar is not None:
        yield from _calendar(draft.calendar)
    if draft.forecast is not None:
        yield from _window(draft)
    for name, queue in draft.queues.items():
        if queue is not None:
            yield from _queue(f"queues.{name}", queue, draft.calendar)
    for name, pool in draft.pools.items():
        if pool is not None:
            yield from _pool(f"pools.{name}", pool, draft)
    yield from _served(draft)
    yield from _vendors(draft)
    yield from technology_mistakes(draft.technologies, draft.pools)
    yield from investment_mistakes(draft.investments, draft.queues, draft.pools)
    yield from sourcing_mistakes(
        draft.sourcing, draft.pools, draft.vendors, draft.technologies, [*draft.queues]
    )


def calendar_of(rules: CalendarRules) -> Calendar:
    """The grid of intervals that the rules describe.

    Raises
    ------
    ValueError
        If there is no such time zone, or its clock changes do not fit the intervals.
    """
    found = grid(rules.start, rules.days, rules.interval_minutes, _zone(rules.time_zone), rules.cyclic)
    return replace(found, holidays=frozenset(rules.holidays or ()))


def open_days(rules: CalendarRules) -> tuple[int, ...]:
    """Weekdays that the calendar holds; 0 is Monday."""
    first = rules.start.weekday()
    return tuple(sorted({(first + day) % 7 for day in range(rules.days)}))


def notes(scenario: Scenario) -> tuple[str, ...]:
    """What a planner should know though nothing is wrong."""
    of_queues = (
        f"queues.{name}: {note}" for name, queue in scenario.queues.items() for note in _queue_notes(queue)
    )
    of_pools = (
        f"pools.{name}: {note}" for name, pool in scenario.pools.items() for note in _pool_notes(pool)
    )
    return (*of_queues, *of_pools, *_certain(scenario))


def _pool_notes(pool: Pool) -> Iterator[str]:
    of = pool.turnover
    if of.monthly_attrition == 0 and (of.recruiting_cost or of.training_weeks or of.ramp_up_weeks):
        yield "turnover costs nothing, since nobody leaves; write turnover.monthly_attrition"


def _certain(scenario: Scenario) -> Iterator[str]:
    varies = scenario.uncertainty.day_cv > 0 or any(q.customers.day_cv > 0 for q in scenario.queues.values())
    if scenario.uncertainty.confidence is not None and not varies:
        yield (
            "uncertainty.confidence: asks for nothing, since no day_cv says how much days may differ from "
            "forecast; write queues.<name>.customers.day_cv"
        )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as failure:
        known = sorted(available_timezones())
        wanted = suggestion(name, known) if name else "write UTC"
        remedy = wanted if wanted.startswith("write") else "write one such as Asia/Shanghai"
        raise ValueError(f"must be a time zone (got {name!r}; {remedy})") from failure


def _calendar(rules: CalendarRules) -> Iterator[Found]:
    try:
        _zone(rules.time_zone)
    except ValueError as failure:
        yield "calendar.time_zone", str(failure)
        return
    try:
        calendar_of(rules)
    except ValueError as failure:
        yield "calendar.interval_minutes", f"{failure}; write 15 or 30"


def _window(draft: Draft) -> Iterator[Found]:
    first, last = (draft.forecast.from_, draft.forecast.to) if draft.forecast else (None, None)
    if first is not None and last is not None and _day(first) > _day(last):
        yield "forecast.to", f"must come after forecast.from (got {last}, from {first})"
    if draft.forecast is not None:
        yield from promotion_mistakes(draft.forecast, [*draft.queues])
    constant = draft.forecast.constants.queue if draft.forecast else None
    if constant is not None and draft.queues and constant not in draft.queues:
        yield (
            "forecast.constants.queue",
            f"is no queue (got {constant!r}; {suggestion(constant, [*draft.queues])})",
        )


def _day(moment: date) -> tuple[int, int, int]:
    return moment.year, moment.month, moment.day


def _queue(place: str, queue: Queue, rules: CalendarRules | None) -> Iterator[Found]:
    yield from _hours(f"{place}.open", queue, rules)
    yield from opening_mistakes(f"{place}.open", queue, rules)
    yield from _promises(f"{place}.service", queue)
    if queue.automation is not None:
        yield from _intents(f"{place}.automation", queue.automation)
    yield from repeats_mistakes(place, queue)


def _hours(place: str, queue: Queue, rules: CalendarRules | None) -> Iterator[Found]:
    spans = opening_spans(queue.open)
    if not spans:
        yield place, "never opens; write `always` or days with hours, such as mon-fri: 08:00-20:00"
    if rules is None or not spans:
        return
    if not {day for day, _, _ in spans} & set(open_days(rules)):
        yield (
            place,
            f"never opens on the calendar's {rules.days} days from {rules.start}; name one of those days",
        )
    off = sorted({minute for span in spans for minute in span[1:] if minute % rules.interval_minutes})
    for minute in off:
        time = f"{minute // 60 % 24:02d}:{minute % 60:02d}"
        yield place, f"must fall on the grid of {rules.interval_minutes} minutes (got {time})"


def _promises(place: str, queue: Queue) -> Iterator[Found]:
    if queue.service == "economic":
        if queue.lost_contact_cost == 0 and queue.waiting_cost_per_hour == 0:
            yield place, "economic needs a price: write lost_contact_cost or waiting_cost_per_hour"
        elif queue.patience_seconds is None and queue.waiting_cost_per_hour == 0:
            yield place, "economic needs waiting_cost_per_hour where customers do not leave"
        return
    if queue.patience_seconds is not None:
        return
    remedy = "give the queue patience_seconds"
    if queue.service.answer_rate:
        yield f"{place}.answer_rate", f"needs customers who leave; {remedy} or promise average_wait_seconds"
    for measure in ("average_wait_seconds", "service_level"):
        targets = getattr(queue.service, measure)
        if any(target.over == "answered" for target in targets):
            yield (
                f"{place}.{measure}",
                f"over: answered needs customers who leave; {remedy} or write over: offered",
            )


def _intents(place: str, automation: Automation) -> Iterator[Found]:
    total = sum(intent.share for intent in automation.intents)
    if abs(total - 1.0) > _SAME:
        yield f"{place}.intents", f"shares must sum to 1 (got {total:g})"
    seen: set[str] = set()
    for intent in automation.intents:
        if intent.name in seen:
            yield f"{place}.intents", f"names must differ (got {intent.name!r} twice)"
        seen.add(intent.name)
    most, held = (
        sum(intent.share for intent in automation.intents if intent.automatable),
        automation.fixed_share,
    )
    if held is not None and held > most + _SAME:
        yield f"{place}.fixed_share", f"must be at most {most:g}, all that may be automated (got {held:g})"


def _pool(place: str, pool: Pool, draft: Draft) -> Iterator[Found]:
    for name in pool.queues:
        if draft.queues and name not in draft.queues:
            yield f"{place}.queues", f"names no queue (got {name!r}; {suggestion(name, [*draft.queues])})"
    for name in sorted({name for name in pool.queues if pool.queues.count(name) > 1}):
        yield f"{place}.queues", f"names {name!r} twice; keep one"
    if pool.shrinkage.total >= 1:
        yield (
            f"{place}.shrinkage",
            f"absence and off_phone must sum to less than 1 (got {pool.shrinkage.total:g})",
        )
    if pool.maximum_headcount is not None and pool.minimum_headcount > pool.maximum_headcount:
        found = f"got {pool.minimum_headcount}, maximum_headcount {pool.maximum_headcount}"
        yield f"{place}.minimum_headcount", f"must be at most maximum_headcount ({found})"
    yield from _days_off(place, pool, draft.calendar)
    yield from resolution_mistakes(place, pool, draft.queues)
    yield from premium_mistakes(place, pool, draft.calendar)
    yield from _part_time(f"{place}.contract.least_hours_per_week", pool)
    yield from seat_pay_mistakes(place, pool)
    if pool.kind == "remote" and pool.desk_rent_per_month > 0:
        yield f"{place}.desk_rent_per_month", "must be 0 for remote people, who work from home; leave it out"
    for number, rule in enumerate(pool.shifts, start=1):
        yield from _shifts(f"{place}.shifts.#{number}", rule)


def _part_time(place: str, pool: Pool) -> Iterator[Found]:
    least, most = pool.contract.least_hours_per_week, pool.contract.hours_per_week
    if least > 0 and isinstance(pool.pay, MonthlyPay):
        yield place, "must be 0 where pay is by the month, worked or not; write pay: {by: hour, ...}"
    if least > most:
        yield place, f"must be at most hours_per_week (got {least:g}, hours_per_week {most:g})"


def _days_off(place: str, pool: Pool, rules: CalendarRules | None) -> Iterator[Found]:
    if rules is not None and pool.contract.days_off == "consecutive" and rules.days % 7:
        remedy = f"write days_off: any, or calendar.days: {-(-rules.days // 7) * 7}"
        yield f"{place}.contract.days_off", f"consecutive needs whole weeks (got {rules.days} days; {remedy})"


def _shifts(place: str, rule: ShiftRule) -> Iterator[Found]:
    for length in rule.lengths_hours:
        yield from _breaks(place, rule.breaks, length)
    for number, pause in enumerate(rule.breaks, start=1):
        if pause.from_hours > pause.to_hours:
            found = f"got {pause.from_hours:g}, to_hours {pause.to_hours:g}"
            yield f"{place}.breaks.#{number}.from_hours", f"must be at most to_hours ({found})"


def _breaks(place: str, breaks: tuple[Break, ...], length: float) -> Iterator[Found]:
    """Breaks come in the order written, with work before, between and after them."""
    earliest, fits = 0.0, True
    for number, pause in enumerate(breaks, start=1):
        here = f"{place}.breaks.#{number}"
        at = _first_start(pause, earliest)
        if pause.from_hours == 0 and pause.to_hours == 0:
            yield f"{here}.to_hours", "must leave work before the break (got 0 hours after the shift's start)"
            fits = False
        elif pause.from_hours * 60 + pause.minutes >= length * 60 - _SAME:
            found = f"{pause.minutes} minutes from {pause.from_hours:g} hours on"
            yield (
                f"{here}.from_hours",
                f"must leave the break inside a shift of {length:g} hours (got {found})",
            )
            fits = False
        elif at is None and fits:
            yield (
                here,
                f"comes too early: the breaks before it end {earliest / 60:g} hours after the shift's start",
            )
            fits = False
        earliest = (pause.from_hours * 60 if at is None else at) + pause.minutes
    if fits and breaks and earliest >= length * 60 - _SAME:
        yield (
            f"{place}.breaks",
            f"together must fit a shift of {length:g} hours (they end after {earliest / 60:g})",
        )


def _first_start(pause: Break, earliest: float) -> float | None:
    """Minutes after the shift's start of the first placement with work before it."""
    at, last = pause.from_hours * 60, pause.to_hours * 60
    while at <= last + _SAME:
        if at > earliest + _SAME:
            return at
        at += pause.every_minutes
    return None


def _served(draft: Draft) -> Iterator[Found]:
    if not draft.pools or any(pool is None for pool in draft.pools.values()):
        return
    served = {name for pool in draft.pools.values() if pool is not None for name in pool.queues}
    for name in draft.queues:
        if name not in served:
            yield f"queues.{name}", f"is served by no pool; add {name!r} to the queues of a pool"


def _vendors(draft: Draft) -> Iterator[Found]:
    yield from same_name(draft.vendors, draft.pools)
    for name, vendor in draft.vendors.items():
        if vendor is not None:
            yield from vendor_mistakes(f"vendors.{name}", vendor, draft.queues)


def _queue_notes(queue: Queue) -> Iterator[str]:
    patience, service = queue.patience_seconds, queue.promises
    if patience is None:
        if service.floor is not None:
            yield "patience is infinite, so nobody leaves and the floor asks for nothing"
        return
    yield from _slack_waits(service, patience)


def _slack_waits(service: Service, patience: float) -> Iterator[str]:
    """Mean wait over all offered = share that leaves x mean patience (Erlang A)."""
    for rate in service.answer_rate:
        most = (1.0 - rate.target) * patience
        for wait in service.average_wait_seconds:
            if wait.over == "offered" and wait.period == rate.period and most <= wait.target * (1 + _SAME):
                binds = wait.target / (1.0 - rate.target)
                yield (
                    f"{wait.target:g} s of average wait ask for nothing beside {rate.target:.4g} answered: "
                    f"with a patience of {patience:g} s it is at most {most:.4g} s; "
                    f"it binds when patience exceeds {binds:.4g} s"
                )
