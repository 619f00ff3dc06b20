"""Agents that a vendor supplies interval by interval: as many as the plan asks for, whole in every replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from planner.arrays import Counts, Floats, frozen, frozen_counts, require
from planner.calendar import Calendar
from planner.plan import VendorRow
from planner.simulation.shifts import Shifts
from planner.simulation.timeline import Timeline

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class OnDemand:
    """D groups of a vendor's agents, each on one queue; they take what own people cannot.

    vendor, queue : (D,) names
    agents : (T, D) agents, fractions allowed
    """

    vendor: tuple[str, ...]
    queue: tuple[str, ...]
    agents: Floats

    def __post_init__(self) -> None:
        require(len(self.vendor) == len(self.queue) == self.agents.shape[1], "a vendor and queue per group")
        require(bool((self.agents >= 0).all()), "agents are not negative")

    @property
    def names(self) -> tuple[str, ...]:
        """(D,) what each group is called among the pools."""
        return tuple(f"{vendor} ({queue})" for vendor, queue in zip(self.vendor, self.queue, strict=True))


def nobody(intervals: int) -> OnDemand:
    """No vendors."""
    return OnDemand((), (), frozen(np.zeros((intervals, 0))))


def on_demand_of(rows: Sequence[VendorRow], vendors: Sequence[str], calendar: Calendar) -> OnDemand:
    """What a plan asks of its vendors, in the order in which they take contacts."""
    groups = sorted({(vendors.index(row.vendor), row.queue) for row in rows})
    agents = np.zeros((calendar.intervals, len(groups)))
    for row in rows:
        seconds = datetime.fromisoformat(row.start).timestamp() - float(calendar.epoch[0])
        place = groups.index((vendors.index(row.vendor), row.queue))
        agents[round(seconds / calendar.interval), place] += row.agents
    names = tuple(vendors[vendor] for vendor, _ in groups)
    return OnDemand(names, tuple(queue for _, queue in groups), frozen(agents))


def called_in(on: OnDemand, first_pool: int, slots: Timeline, chance: np.random.Generator) -> Shifts:
    """(S13)  The agents of one replication, each from the first to the last interval in a row.

    A fraction is an agent with that probability: one number for all intervals of a group, so that whoever is
    there in two intervals in a row stays.
    """
    pool: list[Counts] = [np.zeros(0, dtype=np.int64)]
    start: list[Floats] = [np.zeros(0)]
    end: list[Floats] = [np.zeros(0)]
    interval = np.concatenate([slots.interval, slots.interval[: slots.warm_up]])
    for group, luck in enumerate(chance.random(len(on.vendor))):
        whole = np.floor(on.agents[interval, group] + luck + _ROUNDING)
        for agent in range(int(whole.max(initial=0.0))):
            there = np.concatenate([[False], whole > agent, [False]])
            change = np.flatnonzero(there[1:] != there[:-1])
            pool.append(np.full(change.size // 2, first_pool + group))
            at = np.asarray(slots.start + slots.length * change, dtype=np.float64)
            start.append(at[::2])
            end.append(at[1::2])
    return _shifts(np.concatenate(pool), np.concatenate(start), np.concatenate(end))


def _shifts(pool: Counts, start: Floats, end: Floats) -> Shifts:
    no_breaks = frozen(np.zeros((pool.size, 0)))
    ones = frozen_counts(np.ones(pool.size))
    return Shifts(frozen_counts(pool), ones, frozen(start), frozen(end), no_breaks, no_breaks)
