"""Why so many people in an interval: load, floor, what fewer would lose, and which rule holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.explaining.document import Formula, Holding, Need, Serving
from planner.explaining.spot import Spot
from planner.plan import AT_MOST, ServiceRow
from planner.program.promises import interval_goals
from planner.program.uncertainty import days_of
from planner.queueing import Goal, Systems, agents_needed, measures

_NEAR_AGENTS = 0.05
_NEAR_SHARE = 0.003
_NEAR_WAIT = 0.02
_MOST_PATTERNS = 4


def load_of(contacts: float, handle_time: float, interval: float) -> float:
    """(E6)  load = contacts x handle time / length of the interval, in erlang."""
    return contacts * handle_time / interval


def _system(spot: Spot) -> Systems:
    row, seconds = spot.row, spot.on.calendar.interval
    return Systems(
        np.array([row.contacts / seconds]),
        np.array([row.handle_time_seconds]),
        np.array([spot.queue.patience]),
    )


def needs(spot: Spot) -> Iterator[Need]:
    """What each promise that holds in every interval needs here, the most first."""
    rules = spot.problem.scenario.queues[spot.queue.name]
    if spot.queue.demand.requirement is not None or spot.row.contacts <= 0:
        return
    days = days_of(rules, spot.problem.scenario.uncertainty, spot.on.calendar).for_intervals
    found = [
        (goal, float(agents_needed(_system(spot), (goal,), busyness=days)[0]))
        for goal in interval_goals(rules)
    ]
    for goal, agents in sorted(found, key=lambda pair: -pair[1]):
        yield Need(promise=_goal(goal), agents=agents)


def _goal(goal: Goal) -> str:
    within = "" if goal.within is None else f" within {goal.within:g} s"
    over = "" if goal.over is None else f" over {goal.over}"
    return f"{goal.measure.replace('_', ' ')}{within}{over}: {goal.limit:g}"


def serving(spot: Spot) -> Iterator[Serving]:
    """The service here, on days as forecast, with one agent fewer, as planned, and with one more."""
    row = spot.row
    if row.contacts <= 0:
        return
    for agents in (max(0.0, row.planned - 1.0), row.planned, row.planned + 1.0):
        found = measures(_system(spot), np.array([agents]), 0.0)
        wait, busy = float(found.average_wait[0]), float(found.occupancy[0])
        rate = float(found.answer_rate[0])
        yield Serving(
            agents=agents,
            lost_contacts=row.contacts * (1.0 - rate),
            answer_rate=rate,
            average_wait_seconds=wait if np.isfinite(wait) else None,
            occupancy=busy if np.isfinite(busy) else None,
        )


def holdings(spot: Spot) -> Iterator[Holding]:
    """Rules that hold here: the floor, promises over longer periods, and shifts that other hours need."""
    row, name = spot.row, spot.queue.name
    if row.needed > 0 and row.planned - row.needed < _NEAR_AGENTS:
        says = f"the floor holds: {row.needed:.2f} agents are needed, {row.planned:.2f} planned"
        yield Holding(kind="floor", field=f"queues.{name}.service", says=says)
    for promise in spot.plan.service:
        if promise.queue == name and promise.period != "interval" and _near(promise, row.start):
            yield Holding(kind="promise", field=f"queues.{name}.service", says=_promised(promise))
    yield from _shifts(spot)


def _near(promise: ServiceRow, start: str) -> bool:
    """Whether a promise over a day or week is kept with hardly anything to spare."""
    value = next((one for one in (promise.sure, promise.expected, promise.planned) if one is not None), None)
    if value is None or (promise.start is not None and promise.start[:10] != start[:10]):
        return False
    if promise.measure == "average_wait":
        return value > promise.target * (1.0 - _NEAR_WAIT)
    spare = promise.target - value if promise.measure in AT_MOST else value - promise.target
    return spare < _NEAR_SHARE


def _promised(promise: ServiceRow) -> str:
    value = next((one for one in (promise.sure, promise.expected, promise.planned) if one is not None), 0.0)
    side = "at most" if promise.measure in AT_MOST else "at least"
    name = promise.measure.replace("_", " ")
    return f"the promise over the {promise.period} holds: {name} {value:.4g}, {side} {promise.target:.4g}"


def _shifts(spot: Spot) -> Iterator[Holding]:
    """Patterns that work here and cover an hour that can spare less, the tightest first."""
    found = sorted(_covering(spot), key=lambda pair: pair[0])
    return (holding for _, holding in found[:_MOST_PATTERNS])


def _covering(spot: Spot) -> Iterator[tuple[float, Holding]]:
    """Agents above the floor in the tightest hour of a pattern, and what it says."""
    spare = np.array([row.planned - row.needed for row in spot.rows])
    for p, pool in spot.serving():
        work = pool.patterns.work.tocsc()
        for j in np.flatnonzero(spot.people[p]):
            at = work.indices[work.indptr[j] : work.indptr[j + 1]]
            if spot.at not in at:
                continue
            tightest = int(at[np.argmin(spare[at])])
            if tightest != spot.at and spare[tightest] < spare[spot.at] - _NEAR_AGENTS:
                shape = pool.patterns.shapes[pool.patterns.shape[j]].name
                says = (
                    f"{pool.name}: {int(spot.people[p][j])} on {shape} also cover "
                    f"{spot.rows[tightest].start[11:16]}, which has {spare[tightest]:.2f} agents above the "
                    f"floor; here it is {spare[spot.at]:.2f}"
                )
                field = f"pools.{pool.name}.shifts"
                yield float(spare[tightest]), Holding(kind="shift", field=field, says=says)


def formulas(spot: Spot) -> Iterator[Formula]:
    """The interval's equations with its numbers put in."""
    row, seconds = spot.row, float(spot.on.calendar.interval)
    load = load_of(row.contacts, row.handle_time_seconds, seconds)
    text = (
        f"{row.contacts:.4g} contacts × {row.handle_time_seconds:.4g} s / {seconds:g} s = {load:.4g} erlang"
    )
    yield Formula(number="(E6)", name="load", text=text, value=load)
    found = [one for one in serving(spot) if one.agents == row.planned]
    if not found:
        return
    (one,) = found
    lost = 1.0 - one.answer_rate
    if row.patience_seconds is not None:
        given = f"{row.planned:.4g} agents, {load:.4g} erlang, patience {row.patience_seconds:g} s"
        text = f"lost({given}) = {lost:.4g}"
        yield Formula(number="(Q5)", name="share lost", text=text, value=lost)
        wait = lost * row.patience_seconds
        text = f"{lost:.4g} × {row.patience_seconds:g} s = {wait:.4g} s"
        yield Formula(number="(Q6)", name="average wait", text=text, value=wait)
    busy = load * (1.0 - lost)
    text = f"{load:.4g} × (1 - {lost:.4g}) = {busy:.4g} agents"
    yield Formula(number="(Q8)", name="busy agents", text=text, value=busy)
