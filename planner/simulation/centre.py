"""What a plan promises to put to work and what reaches it, as arrays; nothing of what it predicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from planner.arrays import Flags, Floats, frozen, frozen_counts, frozen_flags, require
from planner.calendar import Calendar
from planner.inputs import problem_of
from planner.plan import Plan, Seat
from planner.scenario.pools import Pool
from planner.simulation.automation import Intents, intents_of
from planner.simulation.on_demand import OnDemand, on_demand_of
from planner.simulation.shifts import Shifts


@dataclass(frozen=True, slots=True)
class Crew:
    """P pools: what one person of each gives.

    absence : (P,) chance that a person does not come
    off_phone : (P,) share of the time of those who come that is not on the queue, breaks left out
    productivity : (P,) a handle time is divided by it
    serves : (P, Q) whether a pool serves a queue
    """

    absence: Floats
    off_phone: Floats
    productivity: Floats
    serves: Flags

    def __post_init__(self) -> None:
        require(self.absence.shape == self.off_phone.shape == self.productivity.shape, "an entry per pool")
        require(self.serves.shape[:1] == self.absence.shape, "a row of skills per pool")
        require(bool((self.productivity > 0).all()), "productivity is positive")
        shares = np.concatenate((self.absence, self.off_phone))
        require(bool(((shares >= 0) & (shares <= 1)).all()), "absence and time off the phone are shares")


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre under a plan.

    queues, pools : Q and P names; after the pools with people come the groups of vendors' agents
    contacts : (T, Q) contacts expected, before AI
    handle_time : (T, Q) seconds, mean over all intents
    open : (T, Q) whether contacts are accepted
    patience : (Q,) seconds, mean; infinite where nobody leaves
    intents : (Q,) what contacts are about and what AI does with them; None where they are all alike
    """

    calendar: Calendar
    queues: tuple[str, ...]
    pools: tuple[str, ...]
    contacts: Floats
    handle_time: Floats
    open: Flags
    patience: Floats
    intents: tuple[Intents | None, ...]
    crew: Crew
    shifts: Shifts
    on_demand: OnDemand | None = None

    def __post_init__(self) -> None:
        shape = (self.calendar.intervals, len(self.queues))
        require(self.contacts.shape == shape == self.handle_time.shape, "contacts fill calendar and queues")
        require(self.open.shape == shape, "queues are open or closed in every interval")
        require(self.patience.shape == shape[1:] == (len(self.intents),), "a patience and intents per queue")
        require(self.crew.serves.shape == (len(self.pools), len(self.queues)), "skills of pools in queues")
        require(bool((self.contacts >= 0).all()), "contacts are not negative")
        require(bool((self.handle_time[self.contacts > 0] > 0).all()), "contacts have a handle time")

    @property
    def own_pools(self) -> int:
        """How many pools have people of their own; the others are vendors' and come after them."""
        return len(self.pools) - (0 if self.on_demand is None else len(self.on_demand.vendor))

    @property
    def accepts(self) -> Flags:
        """(T, Q) whether contacts may come: those open or that expect some."""
        return self.open | (self.contacts > 0)


def centre_of(plan: Plan) -> Centre:
    """What a plan puts to work: its seats, its AI shares, what it asks of vendors, and its inputs.

    The agents of pools, the service and the cost that the plan claims are not read. A queue planned from a
    requirement of agents has no contacts, and none are replayed.

    Raises
    ------
    InvalidInput
        If the embedded inputs are no problem any more.
    """
    problem = problem_of(plan)
    scenario = problem.scenario
    shares = {part.queue: part.share for part in plan.automation}
    limits = [queue.patience_seconds for queue in scenario.queues.values()]
    asked = on_demand_of(plan.vendors, tuple(scenario.vendors), problem.calendar)
    return Centre(
        calendar=problem.calendar,
        queues=tuple(scenario.queues),
        pools=(*scenario.pools, *asked.names),
        contacts=problem.forecast.contacts,
        handle_time=problem.forecast.handle_time,
        open=problem.forecast.open,
        patience=frozen([np.inf if limit is None else limit for limit in limits]),
        intents=tuple(
            None if queue.automation is None else intents_of(queue.automation, shares.get(name, 0.0))
            for name, queue in scenario.queues.items()
        ),
        crew=_crew(tuple(scenario.pools.values()), tuple(scenario.queues), asked),
        shifts=_shifts(plan.seats, tuple(scenario.pools), problem.calendar),
        on_demand=asked,
    )


def _crew(pools: Sequence[Pool], queues: Sequence[str], asked: OnDemand) -> Crew:
    """The pools, then the vendors' groups, who are there as asked."""
    absence = np.array([pool.shrinkage.absence for pool in pools])
    off_phone = np.array([pool.shrinkage.off_phone for pool in pools])
    of_present = np.divide(off_phone, 1.0 - absence, out=np.zeros(len(pools)), where=absence < 1.0)
    nothing = np.zeros(len(asked.vendor))
    served = [pool.queues for pool in pools] + [(queue,) for queue in asked.queue]
    return Crew(
        absence=frozen(np.append(absence, nothing)),
        off_phone=frozen(np.append(of_present, nothing)),
        productivity=frozen(np.append([pool.productivity for pool in pools], nothing + 1.0)),
        serves=frozen_flags([[queue in mine for queue in queues] for mine in served]),
    )


def _shifts(seats: Sequence[Seat], pools: Sequence[str], calendar: Calendar) -> Shifts:
    most = max((len(seat.breaks) for seat in seats), default=0)
    starts, lengths = np.full((len(seats), most), np.inf), np.zeros((len(seats), most))

    def seconds(text: str) -> float:
        return datetime.fromisoformat(text).timestamp() - float(calendar.epoch[0])

    for row, seat in enumerate(seats):
        for place, pause in enumerate(sorted(seat.breaks, key=lambda pause: seconds(pause.start))):
            starts[row, place] = seconds(pause.start)
            lengths[row, place] = seconds(pause.end) - seconds(pause.start)
    return Shifts(
        pool=frozen_counts([pools.index(seat.pool) for seat in seats]),
        people=frozen_counts([seat.people for seat in seats]),
        start=frozen([seconds(seat.start) for seat in seats]),
        end=frozen([seconds(seat.end) for seat in seats]),
        break_start=frozen(starts),
        break_length=frozen(lengths),
    )
