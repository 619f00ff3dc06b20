"""A candidate's decisions as rows of the plan: seats, headcount, AI shares, agents, costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.calendar import Calendar
from planner.labour import benefits, hourly_wage
from planner.plan import AgentsRow, AiShare, CostLine, Headcount, Pause, PoolAgents, Seat
from planner.program.candidate import Candidate, counted
from planner.program.instance import Instance, PoolInstance
from planner.program.promises import HOUR, lost_customers
from planner.scenario.pools import MonthlyPay
from planner.scenario.scenario import Queue, Scenario
from planner.shifts.shape import Shape
from planner.staffing.seats_bought import seat_lines
from planner.staffing.technology import technology_lines


def seats(on: Instance, made: Candidate) -> Iterator[Seat]:
    """People on every pattern that is used, pool by pool, in order of time."""
    for pool, people in zip(on.pools, made.people, strict=True):
        found = pool.patterns
        used = np.flatnonzero(people > 0)
        for j in used[np.argsort(found.start[used], kind="stable")]:
            shape, start = found.shapes[found.shape[j]], int(found.start[j])
            yield Seat(
                pool=pool.name,
                pattern=shape.name,
                start=on.calendar.text(start),
                end=on.calendar.text(int(found.end[j])),
                breaks=tuple(_pauses(shape, start, on.calendar)),
                people=int(people[j]),
            )


def _pauses(shape: Shape, start: int, calendar: Calendar) -> Iterator[Pause]:
    for pause in shape.breaks:
        begin, end = (start + 60 * (minute - shape.start) for minute in (pause.start, pause.end))
        yield Pause(start=calendar.text(begin), end=calendar.text(end), paid=pause.paid)


def headcounts(on: Instance, made: Candidate) -> Iterator[Headcount]:
    """People each pool needs on its books."""
    for pool, people in zip(on.pools, made.headcount, strict=True):
        yield Headcount(pool=pool.name, people=people)


def ai_shares(on: Instance, made: Candidate) -> Iterator[AiShare]:
    """What AI takes of every queue."""
    for queue, level in zip(on.queues, made.level, strict=True):
        share, contained = float(queue.demand.share[level]), float(queue.demand.contained[level])
        number = int(queue.demand.automation[level])
        yield AiShare(queue=queue.name, share=share, contained=contained, level=number)


def agents_rows(on: Instance, made: Candidate) -> Iterator[AgentsRow]:
    """Every interval of every queue, closed ones too."""
    starts = [on.calendar.text(int(epoch)) for epoch in on.calendar.epoch]
    for q, (queue, k) in enumerate(zip(on.queues, made.level, strict=True)):
        names = [*(pool.name for pool in on.pools), *(vendor.name for vendor in on.vendors)]
        serving = [
            (names[who], given) for (who, number), given in made.assignment.agents.items() if number == q
        ]
        contacts, handle_time = queue.demand.contacts[:, k], queue.demand.handle_time[:, k]
        for t, start in enumerate(starts):
            given = tuple(PoolAgents(pool=name, agents=float(agents[t])) for name, agents in serving)
            yield AgentsRow(
                start=start,
                queue=queue.name,
                contacts=float(contacts[t]),
                handle_time_seconds=float(handle_time[t]),
                patience_seconds=float(queue.patience) if np.isfinite(queue.patience) else None,
                load=float(contacts[t] * handle_time[t] / on.calendar.interval),
                needed=float(queue.floor[t, k]),
                planned=sum(part.agents for part in given),
                pools=given,
            )


def cost_lines(scenario: Scenario, on: Instance, made: Candidate) -> Iterator[CostLine]:
    """The cost by item; lines of nothing are left out."""
    bought = [*_vendor_lines(on, made), *seat_lines(on, made)]
    shared = [*_pool_lines(on, made), *bought, *technology_lines(on, made)]
    investments = CostLine(item="investments", pool=None, queue=None, amount=on.investments)
    every = [*shared, investments, *_queue_lines(scenario, on, made)]
    yield from (line for line in every if line.amount != 0.0)


def _pool_lines(on: Instance, made: Candidate) -> Iterator[CostLine]:
    for pool, people, headcount, desks in zip(on.pools, made.people, made.headcount, made.desks, strict=True):
        wages = _wages(pool, people, headcount, on.calendar)
        yield CostLine(item="wages", pool=pool.name, queue=None, amount=wages)
        yield CostLine(item="benefits", pool=pool.name, queue=None, amount=wages * benefits(pool.rules))
        for charge in pool.prices.beside:
            amount = charge.amount(people, headcount, desks)
            yield CostLine(item=charge.item, pool=pool.name, queue=None, amount=amount)


def _vendor_lines(on: Instance, made: Candidate) -> Iterator[CostLine]:
    for vendor, one in zip(on.vendors, made.bought, strict=True):
        yield CostLine(item="vendor_fees", pool=vendor.name, queue=None, amount=one.fee)


def _wages(pool: PoolInstance, people: np.ndarray, headcount: int, calendar: Calendar) -> float:
    if isinstance(pool.rules.pay, MonthlyPay):
        return headcount * pool.rules.pay.wage * calendar.months
    return float(pool.patterns.paid_hours @ people) * hourly_wage(pool.rules)


def _queue_lines(scenario: Scenario, on: Instance, made: Candidate) -> Iterator[CostLine]:
    for q, (queue, k) in enumerate(zip(on.queues, made.level, strict=True)):
        ai = scenario.queues[queue.name].automation
        if ai is not None and queue.demand.share[k] > 0:
            fixed = ai.fixed_cost_per_month * on.calendar.months
            sessions = float(queue.demand.sessions[k]) * ai.price_per_session
            yield CostLine(item="ai_fixed", pool=None, queue=queue.name, amount=fixed)
            yield CostLine(item="ai_sessions", pool=None, queue=queue.name, amount=sessions)
        yield from _service_lines(scenario.queues[queue.name], on, made, q)


def _service_lines(rules: Queue, on: Instance, made: Candidate, number: int) -> Iterator[CostLine]:
    """What lost contacts and waiting cost; with patience the seconds waited are contacts lost x patience."""
    for part in on.queues[number].measured:
        if part.price > 0:
            many = counted(on, made, number, part)
            waited = many * (rules.patience_seconds or 1.0)
            customers = many * lost_customers(rules)
            lost = customers * rules.lost_contact_cost if part.kind == "lost" else 0.0
            waiting = waited / HOUR * rules.waiting_cost_per_hour
            name = on.queues[number].name
            yield CostLine(item="lost_contacts", pool=None, queue=name, amount=lost)
            yield CostLine(item="waiting", pool=None, queue=name, amount=waiting)
