"""A queue's promises, sorted: what holds in every interval, and what is counted over a day or week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from planner.queueing import Goal
from planner.queueing.sizing import Measure
from planner.scenario.scenario import Queue

Kind: TypeAlias = Literal["lost", "late", "waited"]
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Promise:
    """A limit per offered contact over every day or every week."""

    label: str
    period: Literal["day", "week"]
    limit: float


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing to count, and the promises over it."""

    kind: Kind
    within: float | None
    promises: tuple[Promise, ...]


def budget_label(measure: Measure, within: float | None) -> str:
    """What the budgets of a measure over days and weeks are called."""
    return {"answer_rate": "answer", "average_wait": "wait"}.get(measure, f"late_{within or 0.0:g}s")


def budget_limit(measure: Measure, target: float, rules: Queue) -> float:
    """(M5)  A target over days or weeks as a limit per offered contact of what its budget counts."""
    if measure == "average_wait":
        return target / (rules.patience_seconds or 1.0)
    return 1.0 - target


def budget_target(measure: Measure, limit: float, rules: Queue) -> float:
    """The other way round: a limit per offered contact as a target."""
    return limit * (rules.patience_seconds or 1.0) if measure == "average_wait" else 1.0 - limit


def interval_goals(queue: Queue) -> tuple[Goal, ...]:
    """Goals that hold in every interval: those per interval, the floor, and those that rows cannot add up."""
    return (*_written_goals(queue), *floor_goals(queue))


def floor_goals(queue: Queue) -> tuple[Goal, ...]:
    """The floor beside longer promises; where nobody leaves, more agents than load is floor enough."""
    floor = queue.promises.floor
    if floor is None or queue.patience_seconds is None:
        return ()
    return (Goal("answer_rate", floor, None, None),)


def _written_goals(queue: Queue) -> Iterator[Goal]:
    service = queue.promises
    for rate in service.answer_rate:
        if rate.period == "interval":
            yield Goal("answer_rate", rate.target, None, None)
    for wait in service.average_wait_seconds:
        if wait.period == "interval" or wait.over == "answered":
            yield Goal("average_wait", wait.target, wait.over, None)
    for level in service.service_level:
        if level.period == "interval" or level.over != "offered":
            yield Goal("service_level", level.target, level.over, level.within_seconds)
    for cap in service.occupancy:
        yield Goal("occupancy", cap.target, None, None)
    for waiting in service.waiting_probability:
        yield Goal("waiting_probability", waiting.target, None, None)


def counted_promises(queue: Queue) -> tuple[Counted, ...]:
    """What the program counts on the queue, each with its promises over days and weeks.

    With patience, the mean wait over offered contacts is the lost share x patience, equation (Q5):
    one column serves both. Lost contacts that cost money are counted even without a promise.
    """
    lost, waited = list(_answer_promises(queue)), list(_wait_promises(queue))
    late: dict[float, list[Promise]] = {}
    for level in queue.promises.service_level:
        if level.period != "interval" and level.over == "offered":
            label = budget_label("service_level", level.within_seconds)
            promise = Promise(label, level.period, budget_limit("service_level", level.target, queue))
            late.setdefault(level.within_seconds, []).append(promise)
    found = [Counted("late", within, _tightest(several)) for within, several in late.items()]
    if queue.patience_seconds is None:
        counts = bool(waited) or price_of("waited", queue) > 0
        return (*([Counted("waited", None, _tightest(waited))] if counts else []), *found)
    if lost or waited or price_of("lost", queue) > 0 or queue.repeats is not None:
        found.insert(0, Counted("lost", None, _tightest([*lost, *waited])))
    return tuple(found)


def price_of(kind: Kind, queue: Queue) -> float:
    """Money for a lost contact or a second waited.

    With patience the seconds waited are contacts lost x patience, (Q5), and lost contacts carry their price.
    """
    waiting = queue.waiting_cost_per_hour / HOUR
    if kind == "lost":
        return lost_customers(queue) * queue.lost_contact_cost + waiting * (queue.patience_seconds or 0.0)
    return waiting if kind == "waited" and queue.patience_seconds is None else 0.0


def lost_customers(queue: Queue) -> float:
    """(R6)  Customers lost / contacts lost = 1 - redials: whoever calls again is not lost yet."""
    return 1.0 - queue.repeats.redials if queue.repeats is not None else 1.0


def _tightest(promises: Iterable[Promise]) -> tuple[Promise, ...]:
    """Of promises that differ in their limit alone, the one that keeps them all."""
    loosest_first = sorted(promises, key=lambda promise: -promise.limit)
    return tuple({(promise.label, promise.period): promise for promise in loosest_first}.values())


def _answer_promises(queue: Queue) -> Iterator[Promise]:
    for rate in queue.promises.answer_rate:
        if rate.period != "interval":
            limit = budget_limit("answer_rate", rate.target, queue)
            yield Promise(budget_label("answer_rate", None), rate.period, limit)


def _wait_promises(queue: Queue) -> Iterator[Promise]:
    for wait in queue.promises.average_wait_seconds:
        if wait.period != "interval" and wait.over == "offered":
            limit = budget_limit("average_wait", wait.target, queue)
            yield Promise(budget_label("average_wait", None), wait.period, limit)
